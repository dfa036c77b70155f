import PerformanceModel

/// Platoon dispersion and queues of flows that repeat with a cycle, exact at the steady state; double precision.
public enum PeriodicFlow {
    /// The flow that arrives, from a flow that departs and repeats for ever.
    ///
    /// q'(t) = F·q(t − lag) + (1 − F)·q'(t − 1) (Robertson 1969), on the cycle. With r = 1 − F its steady state is
    /// q'(−1) = Σ F·r^k·q(−1 − lag − k)/(1 − r^C), k = 0 ..< C, the sum of all turns before. A lag between two whole steps
    /// is split over both, so that the mean is right.
    ///
    /// - Parameter departures: Vehicles in each step of the cycle.
    /// - Returns: Vehicles in each step of the cycle; as many in all.
    public static func arrivals(of departures: [Double], dispersion: PlatoonDispersion) -> [Double] {
        let cycle = departures.count
        guard cycle > 0 else { return [] }
        let lag = dispersion.lag / dispersion.step
        let whole = Int(lag)
        let late = lag - Double(whole)
        func departed(_ step: Int) -> Double { departures[((step - whole) % cycle + cycle) % cycle] }
        let due = (0..<cycle).map { (1 - late) * departed($0) + late * departed($0 - 1) }
        let smoothing = dispersion.smoothing
        let memory = 1 - smoothing
        var underWay = 0.0
        var turns = 1.0
        for value in due {
            underWay = smoothing * value + memory * underWay
            turns *= memory
        }
        var flow = underWay / (1 - turns)
        return due.map { value in
            flow = smoothing * value + memory * flow
            return flow
        }
    }

    /// A queue that repeats with the cycle.
    public struct Queue: Sendable, Equatable {
        /// Vehicles in queue at the end of each second.
        public var queue: [Double]
        /// Vehicles that leave in each second.
        public var departures: [Double]
        /// Vehicles that are still there at the end of the second in which they came, over the cycle.
        public var stopped: Double

        /// Vehicle-seconds in queue in one cycle: the area under the queue.
        public var queued: Double { queue.reduce(0, +) }
    }

    /// The vertical queue at a stop line at its periodic steady state.
    ///
    /// Q(t) = max(0, Q(t − 1) + IN(t) − GO(t)), OUT = Q(t − 1) + IN − Q(t). Where no more comes than can go, a cycle that
    /// begins empty ends with the queue of the steady state: Q(C) = S(C) − min S for the sums S of IN − GO, and another
    /// cycle adds nothing to it (Lindley 1952).
    ///
    /// - Parameters:
    ///   - arrivals: IN, vehicles in each second.
    ///   - capacity: GO, vehicles that can leave in each second.
    /// - Precondition: As many values of both. More arrivals than capacity have no steady state: scale them down first.
    public static func queue(arrivals: [Double], capacity: [Double]) -> Queue {
        precondition(arrivals.count == capacity.count, "arrivals and capacity of the same cycle")
        var queue = 0.0
        for (come, can) in zip(arrivals, capacity) { queue = max(0, queue + come - can) }
        var result = Queue(queue: [], departures: [], stopped: 0)
        for (come, can) in zip(arrivals, capacity) {
            let next = max(0, queue + come - can)
            result.departures.append(queue + come - next)
            result.stopped += min(come, next)
            result.queue.append(next)
            queue = next
        }
        return result
    }
}
