import SignalModel

/// How the groups of a junction that meet are kept apart.
struct Meetings {
    private struct Pair: Hashable, Comparable {
        let first: Int
        let second: Int

        static func < (one: Self, other: Self) -> Bool { (one.first, one.second) < (other.first, other.second) }
    }

    private var incompatible: Set<Pair> = []
    private var yields: Set<Pair> = []

    /// Notes that a movement of one group gives way to one of another.
    mutating func note(_ yielding: Int, givesWayTo priority: Int) {
        yields.insert(Pair(first: yielding, second: priority))
    }

    /// Notes that movements of two groups meet and neither gives way.
    mutating func note(_ first: Int, isIncompatibleWith second: Int) {
        incompatible.insert(Pair(first: min(first, second), second: max(first, second)))
    }

    /// Adds intergreens, still of no length, and permitted conflicts: groups are permitted together only where none of
    /// their movements is incompatible.
    func add(to junction: inout Junction) {
        let ids = junction.signalGroups.map(\.id)
        for pair in incompatible.sorted() {
            junction.intergreens.append(Intergreen(ending: ids[pair.first], starting: ids[pair.second], seconds: 0))
            junction.intergreens.append(Intergreen(ending: ids[pair.second], starting: ids[pair.first], seconds: 0))
        }
        for pair in yields.sorted() where pair.first != pair.second {
            let groups = Pair(first: min(pair.first, pair.second), second: max(pair.first, pair.second))
            if incompatible.contains(groups) { continue }
            junction.permittedConflicts.append(
                PermittedConflict(yielding: ids[pair.first], priority: ids[pair.second]))
        }
    }
}
