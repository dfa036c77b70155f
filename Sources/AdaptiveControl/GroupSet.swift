/// A set of signal groups of one junction, by their numbers 0 to 63.
public struct GroupSet: Hashable, Sendable {
    /// Bit n stands for group n.
    public var bits: UInt64

    /// Greatest number of groups of a junction.
    public static let capacity = 64

    /// The empty set.
    public init() { bits = 0 }

    /// A set of some groups.
    public init(_ groups: some Sequence<Int>) {
        bits = 0
        for group in groups { insert(group) }
    }

    init(bits: UInt64) { self.bits = bits }

    /// Whether a group is in the set.
    public func contains(_ group: Int) -> Bool { bits >> UInt64(group) & 1 != 0 }

    /// Adds a group.
    public mutating func insert(_ group: Int) { bits |= 1 << UInt64(group) }

    /// Those that are not in another set.
    public func subtracting(_ other: GroupSet) -> GroupSet { GroupSet(bits: bits & ~other.bits) }

    /// Whether some groups of another set are in this one, and some are not.
    func divides(_ other: GroupSet) -> Bool { bits & other.bits != 0 && other.bits & ~bits != 0 }

    /// The numbers of the groups, in their order.
    public var groups: [Int] { (0..<Self.capacity).filter(contains) }
}
