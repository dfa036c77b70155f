import Reports

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

    private enum CodingKeys: String, CodingKey {
        case greatestSaturation, saturatedShare
        case time = "time_s"
        case demand = "demand_vehPerHour"
        case delay = "delay_sPerVehicle"
    }

    /// Reads the signs off a report.
    ///
    /// - Parameter time: When, s of network time.
    init(_ report: PlanReport, at time: Double) {
        self.time = time
        demand = report.duration > 0 ? report.vehicles * 3600 / report.duration : 0
        delay = report.delay
        let saturations = report.movements.compactMap(\.degreeOfSaturation).filter(\.isFinite)
        greatestSaturation = saturations.max() ?? 0
        saturatedShare =
            saturations.isEmpty ? 0 : Double(saturations.count { $0 >= 0.9 }) / Double(saturations.count)
    }
}
