import SignalModel

/// The timing of one junction and what it costs there.
public struct JunctionReport: Encodable, Sendable {
    /// One stage with the change that follows.
    public struct StageReport: Encodable, Sendable {
        /// Second of the plan's own cycle at which all leading groups of the stage are green, s.
        public let start: Double
        /// Time for which they are, s.
        public let green: Double
        /// Time from then to the next stage, s.
        public let interstage: Double
        /// Groups that are green in the stage.
        public let groups: [GroupReport]
    }

    /// Junction.
    public let junction: JunctionID
    /// Cycle time, s; nil where the plan has no timing for the junction, as for all that follows from it.
    public let cycle: Double?
    /// Cycle time of the present plan, s.
    public let presentCycle: Double?
    /// Time after network time zero at which the reference point comes round, s.
    public let offset: Double?
    /// The point of the cycle that ``offset`` speaks of.
    public let offsetReference: OffsetReference?
    /// Stages by the second at which they start.
    public let stages: [StageReport]
    /// Groups that are green for the whole cycle.
    public let alwaysGreen: [GroupReport]
    /// Groups that have no green.
    public let neverGreen: [GroupReport]
    /// All movements through the junction together.
    public let traffic: TrafficSum
    /// Approaches with traffic, in the network's order.
    public let approaches: [ApproachReport]

    init(
        _ junction: Junction, timing: JunctionPlan?, present: JunctionPlan?, movements: [MovementReport],
        _ names: MovementNames
    ) {
        let rules = JunctionRules(junction)
        let view = timing?.stageView(under: rules)
        func report(_ group: Int, green: Double) -> GroupReport {
            GroupReport(rules.groups[group].id, green: green, at: junction.id, names)
        }
        self.junction = junction.id
        cycle = timing?.cycle
        presentCycle = present?.cycle
        offset = timing?.offset
        offsetReference = timing?.offsetReference
        stages = (view?.stages ?? []).map { stage in
            StageReport(
                start: stage.start, green: stage.green, interstage: stage.interstage,
                groups: stage.groups.map { report($0.group, green: $0.green) })
        }
        alwaysGreen = (view?.alwaysGreen ?? []).map { report($0, green: timing?.cycle ?? 0) }
        neverGreen = (view?.neverGreen ?? []).map { report($0, green: 0) }
        traffic = TrafficSum(movements)
        approaches = ApproachReport.all(movements)
    }
}
