import SignalModel

/// What a plan costs in the model, movement by movement.
public struct NetworkPerformance: Codable, Sendable {
    /// What a plan costs one movement.
    public struct MovementFigures: Codable, Sendable {
        /// Movement.
        public var movement: MovementID
        /// Vehicles that reached the queue.
        public var vehicles: Double
        /// Mean delay, s per vehicle.
        public var delay: Double
        /// Stops per vehicle.
        public var stops: Double
        /// Demand, mean of the analysis period, veh/h.
        public var flowPerHour: Double
        /// Mean capacity in the analysis period, of a shared lane the movement's part, veh/h.
        public var capacityPerHour: Double
        /// Longest queue on one of its lanes, with the other movements there, vehicles.
        public var longestQueue: Double

        /// Degree of saturation x (HCM 2010, chapter 18); nil where there is no capacity.
        public var degreeOfSaturation: Double? {
            guard capacityPerHour > 0 else { return nil }
            return HCM.degreeOfSaturation(flowPerHour: flowPerHour, capacityPerHour: capacityPerHour)
        }
        /// Level of service (HCM 2010 exhibit 18-4).
        public var levelOfService: HCM.LevelOfService {
            HCM.LevelOfService(controlDelay: delay, degreeOfSaturation: degreeOfSaturation ?? .infinity)
        }
    }

    /// Which delay the model counts, and over which vehicles.
    static let definition =
        "delay on the approaches to signals over all vehicles sent in the analysis period, "
        + "with those that still wait at its end"

    /// Which delay is counted, and over which vehicles.
    public var definition: String
    /// Vehicles that the sources send.
    public var vehicles: Double
    /// Delay at the signals and on the roads before them, s per vehicle sent.
    public var delay: Double
    /// Movements with traffic, in the network's order.
    public var movements: [MovementFigures]
}
