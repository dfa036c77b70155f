/// What the mean vehicle and its driver are like, for deriving saturation flow and storage.
public struct VehicleParameters: Codable, Equatable, Sendable {
    /// Vehicle length, m.
    public var length: Double
    /// Gap to the vehicle ahead at standstill, m.
    public var minimumGap: Double
    /// Time headway that a driver keeps beyond that gap, s.
    public var timeHeadway: Double
    /// Greatest speed of the vehicle, m/s; absent where the lane alone limits it.
    public var greatestSpeed: Double?

    /// Describes the mean vehicle; the defaults are those of a passenger car in SUMO.
    public init(
        length: Double = 5, minimumGap: Double = 2.5, timeHeadway: Double = 1, greatestSpeed: Double? = nil
    ) {
        self.length = length
        self.minimumGap = minimumGap
        self.timeHeadway = timeHeadway
        self.greatestSpeed = greatestSpeed
    }

    /// Length of road that one standing vehicle takes up, m.
    public var spacing: Double { length + minimumGap }

    private enum CodingKeys: String, CodingKey {
        case length = "length_m"
        case minimumGap = "minimumGap_m"
        case timeHeadway = "timeHeadway_s"
        case greatestSpeed = "greatestSpeed_mps"
    }
}
