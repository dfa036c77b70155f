import SignalModel

/// Demand of the time ahead as a network model takes it: flows that agree with each other, and the vehicles already there.
///
/// The model sends what the sources say and has it turn as the movements say. So the flows of the movements are made to
/// follow from those two: f = p·e with e = d + Σ f over the movements into a link. Shares p that are less than 1 in sum are
/// journeys that end on the link. Vehicles on the roads at the start come again with the first interval.
struct ComingDemand {
    private let network: Network
    private let index: NetworkIndex

    init(network: Network) {
        self.network = network
        index = NetworkIndex(network)
    }

    /// Flows that agree, with vehicles that are on links at the start.
    func balanced(_ flows: Flows, queues: [LinkID: Double]) -> Flows {
        var movements = network.movements.map { _ in Array(repeating: 0.0, count: flows.intervalCount) }
        for flow in flows.movements {
            if let number = index.movements[flow.movement] { movements[number] = flow.flowPerHour }
        }
        var sources = network.links.map { _ in Array(repeating: 0.0, count: flows.intervalCount) }
        for source in flows.sources {
            if let number = index.links[source.link] { sources[number] = source.flowPerHour }
        }
        let means = shares(movements.map(Self.mean), sources.map(Self.mean))
        for interval in 0..<flows.intervalCount {
            let own = shares(movements.map { $0[interval] }, sources.map { $0[interval] })
            for (link, vehicles) in queues.sorted(by: { $0.key < $1.key }) where interval == 0 {
                guard let number = index.links[link], vehicles > 0, vehicles.isFinite else { continue }
                sources[number][0] += vehicles * 3600 / flows.intervalLength
            }
            let found = propagated(zip(own, means).map { $0 ?? $1 ?? 0 }, sources.map { $0[interval] })
            for number in movements.indices { movements[number][interval] = found[number] }
        }
        var result = flows
        result.sources = zip(network.links, sources).filter { $1.contains { $0 > 0 } }.map {
            LinkFlow(link: $0.id, flowPerHour: $1)
        }
        for position in result.movements.indices {
            guard let number = index.movements[result.movements[position].movement] else { continue }
            result.movements[position].flowPerHour = movements[number]
        }
        return result
    }

    private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }

    /// Share of the vehicles on its link that each movement takes; nil where there are none.
    private func shares(_ movements: [Double], _ sources: [Double]) -> [Double?] {
        network.movements.indices.map { number in
            guard let link = index.links[network.movements[number].from] else { return nil }
            let entering = sources[link] + index.movementsTo[link].reduce(0) { $0 + movements[$1] }
            let leaving = index.movementsFrom[link].reduce(0) { $0 + movements[$1] }
            let all = max(entering, leaving)
            return all > 0 ? movements[number] / all : nil
        }
    }

    /// Flows of the movements that follow from shares and sources.
    private func propagated(_ shares: [Double], _ sources: [Double]) -> [Double] {
        var entering = sources
        for _ in 0..<Self.greatestRounds {
            var next = sources
            for (number, movement) in network.movements.enumerated() where shares[number] > 0 {
                guard let from = index.links[movement.from], let to = index.links[movement.to] else { continue }
                next[to] += shares[number] * entering[from]
            }
            let change = zip(next, entering).map { abs($0 - $1) }.max() ?? 0
            entering = next
            if change < 1e-6 { break }
        }
        return network.movements.indices.map { number in
            index.links[network.movements[number].from].map { shares[number] * entering[$0] } ?? 0
        }
    }

    /// Links of the longest journey that is followed.
    private static let greatestRounds = 200
}
