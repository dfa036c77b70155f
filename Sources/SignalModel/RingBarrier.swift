/// A ring-and-barrier structure (NEMA TS 2): phases run one after another in each ring; all rings cross a barrier
/// together.
public struct RingBarrier: Codable, Equatable, Sendable {
    /// Phases, numbered 1 to 16.
    public var phases: [RingBarrierPhase]
    /// For each ring, the phases between two barriers: `rings[ring][barrierGroup]` lists phase numbers in order.
    public var rings: [[[Int]]]

    /// Describes a ring-and-barrier structure.
    public init(phases: [RingBarrierPhase], rings: [[[Int]]]) {
        self.phases = phases
        self.rings = rings
    }
}

/// A NEMA phase: a number for one or more signal groups.
public struct RingBarrierPhase: Codable, Equatable, Sendable {
    /// NEMA number, 1 to 16.
    public var number: Int
    /// Signal groups that are green with the phase.
    public var groups: [SignalGroupID]

    /// Describes a phase.
    public init(number: Int, groups: [SignalGroupID]) {
        self.number = number
        self.groups = groups
    }
}
