import Comparison
import SignalModel

/// What people who come to the crossings at any time wait for green.
///
/// Where the demand counts people, each crossing weighs as many as were counted; where it counts none, every pedestrian
/// signal group weighs the same and ``RunFigures/Waiting/people`` is 0.
struct PedestrianWaits {
    /// A crossing, by its signal.
    struct Key: Hashable {
        var junction: JunctionID
        var group: SignalGroupID
    }

    /// What a crossing shows, again and again or once.
    struct Lamps {
        /// How long that is, s.
        var period: Double
        /// Time from the end of each green to the start of the next, s.
        var reds: [Double]
    }

    private let crossings: [(weight: Double, lamps: Lamps)]
    private let people: Double

    /// The waits under lamps that are known.
    ///
    /// - Parameter flows: How many people were counted, where somebody counted.
    init(_ lamps: [Key: Lamps], flows: Flows?) {
        var weights: [Key: Double] = [:]
        for crossing in flows?.crossings ?? [] {
            let people = crossing.flowPerHour.reduce(0, +) * (flows?.intervalLength ?? 0) / 3600
            weights[Key(junction: crossing.junction, group: crossing.group), default: 0] += people
        }
        people = weights.values.reduce(0, +)
        // In an order that is the same every time, so that sums are.
        let ordered = lamps.sorted { ($0.key.junction, $0.key.group) < ($1.key.junction, $1.key.group) }
        let isCounted = people > 0
        crossings = ordered.map { (isCounted ? weights[$0.key] ?? 0 : 1, $0.value) }.filter { $0.0 > 0 }
    }

    /// The waits under a plan, at crossings that it gives green.
    init(plan: Plan, network: Network, flows: Flows) {
        var lamps: [Key: Lamps] = [:]
        let pedestrian = Set(
            network.junctions.flatMap { junction in
                junction.signalGroups.filter { $0.kind == .pedestrian }
                    .map { Key(junction: junction.id, group: $0.id) }
            } + flows.crossings.map { Key(junction: $0.junction, group: $0.group) })
        for timing in plan.junctions {
            for greens in timing.greens where !greens.intervals.isEmpty {
                let key = Key(junction: timing.junction, group: greens.group)
                guard pedestrian.contains(key) else { continue }
                let next = greens.intervals.dropFirst().map(\.start) + [greens.intervals[0].start + timing.cycle]
                let reds = zip(greens.intervals, next).map { max(0, $1 - $0.start - $0.duration) }
                lamps[key] = Lamps(period: timing.cycle, reds: reds)
            }
        }
        self.init(lamps, flows: flows)
    }

    /// Mean and 95th percentile over all people; nil where nobody crosses at a signal.
    ///
    /// Of people who come evenly, Σ r²/(2C) is the mean wait, and the share Σ max(0, r − w)/C waits longer than w.
    var waiting: RunFigures.Waiting? {
        let total = crossings.reduce(0) { $0 + $1.weight }
        guard total > 0 else { return nil }
        let mean = crossings.reduce(0) { sum, crossing in
            sum + crossing.weight * crossing.lamps.reds.reduce(0) { $0 + $1 * $1 } / (2 * crossing.lamps.period)
        }
        func shareWaitingLonger(than wait: Double) -> Double {
            crossings.reduce(0) { sum, crossing in
                let late = crossing.lamps.reds.reduce(0) { $0 + max(0, $1 - wait) }
                return sum + crossing.weight * late / crossing.lamps.period
            } / total
        }
        var low = 0.0
        var high = crossings.flatMap(\.lamps.reds).max() ?? 0
        if shareWaitingLonger(than: 0) <= 0.05 { high = 0 }
        while high - low > 1e-6 {
            let middle = (low + high) / 2
            if shareWaitingLonger(than: middle) > 0.05 { low = middle } else { high = middle }
        }
        return .init(people: people, mean: mean / total, percentile95: high)
    }
}
