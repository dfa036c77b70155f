/// A signal controller with the rules that its plans must keep.
public struct Junction: Codable, Equatable, Sendable {
    /// Names the junction.
    public var id: JunctionID
    /// Nodes that the controller runs; several for a joined controller.
    public var nodes: [NodeID]
    /// Lamps that always show the same aspect, in a stable order.
    public var signalGroups: [SignalGroup]
    /// Least times between conflicting greens.
    ///
    /// Two groups are incompatible when an intergreen is listed for
    /// them in either direction, and only then.
    public var intergreens: [Intergreen]
    /// Conflicting groups that may nonetheless be green together because one gives way to the other.
    public var permittedConflicts: [PermittedConflict]
    /// Stages that the engineer knows the junction by; recovered from the programs where those are all there is.
    public var stages: [Stage]
    /// Programs that the controller holds; the first is the present one.
    public var programs: [Program]
    /// The ring-and-barrier structure, where the controller is run by one.
    public var ringBarrier: RingBarrier?
    /// Number of signals in the controller's state string; 0 where it has none.
    public var signalCount: Int

    /// Describes a junction.
    public init(
        id: JunctionID, nodes: [NodeID], signalGroups: [SignalGroup], intergreens: [Intergreen] = [],
        permittedConflicts: [PermittedConflict] = [], stages: [Stage] = [], programs: [Program] = [],
        ringBarrier: RingBarrier? = nil, signalCount: Int = 0
    ) {
        self.id = id
        self.nodes = nodes
        self.signalGroups = signalGroups
        self.intergreens = intergreens
        self.permittedConflicts = permittedConflicts
        self.stages = stages
        self.programs = programs
        self.ringBarrier = ringBarrier
        self.signalCount = signalCount
    }
}

/// The least time from the end of one group's green to the start of another's.
public struct Intergreen: Codable, Equatable, Sendable {
    /// Group whose green ends.
    public var ending: SignalGroupID
    /// Group whose green starts.
    public var starting: SignalGroupID
    /// Least time between the two, s.
    public var seconds: Double

    /// States an intergreen.
    public init(ending: SignalGroupID, starting: SignalGroupID, seconds: Double) {
        self.ending = ending
        self.starting = starting
        self.seconds = seconds
    }

    private enum CodingKeys: String, CodingKey {
        case ending, starting
        case seconds = "intergreen_s"
    }
}

/// Two conflicting groups that may be green together, because one gives way to the other.
public struct PermittedConflict: Codable, Equatable, Sendable {
    /// Group that gives way.
    public var yielding: SignalGroupID
    /// Group that goes first.
    public var priority: SignalGroupID

    /// States a permitted conflict.
    public init(yielding: SignalGroupID, priority: SignalGroupID) {
        self.yielding = yielding
        self.priority = priority
    }
}

/// A set of signal groups that are green together.
public struct Stage: Codable, Equatable, Sendable {
    /// Names the stage within its junction.
    public var id: StageID
    /// Groups that are green, in the junction's order of groups.
    public var groups: [SignalGroupID]

    /// Describes a stage.
    public init(id: StageID, groups: [SignalGroupID]) {
        self.id = id
        self.groups = groups
    }
}

/// A timing that a controller holds, with the stages it was recovered from.
public struct Program: Codable, Equatable, Sendable {
    /// Names the program within its junction.
    public var id: ProgramID
    /// How the controller runs it.
    public var kind: ProgramKind
    /// The timing, as the controller would run it without a call.
    public var plan: JunctionPlan
    /// Stages in the order they are run.
    public var sequence: [StageID]

    /// Describes a program.
    public init(id: ProgramID, kind: ProgramKind, plan: JunctionPlan, sequence: [StageID]) {
        self.id = id
        self.kind = kind
        self.plan = plan
        self.sequence = sequence
    }
}

/// How a controller runs a program.
public enum ProgramKind: String, Codable, Sendable, CaseIterable {
    case fixed, actuated
    /// Signals dark or flashing: right of way by signs.
    case off
}
