import SignalModel

/// Short links whose lanes vehicles come to apart.
///
/// Drivers take their lane before such a link, as there is no room to change on it. Each set of lanes that a lane before leads
/// to is a road of its own, so that a full one keeps only those back who want it, and the lanes before are used as the link's
/// own lanes are.
extension NetworkModelBuilder {
    /// The lanes of a link, with those together that the same lane before leads to.
    func lanesFedApart(_ lanes: [Lane], of link: Int) -> [[Lane]] {
        guard lanes.count > 1, network.links[link].length < settings.sortedLength, isPassedThrough(link) else {
            return [lanes]
        }
        var part = Dictionary(uniqueKeysWithValues: lanes.enumerated().map { ($0.element.id, $0.offset) })
        var reached = Set<LaneID>()
        for movement in index.movementsTo[link] {
            let connections = network.movements[movement].connections
            var first: [LaneID: LaneID] = [:]
            for (number, connection) in connections.enumerated() where isUsed(number, of: movement) {
                guard let own = part[connection.to] else { continue }
                reached.insert(connection.to)
                if let other = first[connection.from].flatMap({ part[$0] }) {
                    for (lane, value) in part where value == max(own, other) { part[lane] = min(own, other) }
                } else {
                    first[connection.from] = connection.to
                }
            }
        }
        // Where a lane is reached by changing lanes alone, drivers do find room to change.
        guard reached.count == lanes.count else { return [lanes] }
        return Set(part.values).sorted().map { value in lanes.filter { part[$0.id] == value } }
    }

    /// Mean length of the ways that lead to a lane over nodes where nobody crosses them, m: who finds the lane full waits there.
    func innerLength(before lane: LaneID, of link: Int) -> Double {
        var lengths: [Double] = []
        for movement in index.movementsTo[link]
        where index.junctionOfNode[network.movements[movement].node] == nil && network.movements[movement].foes.isEmpty
        {
            for (number, connection) in network.movements[movement].connections.enumerated()
            where connection.to == lane && isUsed(number, of: movement) { lengths.append(connection.length) }
        }
        return lengths.isEmpty ? 0 : lengths.reduce(0, +) / Double(lengths.count)
    }

    /// Whether most of those on a link have come from another.
    private func isPassedThrough(_ link: Int) -> Bool {
        let starting = flows.sources.filter { index.links[$0.link] == link }.reduce(0) {
            $0 + $1.flowPerHour.reduce(0, +)
        }
        return index.movementsTo[link].reduce(0) { $0 + movementFlow[$1].reduce(0, +) } > starting
    }

    /// Roads of a link that some of its lanes belong to, all of them where none does, with shares by their demand.
    func partsReached(by lanes: [LaneID], of link: Int) -> [(road: Int, share: Double)] {
        let reached = Set(lanes.compactMap { roadOfLane[$0] }).filter { roadsOfLink[link].contains($0) }.sorted()
        let members = reached.isEmpty ? roadsOfLink[link] : reached
        let demand = members.map { road in
            (0..<flows.intervalCount).reduce(0) { $0 + self.demand(of: road, $1) }
        }
        let total = demand.reduce(0, +)
        return zip(members, demand).map { ($0, total > 0 ? $1 / total : 1 / Double(members.count)) }
    }
}
