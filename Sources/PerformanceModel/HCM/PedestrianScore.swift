extension HCM {
    /// How pedestrians judge a crossing at a signal.
    ///
    /// I = 0.5997 + F_w + F_v + F_s + F_delay (HCM 2010, chapter 18).
    public struct PedestrianScore: Sendable, Equatable {
        /// Part of the lanes to cross, F_w.
        public let crossSection: Double
        /// Part of the vehicles that turn over the crosswalk, F_v.
        public let turningVehicles: Double
        /// Part of the speed on the street crossed, F_s.
        public let speed: Double
        /// Part of the wait, F_delay.
        public let wait: Double
        /// The score, without unit; less is better.
        public var value: Double { 0.5997 + crossSection + turningVehicles + speed + wait }
        /// Level of service (HCM 2010 exhibit 18-5).
        public var levelOfService: LevelOfService { LevelOfService(score: value) }

        /// Judges a crossing.
        ///
        /// F_w = 0.681·N^0.514, F_v = 0.00569·v/4 − N_i(0.0027·n15 − 0.1946), F_s = 0.00013·n15·S85 with S85 in mph,
        /// F_delay = 0.0401·ln d.
        ///
        /// - Parameters:
        ///   - lanesCrossed: Lanes N to cross.
        ///   - conflictingTurnsPerHour: Right turns on red and permitted left turns over the crosswalk, per hour.
        ///   - islands: Right-turn islands N_i along the crossing, 0 ... 2.
        ///   - quarterHourFlowPerLane: n15, vehicles in a quarter of an hour per lane of the street crossed.
        ///   - speed85: 85th percentile speed on the street crossed, m/s.
        ///   - delay: Pedestrian delay, above 0, s.
        public init(
            lanesCrossed: Int, conflictingTurnsPerHour: Double, islands: Int = 0, quarterHourFlowPerLane: Double,
            speed85: Double, delay: Double
        ) {
            precondition(lanesCrossed > 0 && (0...2).contains(islands) && delay > 0)
            precondition(conflictingTurnsPerHour >= 0 && quarterHourFlowPerLane >= 0 && speed85 >= 0)
            crossSection = 0.681 * exponential(0.514 * naturalLogarithm(Double(lanesCrossed)))
            turningVehicles =
                0.00569 * conflictingTurnsPerHour / 4 - Double(islands) * (0.0027 * quarterHourFlowPerLane - 0.1946)
            speed = 0.00013 * quarterHourFlowPerLane * speed85 / milePerHour
            wait = 0.0401 * naturalLogarithm(delay)
        }

        /// Vehicles in a quarter of an hour per lane of the street crossed.
        ///
        /// n15 = 0.25·Σv/N (HCM 2010, chapter 18).
        ///
        /// - Parameters:
        ///   - flowPerHour: All vehicles over the crosswalk, veh/h.
        ///   - lanes: Lanes to cross.
        public static func quarterHourFlowPerLane(flowPerHour: Double, lanes: Int) -> Double {
            precondition(flowPerHour >= 0 && lanes > 0)
            return 0.25 * flowPerHour / Double(lanes)
        }
    }
}
