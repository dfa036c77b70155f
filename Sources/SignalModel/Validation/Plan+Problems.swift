extension Plan {
    /// Everything that is wrong with the plan as a document: junctions and groups that occur twice or are not there, times
    /// outside the cycle.
    ///
    /// Whether it is safe is for the safety guard.
    /// - Parameter network: Where given, junctions and signal groups must be the network's; else notices and offset
    ///   references must only speak of junctions and groups of the plan.
    /// - Complexity: O(size of the plan and the network) on average.
    public func problems(in network: Network? = nil) -> [Problem] {
        var list = ProblemList()
        let root = FieldPath()
        let names = network.map { NetworkNames($0) }
        let own = list.positions(of: junctions.map(\.junction), in: "junctions", root, "junction")
        for (position, plan) in junctions.enumerated() {
            let place = root.item("junctions", position, plan.junction.text)
            let isKnown = names.map { $0.junctions[plan.junction] != nil } ?? true
            list.check(plan.junction, exists: isKnown, as: "junction of the network", place, "junction")
            list.check(plan, at: place) { group in
                // A junction that is not there is named by itself.
                !isKnown || names.map { $0.has(group, at: plan.junction) } ?? true
            }
        }
        let groups = junctions.map { Set($0.greens.map(\.group)) }
        for (position, notice) in notices.enumerated() {
            let place = root.item("notices", position)
            guard let junction = own[notice.junction] else {
                list.check(notice.junction, exists: false, as: "junction of the plan", place, "junction")
                continue
            }
            list.check(notice.groups, as: "signal group of the junction", place, "groups") {
                groups[junction].contains($0)
            }
        }
        return list.problems
    }
}
