/// Why a timing does not fit a ring-and-barrier structure; barrier groups and rings count from 0.
public enum RingBarrierMismatch: Error, Equatable, Sendable {
    /// The junction is not run by rings and barriers.
    case noStructure(JunctionID)
    /// The structure has a phase in no ring or more than one place of them, or describes it not once.
    case structureUnsound(phase: Int)
    /// A phase has a signal group that the junction does not have.
    case groupUnknown(phase: Int, SignalGroupID)
    /// No phase has this signal group.
    case groupWithoutPhase(SignalGroupID)
    /// A phase has no signal group but pedestrian ones.
    case phaseWithoutVehicles(Int)
    /// A ring has other phases between two barriers than the junction's structure.
    case phasesDiffer(ring: Int, barrierGroup: Int, found: [Int], expected: [Int])
    /// A split leaves no green beside yellow and red clearance.
    case noGreen(phase: Int, split: Int)
    /// A ring reaches the barrier at the end of a group of phases sooner or later than the rings before it.
    case barrierMissed(barrierGroup: Int, ring: Int, length: Int, expected: Int)
    /// The barrier groups do not add up to the cycle.
    case sumIsNotCycle(sum: Int, cycle: Int)
    /// A yellow is not the longest of the phase's signal groups, rounded up.
    case yellowDiffers(phase: Int, given: Int, expected: Int)
    /// The walk is missing, is given to a phase without pedestrians, or is not 1 s … the split.
    case walkUnfit(phase: Int, given: Int?)
    /// The coordinated phase is not there, or has no signal group of its own that a plan could refer to.
    case coordinatedPhaseUnfit(Int)
    /// A time of a group, or without a group that of the cycle or the offset, is no whole second in range, or the
    /// group is not listed once.
    case unreadable(SignalGroupID?)
    /// A signal group of this phase alone is not green exactly once, or not when the phase's other groups are.
    case greensDiffer(phase: Int, SignalGroupID)
    /// The walk of a pedestrian group does not start with the phase's green.
    case walkNotWithGreen(phase: Int, SignalGroupID)
    /// The greens do not show when the phase starts or ends.
    case phaseHidden(Int)
    /// Two phases that start at the same barrier in different rings do not start at once.
    case barrierLeftApart(phase: Int, other: Int)
    /// Between the end of a phase's green and the start of the next is no time for its yellow.
    case yellowDoesNotFit(phase: Int, given: Int, yellow: Int)
    /// A signal group is green at other times than its phases.
    case greenOutsidePhases(SignalGroupID)
}

extension RingBarrierMismatch: CustomStringConvertible {
    /// One sentence for people.
    public var description: String {
        switch self {
        case .noStructure(let junction): "junction \(junction) has no rings and barriers"
        case .structureUnsound(let phase): "phase \(phase) must be described once and stand in one place of the rings"
        case .groupUnknown(let phase, let group): "phase \(phase): group \(group) is not at the junction"
        case .groupWithoutPhase(let group): "group \(group) belongs to no phase"
        case .phaseWithoutVehicles(let phase): "phase \(phase) has no group but pedestrian ones"
        case .phasesDiffer(let ring, let barrierGroup, let found, let expected):
            "ring \(ring + 1), barrier group \(barrierGroup + 1): expected phases \(expected), found \(found)"
        case .noGreen(let phase, let split): "phase \(phase): a split of \(split) s leaves no green"
        case .barrierMissed(let barrierGroup, let ring, let length, let expected):
            "barrier \(barrierGroup + 1): ring \(ring + 1) takes \(length) s to it, the others \(expected) s"
        case .sumIsNotCycle(let sum, let cycle): "the splits add up to \(sum) s, the cycle is \(cycle) s"
        case .yellowDiffers(let phase, let given, let expected):
            "phase \(phase): yellow of \(given) s, its signal groups have \(expected) s"
        case .walkUnfit(let phase, let given):
            "phase \(phase): a walk of \(given.map { "\($0) s" } ?? "no length") does not fit its groups and split"
        case .coordinatedPhaseUnfit(let phase): "phase \(phase) has no group of its own that an offset could refer to"
        case .unreadable(let group):
            "\(group.map { "group \($0)" } ?? "cycle or offset"): expected whole seconds in range, for each group once"
        case .greensDiffer(let phase, let group):
            "phase \(phase): group \(group) is not green once and together with the phase's other groups"
        case .walkNotWithGreen(let phase, let group):
            "phase \(phase): the walk of group \(group) does not start with the green"
        case .phaseHidden(let phase): "phase \(phase): the greens do not show when it starts or ends"
        case .barrierLeftApart(let phase, let other):
            "phases \(other) and \(phase) start at the same barrier, but not at once"
        case .yellowDoesNotFit(let phase, let given, let yellow):
            "phase \(phase): the next phase starts \(given) s after its green, its yellow takes \(yellow) s"
        case .greenOutsidePhases(let group): "group \(group) is green at other times than its phases"
        }
    }
}
