/// A complete timing for one or more junctions.
public struct Plan: Codable, Equatable, Sendable {
    /// Name of the network that the plan is for.
    public var network: String
    /// What people call the plan.
    public var name: String
    /// One timing for each junction.
    public var junctions: [JunctionPlan]
    /// What an engineer must know before running it, such as a protected turn that was dropped.
    public var notices: [PlanNotice]

    /// Assembles a plan.
    public init(network: String, name: String, junctions: [JunctionPlan], notices: [PlanNotice] = []) {
        self.network = network
        self.name = name
        self.junctions = junctions
        self.notices = notices
    }

    /// The timing of each junction; of several for one, the first.
    public var timings: [JunctionID: JunctionPlan] {
        Dictionary(junctions.map { ($0.junction, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

/// Something that an engineer must know about a plan.
public struct PlanNotice: Codable, Equatable, Sendable {
    /// What the notice is about.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// A stage of the present program is not served any more.
        case stageDropped
        /// A turn that had a protected green now only gives way to its foes.
        case protectedTurnDropped
        /// A stage that the present program does not have was derived from the conflict matrix.
        case stageDerived
    }
    /// What the notice is about.
    public var kind: Kind
    /// Junction that it concerns.
    public var junction: JunctionID
    /// Signal groups that it concerns.
    public var groups: [SignalGroupID]

    /// States a notice.
    public init(kind: Kind, junction: JunctionID, groups: [SignalGroupID]) {
        self.kind = kind
        self.junction = junction
        self.groups = groups
    }
}

/// The timing of one junction: for every signal group its greens on the cycle.
public struct JunctionPlan: Codable, Equatable, Sendable {
    /// Junction that the timing is for.
    public var junction: JunctionID
    /// Cycle time, s.
    public var cycle: Double
    /// Time after network time zero at which the reference point comes round, 0 ..< cycle, s.
    ///
    /// Later is positive.
    public var offset: Double
    /// The point of the cycle that ``offset`` speaks of.
    public var offsetReference: OffsetReference
    /// Greens of each signal group of the junction, in the junction's order of groups.
    public var greens: [GroupGreens]

    /// Assembles a timing.
    public init(
        junction: JunctionID, cycle: Double, offset: Double, offsetReference: OffsetReference = .cycleStart,
        greens: [GroupGreens]
    ) {
        self.junction = junction
        self.cycle = cycle
        self.offset = offset
        self.offsetReference = offsetReference
        self.greens = greens
    }

    private enum CodingKeys: String, CodingKey {
        case junction, offsetReference, greens
        case cycle = "cycle_s"
        case offset = "offset_s"
    }
}

/// The point of the cycle that an offset speaks of.
public enum OffsetReference: Equatable, Sendable {
    /// Second 0 of the plan's own cycle.
    case cycleStart
    /// The start of the first green of a group.
    case startOfGreen(SignalGroupID)
    /// The end of the first green of a group.
    case endOfGreen(SignalGroupID)
}

/// The greens of one signal group.
public struct GroupGreens: Codable, Equatable, Sendable {
    /// Signal group.
    public var group: SignalGroupID
    /// Greens on the cycle, by start.
    public var intervals: [GreenInterval]

    /// States the greens of a group.
    public init(group: SignalGroupID, intervals: [GreenInterval]) {
        self.group = group
        self.intervals = intervals
    }
}

/// One green on the cycle; may run over the end of the cycle into the next.
public struct GreenInterval: Codable, Equatable, Sendable {
    /// Start of green in the plan's own cycle, 0 ..< cycle, s.
    public var start: Double
    /// Length of green, s; the cycle time for a group that is always green.
    public var duration: Double

    /// States a green.
    public init(start: Double, duration: Double) {
        self.start = start
        self.duration = duration
    }

    private enum CodingKeys: String, CodingKey {
        case start = "start_s"
        case duration = "duration_s"
    }
}
