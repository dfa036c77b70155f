extension HCM {
    /// Capacity, delay and score of bicycles on a lane of their own at a signal (HCM 2010, chapter 18).
    public struct BicycleLane: Sendable, Equatable {
        /// Capacity c = s·g/C, bicycles/h.
        public let capacityPerHour: Double
        /// Mean delay, s per bicycle: equation 18-20 without an incremental term.
        public let delay: Double

        /// Measures the lane.
        ///
        /// - Parameters:
        ///   - flowPerHour: Bicycles per hour.
        ///   - saturationFlowPerHour: Bicycles per hour of green; the manual's 2000 unless another is known.
        ///   - effectiveGreen: Effective green, above 0, s.
        ///   - cycle: Cycle time, s.
        public init(
            flowPerHour: Double, saturationFlowPerHour: Double = 2000, effectiveGreen: Double, cycle: Double
        ) {
            capacityPerHour = HCM.capacityPerHour(
                saturationFlowPerHour: saturationFlowPerHour, effectiveGreen: effectiveGreen, cycle: cycle)
            let saturation = HCM.degreeOfSaturation(flowPerHour: flowPerHour, capacityPerHour: capacityPerHour)
            delay = HCM.uniformDelay(cycle: cycle, effectiveGreen: effectiveGreen, degreeOfSaturation: saturation)
        }
    }

    /// How cyclists judge an approach to a signal.
    ///
    /// I = 4.1324 + F_w + F_v (HCM 2010, chapter 18).
    public struct BicycleScore: Sendable, Equatable {
        /// Part of the widths, F_w.
        public let crossSection: Double
        /// Part of the vehicles beside them, F_v.
        public let vehicles: Double
        /// The score, without unit; less is better.
        public var value: Double { 4.1324 + crossSection + vehicles }
        /// Level of service (HCM 2010 exhibit 18-5).
        public var levelOfService: LevelOfService { LevelOfService(score: value) }

        /// Judges an approach.
        ///
        /// F_w = 0.0153·W_cd − 0.2144·W_t with widths in feet, F_v = 0.0066·Σv/(4·N).
        ///
        /// - Parameters:
        ///   - crossingWidth: W_cd, kerb to kerb width of the street crossed, m.
        ///   - outsideWidth: W_t, outside through lane with bicycle lane and shoulder, m.
        ///   - vehiclesPerHour: Left, through and right flow of the approach, veh/h.
        ///   - throughLanes: Through lanes N of the approach, shared ones included.
        public init(crossingWidth: Double, outsideWidth: Double, vehiclesPerHour: Double, throughLanes: Int) {
            precondition(crossingWidth >= 0 && outsideWidth >= 0 && vehiclesPerHour >= 0 && throughLanes > 0)
            crossSection = (0.0153 * crossingWidth - 0.2144 * outsideWidth) / foot
            vehicles = 0.0066 * vehiclesPerHour / (4 * Double(throughLanes))
        }
    }
}
