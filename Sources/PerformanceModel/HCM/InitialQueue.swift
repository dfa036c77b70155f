extension HCM {
    /// What becomes of a queue that stands at the start of the analysis period, and what it costs.
    ///
    /// HCM 2010, chapter 18 (initial queue delay d3).
    public struct InitialQueue: Sendable, Equatable {
        /// Initial queue delay d3, s per vehicle that arrives in the period.
        public let delay: Double
        /// Vehicles left over at the end of the period, with or without an initial queue.
        public let residualQueue: Double
        /// Time in the period in which unmet demand stands, s.
        public let unmetDemandTime: Double
        /// Time from the start of the period until all demand of the period is served, were none to follow, s.
        public let clearTime: Double
        private let analysisPeriod: Double

        /// Follows the queue through the period.
        ///
        /// d3 = 3600/(v·T)·(t_A(Q_b + Q_e − Q_eo)/2 + (Q_e² − Q_eo²)/(2c) − Q_b²/(2c)).
        ///
        /// - Parameters:
        ///   - initialQueue: Vehicles that stand there at the start, Q_b.
        ///   - flowPerHour: Flow v of the lane group in the period, above 0, veh/h.
        ///   - capacityPerHour: Capacity c of the lane group, above 0, veh/h.
        ///   - analysisPeriod: Analysis period, s.
        public init(
            initialQueue: Double = 0, flowPerHour: Double, capacityPerHour: Double, analysisPeriod: Double = 900
        ) {
            precondition(initialQueue >= 0 && flowPerHour > 0 && capacityPerHour > 0 && analysisPeriod > 0)
            let hours = analysisPeriod / 3600
            let surplus = flowPerHour - capacityPerHour
            let unmetHours = surplus >= 0 ? hours : min(hours, initialQueue / -surplus)
            let newQueue = max(0, hours * surplus)
            let endQueue = max(0, initialQueue + unmetHours * surplus)
            let squares = endQueue * endQueue - newQueue * newQueue - initialQueue * initialQueue
            let vehicleHours = unmetHours * (initialQueue + endQueue - newQueue) / 2 + squares / (2 * capacityPerHour)
            delay = 3600 * vehicleHours / (flowPerHour * hours)
            residualQueue = endQueue
            unmetDemandTime = unmetHours * 3600
            clearTime = endQueue > 0 ? analysisPeriod + 3600 * endQueue / capacityPerHour : unmetHours * 3600
            self.analysisPeriod = analysisPeriod
        }

        /// Uniform delay in a period with an initial queue, s per vehicle.
        ///
        /// d1 = d_s·t_A/T + d_u(T − t_A)/T (HCM 2010, chapter 18): the signal is saturated while unmet demand stands.
        ///
        /// - Parameters:
        ///   - saturated: Uniform delay at a degree of saturation of 1, s.
        ///   - unsaturated: Uniform delay without the initial queue, s.
        public func uniformDelay(saturated: Double, unsaturated: Double) -> Double {
            let share = unmetDemandTime / analysisPeriod
            return saturated * share + unsaturated * (1 - share)
        }
    }
}
