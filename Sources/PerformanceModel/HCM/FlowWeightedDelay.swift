extension HCM {
    /// Mean control delay of an approach or an intersection.
    public struct FlowWeightedDelay: Sendable, Equatable {
        /// Flow, veh/h.
        public let flowPerHour: Double
        /// Mean control delay, s per vehicle.
        public let delay: Double

        /// Makes a part with its own flow and delay.
        public init(flowPerHour: Double, delay: Double) {
            precondition(flowPerHour >= 0)
            self.flowPerHour = flowPerHour
            self.delay = delay
        }

        /// Joins parts: lane groups to an approach, or approaches to an intersection.
        ///
        /// d = Σ(d_i·v_i)/Σv_i (HCM 2010, chapter 18); 0 where there is no flow.
        public init(of parts: [FlowWeightedDelay]) {
            let flow = parts.reduce(0) { $0 + $1.flowPerHour }
            let sum = parts.reduce(0) { $0 + $1.flowPerHour * $1.delay }
            self.init(flowPerHour: flow, delay: flow > 0 ? sum / flow : 0)
        }

        /// Level of service by delay alone (HCM 2010 exhibit 18-4).
        public var levelOfService: LevelOfService { LevelOfService(controlDelay: delay) }
    }
}
