import PerformanceModel
import SignalModel

/// How long people wait at one crossing, whether anybody counted them or not.
public struct CrossingWait: Encodable, Sendable {
    /// Junction.
    public let junction: JunctionID
    /// Signal group of the crossing.
    public let group: SignalGroupID
    /// Whom the group serves.
    public let kind: SignalGroupKind
    /// Links that are crossed.
    public let crosses: [LinkID]
    /// People, mean of the analysis period, per hour; nil where nobody counted.
    public let flowPerHour: Double?
    /// Mean delay, s per person; nil where the group has no green.
    public let delay: Double?
    /// The same under the present plan.
    public let presentDelay: Double?

    static func all(in network: Network, flows: Flows, plan: Plan, present: Plan?) -> [CrossingWait] {
        let (timings, before) = (plan.timings, present?.timings ?? [:])
        let counted = Dictionary(grouping: flows.crossings) { $0.junction }
        return network.junctions.flatMap { junction in
            junction.signalGroups.filter { $0.kind == .pedestrian || $0.crossing != nil }.map { group in
                let flow = counted[junction.id]?.first { $0.group == group.id }?.flowPerHour
                return CrossingWait(
                    junction: junction.id, group: group.id, kind: group.kind, crosses: group.crossing?.crosses ?? [],
                    flowPerHour: flow.map { $0.reduce(0, +) / Double(max(1, $0.count)) },
                    delay: timings[junction.id]?.pedestrianDelay(of: group.id),
                    presentDelay: before[junction.id]?.pedestrianDelay(of: group.id))
            }
        }
    }

    /// Mean over the people where any are counted, else over the crossings, s; nil where there is nothing to take it of.
    static func mean(_ waits: [CrossingWait], of delay: (CrossingWait) -> Double?) -> Double? {
        let isCounted = waits.contains { $0.flowPerHour ?? 0 > 0 }
        let known = waits.compactMap { wait in
            delay(wait).map { (delay: $0, weight: isCounted ? wait.flowPerHour ?? 0 : 1) }
        }
        let weight = known.reduce(0) { $0 + $1.weight }
        return weight > 0 ? known.reduce(0) { $0 + $1.delay * $1.weight } / weight : nil
    }
}
