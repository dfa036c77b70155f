import SignalModel

/// The demand of streams: how a movement's traffic divides over the lanes that it may take.
extension NetworkModelBuilder {
    /// Works out the demand of every stream.
    mutating func distributeFlows() {
        streamsOfMovement = Array(repeating: [], count: network.movements.count)
        for (number, stream) in streams.enumerated() { streamsOfMovement[stream.movement].append(number) }
        streamFlow = streams.map { _ in Array(repeating: 0, count: flows.intervalCount) }
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
                streamFlow[stream][interval] =
                    movementFlow[movement][interval] * all * wanted[place] / total * counted[position]
                    / ofReached[place]
            }
        }
    }

    /// Demand of a road in an interval without what comes by movements that lead to no other road of its link, veh/h.
    private func leftOver(of road: Int, on link: Int, _ interval: Int) -> Double {
        let others = index.movementsTo[link].filter { movement in
            Set(network.movements[movement].connections.compactMap { roadOfLane[$0.to] }) == [road]
        }
        return max(0, demand(of: road, interval) - others.reduce(0) { $0 + movementFlow[$1][interval] })
    }

    /// Demand of a road in an interval, veh/h.
    func demand(of road: Int, _ interval: Int) -> Double {
        lanes[roads[road].lanes].reduce(0) { sum, lane in
            lane.streams.reduce(sum) { $0 + streamFlow[$1][interval] }
        }
    }
}
