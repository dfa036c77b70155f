extension HCM {
    /// Delay and level of service of one lane group, from its flow, capacity and uniform delay.
    public struct LaneGroupPerformance: Sendable, Equatable {
        /// Flow, veh/h.
        public let flowPerHour: Double
        /// Degree of saturation X.
        public let degreeOfSaturation: Double
        /// Uniform delay d1, s per vehicle.
        public let uniformDelay: Double
        /// Incremental delay d2, s per vehicle.
        public let incrementalDelay: Double
        /// Initial queue delay d3, s per vehicle.
        public let initialQueueDelay: Double
        /// Vehicles left over at the end of the analysis period.
        public let residualQueue: Double

        /// Adds up a lane group.
        ///
        /// - Parameters:
        ///   - flowPerHour: Flow, above 0, veh/h.
        ///   - capacityPerHour: Capacity, veh/h.
        ///   - uniformDelay: d1, for an initial queue that of ``InitialQueue/uniformDelay(saturated:unsaturated:)``, s.
        ///   - actuation: What makes k below 0.5; nil for fixed-time control.
        ///   - upstreamFilter: I; 1 for an isolated junction.
        ///   - analysisPeriod: Analysis period, s.
        ///   - initialQueue: Vehicles that stand there at the start of the period.
        public init(
            flowPerHour: Double, capacityPerHour: Double, uniformDelay: Double, actuation: Actuation? = nil,
            upstreamFilter: Double = 1, analysisPeriod: Double = 900, initialQueue: Double = 0
        ) {
            let saturation = HCM.degreeOfSaturation(flowPerHour: flowPerHour, capacityPerHour: capacityPerHour)
            let factor = actuation.map {
                HCM.actuatedDelayFactor(
                    flowPerHour: flowPerHour, availableCapacityPerHour: $0.availableCapacityPerHour,
                    passageTime: $0.passageTime)
            }
            let queue = InitialQueue(
                initialQueue: initialQueue, flowPerHour: flowPerHour, capacityPerHour: capacityPerHour,
                analysisPeriod: analysisPeriod)
            self.flowPerHour = flowPerHour
            degreeOfSaturation = saturation
            self.uniformDelay = uniformDelay
            incrementalDelay = HCM.incrementalDelay(
                degreeOfSaturation: saturation, capacityPerHour: capacityPerHour,
                incrementalDelayFactor: factor ?? 0.5, upstreamFilter: upstreamFilter, analysisPeriod: analysisPeriod)
            initialQueueDelay = queue.delay
            residualQueue = queue.residualQueue
        }

        /// Control delay d = d1 + d2 + d3, s per vehicle (HCM 2010, chapter 18).
        public var controlDelay: Double { uniformDelay + incrementalDelay + initialQueueDelay }
        /// Level of service (HCM 2010 exhibit 18-4).
        public var levelOfService: LevelOfService {
            LevelOfService(controlDelay: controlDelay, degreeOfSaturation: degreeOfSaturation)
        }
        /// The group as a part of its approach.
        public var share: FlowWeightedDelay { FlowWeightedDelay(flowPerHour: flowPerHour, delay: controlDelay) }
    }

    /// What the delay of an actuated lane group depends on beside its flow and capacity.
    public struct Actuation: Sendable, Equatable {
        /// Capacity c_a were the green always at its greatest, veh/h.
        public var availableCapacityPerHour: Double
        /// Passage time of the detectors, s.
        public var passageTime: Double

        /// Makes an actuation from its parts.
        public init(availableCapacityPerHour: Double, passageTime: Double) {
            self.availableCapacityPerHour = availableCapacityPerHour
            self.passageTime = passageTime
        }
    }
}
