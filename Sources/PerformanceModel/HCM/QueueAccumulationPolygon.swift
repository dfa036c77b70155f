extension HCM {
    /// The queue over one cycle, under arrivals and service that are constant in each interval.
    ///
    /// The steady state that repeats every cycle (HCM 2010, chapters 18 and 31). Arrivals beyond capacity are cut to
    /// capacity, all alike, as equation 18-20 does with min(1, X): what is left over belongs to incremental delay.
    public struct QueueAccumulationPolygon: Sendable, Equatable {
        /// A part of the cycle.
        public struct Interval: Sendable, Equatable {
            /// Duration, s.
            public var duration: Double
            /// Arrivals, veh/h.
            public var arrivalFlowPerHour: Double
            /// Greatest departures, veh/h; 0 in red.
            public var serviceFlowPerHour: Double
            /// Vehicles that can leave at once when the interval ends, as left turns do after the last gap.
            public var vehiclesAtEnd: Double

            /// Makes an interval from its parts.
            public init(
                duration: Double, arrivalFlowPerHour: Double, serviceFlowPerHour: Double, vehiclesAtEnd: Double = 0
            ) {
                precondition(duration >= 0 && arrivalFlowPerHour >= 0 && serviceFlowPerHour >= 0 && vehiclesAtEnd >= 0)
                self.duration = duration
                self.arrivalFlowPerHour = arrivalFlowPerHour
                self.serviceFlowPerHour = serviceFlowPerHour
                self.vehiclesAtEnd = vehiclesAtEnd
            }
        }

        /// Cycle time, s.
        public let cycle: Double
        /// Capacity, veh/h.
        public let capacityPerHour: Double
        /// Mean arrivals as given, veh/h.
        public let flowPerHour: Double
        /// Uniform delay d1, s per vehicle: area under the queue over the vehicles of a cycle.
        public let uniformDelay: Double
        /// Greatest queue in the cycle, vehicles.
        public let greatestQueue: Double
        /// Time from the start of each interval until its queue has cleared, s; nil where none clears in it.
        public let clearTimes: [Double?]
        let pieces: [Piece]

        /// Follows the queue through the cycle.
        ///
        /// - Parameter intervals: The cycle in order, with some arrivals and some service.
        public init(_ intervals: [Interval]) {
            let cycle = intervals.reduce(0) { $0 + $1.duration }
            let arrivals = intervals.reduce(0) { $0 + $1.arrivalFlowPerHour * $1.duration / 3600 }
            let capacity = intervals.reduce(0) { $0 + $1.serviceFlowPerHour * $1.duration / 3600 + $1.vehiclesAtEnd }
            precondition(cycle > 0 && arrivals > 0 && capacity > 0, "a cycle needs arrivals and service")
            let share = min(1, capacity / arrivals)
            // A cycle maps the queue at its start to max(a, Q + b) with b <= 0: one pass from 0 reaches the fixed point.
            let settled = Self.pieces(intervals, share: share, queue: 0).last?.queueAfter ?? 0
            let pieces = Self.pieces(intervals, share: share, queue: settled)
            let area = pieces.reduce(0) { $0 + ($1.queueBefore + $1.queueAtEnd) / 2 * $1.duration }
            self.cycle = cycle
            self.pieces = pieces
            capacityPerHour = capacity / cycle * 3600
            flowPerHour = arrivals / cycle * 3600
            uniformDelay = area / (arrivals * share)
            greatestQueue = pieces.reduce(0) { max($0, $1.queueAtEnd) }
            clearTimes = intervals.indices.map { interval in
                pieces.first { $0.interval == interval && $0.isClearing }?.duration
            }
        }

        /// Degree of saturation X.
        public var degreeOfSaturation: Double { flowPerHour / capacityPerHour }
    }
}
