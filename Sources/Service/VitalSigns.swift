import Reports
import SignalModel

/// How a city's traffic does, at a glance; figures of the model, for the plans that run and the demand of now.
public struct VitalSigns: Codable, Equatable, Sendable {
    /// When they were taken, s of network time.
    public let time: Double
    /// Vehicles that enter, veh/h.
    public let demand: Double
    /// Delay at the signals, s per vehicle.
    public let delay: Double
    /// Greatest degree of saturation.
    public let greatestSaturation: Double
    /// Movements at a degree of saturation of 0.9 and more, as a share of those with traffic.
    public let saturatedShare: Double
    /// Streets whose longest queue fills 0.9 of a lane and more, so that it may spill back, as a share of those with traffic.
    public let spillbackShare: Double

    private enum CodingKeys: String, CodingKey {
        case greatestSaturation, saturatedShare, spillbackShare
        case time = "time_s"
        case demand = "demand_vehPerHour"
        case delay = "delay_sPerVehicle"
    }

    /// Reads the signs off a report.
    ///
    /// - Parameters:
    ///   - loads: How full the streets are, by the same report.
    ///   - time: When, s of network time.
    init(_ report: PlanReport, _ loads: [LinkID: StreetLoad], at time: Double) {
        func share(_ values: [Double]) -> Double {
            values.isEmpty ? 0 : Double(values.count { $0 >= 0.9 }) / Double(values.count)
        }
        self.time = time
        demand = report.duration > 0 ? report.vehicles * 3600 / report.duration : 0
        delay = report.delay
        let saturations = report.movements.compactMap(\.degreeOfSaturation).filter(\.isFinite)
        greatestSaturation = saturations.max() ?? 0
        saturatedShare = share(saturations)
        spillbackShare = share(loads.values.map(\.storageRatio))
    }
}
