import SignalModel

/// Why a plan has no cyclic flow profiles on a network.
public enum CyclicError: Error, Equatable, Sendable {
    /// The common cycle is no whole number of seconds in the range that profiles are made for.
    case cycle(found: Int, expected: ClosedRange<Int>)
    /// The cycle of a junction does not go into the common cycle a whole number of times.
    case junctionCycle(JunctionID, found: Double, common: Int)
    /// The plan has no timing for a junction.
    case noTiming(JunctionID)
    /// The network has no such junction.
    case unknownJunction(JunctionID)
    /// A group has more greens in the common cycle than the network was laid out for.
    case greens(JunctionID, SignalGroupID, found: Int, most: Int)
    /// A time of a green is no number, or lies outside the junction's cycle.
    case green(JunctionID, SignalGroupID)
}
