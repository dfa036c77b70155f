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
            self.lanes[roads[road].lanes].flatMap { Array($0.streams) }.reduce(0) {
                $0 + (streamFlow[$1] ?? []).reduce(0, +)
            }
        }
        let total = demand.reduce(0, +)
        return zip(members, demand).map { ($0, total > 0 ? $1 / total : 1 / Double(members.count)) }
    }

    /// Works out the demand of every stream.
    mutating func distributeFlows() {
        streamsOfMovement = Array(repeating: [], count: network.movements.count)
        for (number, stream) in streams.enumerated() { streamsOfMovement[stream.movement].append(number) }
        streamFlow = Array(repeating: nil, count: streams.count)
        var begun = Set<Int>()
        for movement in network.movements.indices { distributeFlow(of: movement, &begun) }
    }

    /// Works out the demand of a movement's streams: by the lanes that were counted, or by what is wanted behind them where
    /// they lead to different roads of one link.
    private mutating func distributeFlow(of movement: Int, _ begun: inout Set<Int>) {
        guard begun.insert(movement).inserted else { return }
        let members = streamsOfMovement[movement]
        let counted = members.map { laneShare(of: streams[$0]) }
        for (stream, share) in zip(members, counted) { streamFlow[stream] = movementFlow[movement].map { $0 * share } }
        guard let link = index.links[network.movements[movement].to], roadsOfLink[link].count > 1 else { return }
        for next in index.movementsFrom[link] { distributeFlow(of: next, &begun) }
        let connections = network.movements[movement].connections
        let road = members.map { stream in
            streams[stream].connections.compactMap { roadOfLane[connections[$0].to] }.first
        }
        let reached = Set(road.compactMap { $0 }).sorted()
        guard reached.count > 1 else { return }
        let ofReached = reached.map { number in
            counted.indices.filter { road[$0] == number }.reduce(0) { $0 + counted[$1] }
        }
        let all = ofReached.reduce(0, +)
        for interval in 0..<flows.intervalCount {
            let wanted = reached.map { leftOver(of: $0, on: link, interval) }
            let total = wanted.reduce(0, +)
            guard total > 0 else { continue }
            for (position, stream) in members.enumerated() {
                guard let place = reached.firstIndex(where: { $0 == road[position] }), ofReached[place] > 0 else {
                    continue
                }
                streamFlow[stream]?[interval] =
                    movementFlow[movement][interval] * all * wanted[place] / total * counted[position]
                    / ofReached[place]
            }
        }
    }

    /// Demand of a road in an interval without what comes by movements that lead to no other road of its link, veh/h.
    private func leftOver(of road: Int, on link: Int, _ interval: Int) -> Double {
        let demand = lanes[roads[road].lanes].flatMap { Array($0.streams) }.reduce(0) {
            $0 + (streamFlow[$1]?[interval] ?? 0)
        }
        let others = index.movementsTo[link].filter { movement in
            Set(network.movements[movement].connections.compactMap { roadOfLane[$0.to] }) == [road]
        }
        return max(0, demand - others.reduce(0) { $0 + movementFlow[$1][interval] })
    }
}
