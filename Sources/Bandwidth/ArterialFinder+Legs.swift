import SignalModel

extension ArterialFinder {
    /// Whether motor vehicles drive a movement.
    func isDriven(_ movement: Movement) -> Bool {
        guard let link = index.links[movement.from] else { return false }
        let lanes = Set(network.links[link].vehicleLanes.map(\.id))
        return movement.connections.contains { lanes.contains($0.from) }
    }

    /// The through movement at the next junction that a movement's traffic comes to by going straight on, and the way.
    func next(after movement: Int) -> (movement: Int, leg: ArterialChain.Leg)? {
        var current = movement
        let junction = index.junctionOfNode[network.movements[movement].node]
        var leg = ArterialChain.Leg(length: 0, freeTime: 0, links: [])
        var passed = Set<Int>()
        while true {
            let path = path(of: network.movements[current])
            leg.length += path.length
            leg.freeTime += path.time
            guard let link = index.links[network.movements[current].to], passed.insert(link).inserted else {
                return nil
            }
            let road = network.links[link]
            guard road.length > 0, road.freeFlowSpeed > 0 else { return nil }
            leg.length += road.length
            leg.freeTime += road.length / road.freeFlowSpeed
            leg.links.append(road.id)
            let isSignalised = index.junctionOfNode[road.to] != nil
            guard let ahead = straightOn(from: link, isSignalised: isSignalised) else { return nil }
            guard isSignalised else {
                current = ahead
                continue
            }
            // Nodes of one controller are one junction: a street that passes several of them is not coordinated in it.
            return index.junctionOfNode[road.to] == junction ? nil : (ahead, leg)
        }
    }

    /// The movement out of a link that goes straight on, that with most traffic if there are several; at a node without
    /// signals the only one will do, as where a road bends.
    private func straightOn(from link: Int, isSignalised: Bool) -> Int? {
        let driven = index.movementsFrom[link].filter {
            network.movements[$0].turn != .uTurn && isDriven(network.movements[$0])
        }
        var straight = driven.filter { network.movements[$0].turn == .through }
        if isSignalised { straight = straight.filter { network.movements[$0].signalGroup != nil } }
        if straight.isEmpty, !isSignalised, driven.count == 1 { return driven[0] }
        var best: Int?
        for movement in straight where best.map({ flows[movement] ?? 0 > flows[$0] ?? 0 }) ?? true { best = movement }
        return best
    }

    /// Mean length of a movement's paths over its node, m, and the time that they take, s.
    private func path(of movement: Movement) -> (length: Double, time: Double) {
        let paths = movement.connections.filter { $0.length > 0 && $0.speed > 0 }
        guard !paths.isEmpty else { return (0, 0) }
        let count = Double(paths.count)
        return (
            paths.reduce(0) { $0 + $1.length } / count, paths.reduce(0) { $0 + $1.length / $1.speed } / count
        )
    }
}
