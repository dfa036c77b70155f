import PlanAdaptation
import SignalModel

/// How a city did of late, and the demand that is to be expected.
///
/// Pure: time comes in. The demand of all sources together is forecast by ``HoltForecast``, measured in the last interval of
/// each picture; it goes on where districts are held or have no plan to follow.
struct CityTrend: Sendable {
    /// How far back it goes, s.
    static let length = 6 * 3600.0
    /// Time from one look at what controllers run to the next, s.
    static let operationStep = 60.0
    /// How far the forecast goes, and its steps, s.
    static let forecastLength = 1800.0
    /// Its steps, s.
    static let forecastStep = 300.0

    private(set) var view = TrendView()
    private var forecast: HoltForecast?
    private var measuredUntil = -Double.infinity

    /// Takes note of what controllers run.
    mutating func note(_ operation: TrendView.Operation) {
        if let last = view.operation.last?.time {
            if operation.time < last { self = CityTrend() }
            guard operation.time - last >= Self.operationStep || view.operation.isEmpty else { return }
        }
        view.operation.append(operation)
        view.operation.removeAll { $0.time < operation.time - Self.length }
    }

    /// Takes note of how traffic does under some demand.
    mutating func note(_ vitals: VitalSigns, _ flows: Flows) {
        view.vitalSigns.append(vitals)
        view.vitalSigns.removeAll { $0.time < vitals.time - Self.length }
        let length = flows.intervalLength
        let start = flows.start + Double(flows.intervalCount - 1) * length
        guard flows.intervalCount > 0, length > 0, start >= measuredUntil else { return }
        measuredUntil = start + length
        let middle = start + length / 2
        let perHour = flows.sources.reduce(0) { $0 + ($1.flowPerHour.last ?? 0) }
        // The variance of a number of vehicles that come by chance is that number.
        let error = max(1, perHour * length / 3600).squareRoot() * 3600 / length
        let value = HoltForecast.Value(perHour, standardError: error)
        if forecast?.observe(value, at: middle) == nil { forecast = HoltForecast(value, at: middle) }
        view.demand.append(.init(time: middle, perHour: perHour, standardError: error))
        view.demand.removeAll { $0.time < middle - Self.length }
        view.forecast = stride(from: Self.forecastStep, through: Self.forecastLength, by: Self.forecastStep).compactMap
        {
            let time = middle + $0
            return forecast?.value(at: time).nonNegative(at: time)
        }
    }
}

extension HoltForecast.Value {
    fileprivate func nonNegative(at time: Double) -> TrendView.Demand {
        TrendView.Demand(time: time, perHour: max(0, value), standardError: standardError)
    }
}

/// How a city did of late, oldest first, and the demand that is to be expected.
public struct TrendView: Codable, Equatable, Sendable {
    /// What the controllers ran at a time.
    public struct Operation: Codable, Equatable, Sendable {
        /// When, s of network time.
        public var time: Double
        /// Controllers there are; those on a lease, those of them whose demand is not measured, those on the fallback
        /// programme, and those without a connection.
        public var junctions, leased, degraded, fallback, unknown: Int

        private enum CodingKeys: String, CodingKey {
            case junctions, leased, degraded, fallback, unknown
            case time = "time_s"
        }
    }

    /// The vehicles that enter, or are expected to.
    public struct Demand: Codable, Equatable, Sendable {
        /// When, s of network time.
        public var time: Double
        /// Vehicles that enter, with the standard error, veh/h.
        public var perHour, standardError: Double

        private enum CodingKeys: String, CodingKey {
            case time = "time_s"
            case perHour = "demand_vehPerHour"
            case standardError = "standardError_vehPerHour"
        }
    }

    /// Every minute.
    public internal(set) var operation: [Operation] = []
    /// At every decision.
    public internal(set) var vitalSigns: [VitalSigns] = []
    /// In the last interval before every decision.
    public internal(set) var demand: [Demand] = []
    /// In the half hour after that.
    public internal(set) var forecast: [Demand] = []
}
