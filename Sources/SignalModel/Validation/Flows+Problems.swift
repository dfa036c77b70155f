extension Flows {
    /// Everything that is wrong with the flows as a document: links, movements and crossings that occur twice or are not
    /// there, lists of another length than there are intervals, shares that do not sum to 1, negative flows.
    ///
    /// - Parameter network: Where given, links, movements and crossings must be the network's.
    /// - Complexity: O(size of the flows and the network) on average.
    public func problems(in network: Network? = nil) -> [Problem] {
        var list = ProblemList()
        let root = FieldPath()
        list.check(start, Limits.time, root, "start_s")
        list.check(intervalLength, Limits.interval, root, "intervalLength_s")
        list.check(intervalCount, Limits.intervalCount, root, "intervalCount")
        let names = network.map { NetworkNames($0) }
        _ = list.positions(of: sources.map(\.link), in: "sources", root, "link")
        for (position, source) in sources.enumerated() {
            let place = root.item("sources", position, source.link.text)
            let isKnown = names.map { $0.links[source.link] != nil } ?? true
            list.check(source.link, exists: isKnown, as: "link of the network", place, "link")
            list.check(source.flowPerHour, count: intervalCount, Limits.flow, place, "flow_vehPerHour")
        }
        _ = list.positions(of: movements.map(\.movement), in: "movements", root, "movement")
        for (position, flow) in movements.enumerated() {
            let place = root.item("movements", position, flow.movement.text)
            let number = names?.movements[flow.movement]
            let isKnown = names == nil || number != nil
            list.check(flow.movement, exists: isKnown, as: "movement of the network", place, "movement")
            list.check(flow.flowPerHour, count: intervalCount, Limits.flow, place, "flow_vehPerHour")
            list.check(
                flow.standardErrorPerHour, count: intervalCount, Limits.flow, place, "standardError_vehPerHour")
            let connections = network.flatMap { network in number.map { network.movements[$0].connections.count } }
            list.checkShares(flow.laneShares, count: connections ?? flow.laneShares.count, place, "laneShares")
        }
        checkCrossings(into: &list, names: names)
        return list.problems
    }

    private func checkCrossings(into list: inout ProblemList, names: NetworkNames?) {
        var seen: [JunctionID: Set<SignalGroupID>] = [:]
        for (position, crossing) in crossings.enumerated() {
            let place = FieldPath().item("crossings", position)
            list.checkName(crossing.junction, place, "junction")
            list.checkName(crossing.group, place, "group")
            if let names {
                let isKnown = names.junctions[crossing.junction] != nil
                list.check(crossing.junction, exists: isKnown, as: "junction of the network", place, "junction")
                // The groups of a junction that is not there are not looked for.
                let hasGroup = !isKnown || names.has(crossing.group, at: crossing.junction)
                list.check(crossing.group, exists: hasGroup, as: "signal group of the junction", place, "group")
            }
            if !seen[crossing.junction, default: []].insert(crossing.group).inserted {
                list.add(
                    place.field("group"), .unique, found: "\(Problem.quoted(crossing.group.text)) again")
            }
            list.check(crossing.flowPerHour, count: intervalCount, Limits.flow, place, "flow_personsPerHour")
        }
    }
}

extension ProblemList {
    fileprivate mutating func checkShares(_ shares: [Double], count: Int, _ place: FieldPath, _ field: String) {
        let known = problems.count
        check(shares, count: count, Limits.share, place, field)
        // The sum of shares that are none says nothing.
        guard problems.count == known else { return }
        let sum = shares.reduce(0, +)
        guard abs(sum - 1) > Limits.shareTolerance else { return }
        add(place.field(field), .sharesOfOne, found: Problem.plain(sum))
    }
}
