import SignalModel

/// When each signal group of a junction is green.
public struct TimingReport: Encodable, Sendable {
    /// One signal group with its greens.
    public struct Group: Encodable, Sendable {
        /// Signal group.
        public let group: SignalGroupID
        /// Whom it serves.
        public let kind: SignalGroupKind
        /// Yellow after green, s.
        public let yellow: Double
        /// Red and amber before green, s.
        public let redAmber: Double
        /// Greens on the plan's own cycle.
        public let greens: [GreenInterval]
        /// Greens under the present plan, on its own cycle.
        public let presentGreens: [GreenInterval]
    }

    /// Junction.
    public let junction: JunctionID
    /// Cycle time, s; nil where the plan has no timing.
    public let cycle: Double?
    /// Cycle time of the present plan, s.
    public let presentCycle: Double?
    /// Signal groups in the junction's order.
    public let groups: [Group]
    /// The junction is run by rings and barriers.
    public let hasRings: Bool
    /// The phases ring by ring, where the junction is run by rings and barriers and the plan fits them.
    public let rings: [[RingPhase]]

    static func all(in network: Network, plan: Plan, present: Plan?) -> [TimingReport] {
        let (timings, before) = (plan.timings, present?.timings ?? [:])
        return network.junctions.map { junction in
            let (timing, old) = (timings[junction.id], before[junction.id])
            func greens(_ timing: JunctionPlan?, _ group: SignalGroup) -> [GreenInterval] {
                timing?.greens.first { $0.group == group.id }?.intervals.filter { $0.duration > 0 } ?? []
            }
            return TimingReport(
                junction: junction.id, cycle: timing?.cycle, presentCycle: old?.cycle,
                groups: junction.signalGroups.map { group in
                    Group(
                        group: group.id, kind: group.kind, yellow: group.yellow, redAmber: group.redAmber,
                        greens: greens(timing, group), presentGreens: greens(old, group))
                }, hasRings: junction.ringBarrier != nil,
                rings: timing.map { RingPhase.all(of: $0, at: junction) } ?? [])
        }
    }
}
