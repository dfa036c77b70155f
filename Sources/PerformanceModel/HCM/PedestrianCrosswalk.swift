extension HCM {
    /// Room on a crosswalk for those who cross, beside the vehicles that turn over it.
    ///
    /// HCM 2010, chapter 18 (crosswalk circulation area).
    public struct PedestrianCrosswalk: Sendable, Equatable {
        /// Pedestrians of one direction.
        public struct Direction: Sendable, Equatable {
            /// Pedestrians in one cycle.
            public let pedestriansPerCycle: Double
            /// Pedestrians who wait when the walk begins.
            public let queue: Double
            /// Time from the start of walk until the last of the queue is across, s.
            public let serviceTime: Double
        }

        /// Time-space of the crosswalk in one cycle, m²·s.
        public let timeSpace: Double
        /// Vehicles that turn over the crosswalk in one cycle.
        public let turningVehiclesPerCycle: Double
        /// Time-space that turning vehicles take, m²·s.
        public let turningVehicleTimeSpace: Double
        /// Those who leave the corner at hand.
        public let outbound: Direction
        /// Those who come to it.
        public let inbound: Direction

        /// Time-space left to pedestrians, m²·s.
        public var effectiveTimeSpace: Double { max(0, timeSpace - turningVehicleTimeSpace) }
        /// Time that all pedestrians of a cycle spend on the crosswalk, s.
        public var occupancyTime: Double {
            [outbound, inbound].reduce(0) { $0 + $1.serviceTime * $1.pedestriansPerCycle }
        }
        /// Room of each pedestrian, m²; nil where nobody crosses.
        public var areaPerPedestrian: Double? {
            occupancyTime > 0 ? effectiveTimeSpace / occupancyTime : nil
        }

        /// Measures the crosswalk.
        ///
        /// TS = L·W·g_walk less 40 ft·s times W for each turning vehicle; t_ps = 3.2 + L/S_p + 2.7·N/W (W in feet,
        /// 0.27·N up to 10 ft of width).
        ///
        /// - Parameters:
        ///   - cycle: Cycle time, s.
        ///   - effectiveWalk: Effective walk of the crosswalk, s.
        ///   - length: Length of the crossing, m.
        ///   - width: Effective width, m.
        ///   - walkingSpeed: Speed of the pedestrians, m/s; 4 ft/s unless another is known.
        ///   - outboundPerHour: Pedestrians who leave the corner at hand, per hour.
        ///   - inboundPerHour: Pedestrians who come to it, per hour.
        ///   - turningVehiclesPerHour: Vehicles that turn over it in its walk: permitted left turns and right turns
        ///     less those on red, per hour.
        public init(
            cycle: Double, effectiveWalk: Double, length: Double, width: Double, walkingSpeed: Double = 1.2192,
            outboundPerHour: Double, inboundPerHour: Double, turningVehiclesPerHour: Double
        ) {
            precondition(cycle > 0 && effectiveWalk >= 0 && effectiveWalk <= cycle, "0 <= walk <= cycle, cycle > 0")
            precondition(length > 0 && width > 0 && walkingSpeed > 0)
            precondition(outboundPerHour >= 0 && inboundPerHour >= 0 && turningVehiclesPerHour >= 0)
            let clearing = 3.2 + length / walkingSpeed
            let widthInFeet = width / foot
            let headway = widthInFeet > 10 ? 2.7 / widthInFeet : 0.27
            let direction = { (flowPerHour: Double) in
                let pedestrians = flowPerHour / 3600 * cycle
                let queue = pedestrians * (cycle - effectiveWalk) / cycle
                return Direction(
                    pedestriansPerCycle: pedestrians, queue: queue, serviceTime: clearing + headway * queue)
            }
            timeSpace = length * width * effectiveWalk
            turningVehiclesPerCycle = turningVehiclesPerHour / 3600 * cycle
            turningVehicleTimeSpace = 40 * foot * turningVehiclesPerCycle * width
            outbound = direction(outboundPerHour)
            inbound = direction(inboundPerHour)
        }
    }
}
