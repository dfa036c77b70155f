import Comparison
import SignalModel

/// What people who come to the crossings at any time wait for green under a plan.
///
/// Where the demand counts people, each crossing weighs as many as were counted; where it counts none, every pedestrian
/// signal group weighs the same and ``RunFigures/Waiting/people`` is 0.
struct PedestrianWaits {
    private struct Crossing {
        var weight: Double
        var cycle: Double
        /// Time from the end of each green to the start of the next, s.
        var reds: [Double]
    }

    private let crossings: [Crossing]
    private let people: Double

    init(plan: Plan, network: Network, flows: Flows) {
        var weights: [JunctionID: [SignalGroupID: Double]] = [:]
        for crossing in flows.crossings {
            let people = crossing.flowPerHour.reduce(0, +) * flows.intervalLength / 3600
            weights[crossing.junction, default: [:]][crossing.group, default: 0] += people
        }
        people = weights.values.flatMap(\.values).reduce(0, +)
        if people == 0 {
            weights = [:]
            for junction in network.junctions {
                for group in junction.signalGroups where group.kind == .pedestrian {
                    weights[junction.id, default: [:]][group.id] = 1
                }
            }
        }
        crossings = plan.junctions.flatMap { timing in
            timing.greens.compactMap { greens -> Crossing? in
                guard let weight = weights[timing.junction]?[greens.group], weight > 0, !greens.intervals.isEmpty
                else { return nil }
                let next = greens.intervals.dropFirst().map(\.start) + [greens.intervals[0].start + timing.cycle]
                let reds = zip(greens.intervals, next).map { max(0, $1 - $0.start - $0.duration) }
                return Crossing(weight: weight, cycle: timing.cycle, reds: reds)
            }
        }
    }

    /// Mean and 95th percentile over all people; nil where nobody crosses at a signal.
    ///
    /// Of people who come evenly, Σ r²/(2C) is the mean wait, and the share Σ max(0, r − w)/C waits longer than w.
    var waiting: RunFigures.Waiting? {
        let total = crossings.reduce(0) { $0 + $1.weight }
        guard total > 0 else { return nil }
        let mean = crossings.reduce(0) { sum, crossing in
            sum + crossing.weight * crossing.reds.reduce(0) { $0 + $1 * $1 } / (2 * crossing.cycle)
        }
        func shareWaitingLonger(than wait: Double) -> Double {
            crossings.reduce(0) { sum, crossing in
                sum + crossing.weight * crossing.reds.reduce(0) { $0 + max(0, $1 - wait) } / crossing.cycle
            } / total
        }
        var low = 0.0
        var high = crossings.flatMap(\.reds).max() ?? 0
        if shareWaitingLonger(than: 0) <= 0.05 { high = 0 }
        while high - low > 1e-6 {
            let middle = (low + high) / 2
            if shareWaitingLonger(than: middle) > 0.05 { low = middle } else { high = middle }
        }
        return .init(people: people, mean: mean / total, percentile95: high)
    }
}
