import PerformanceModel
import SignalModel

/// How traffic divides at the ends of links and over their lanes, in the mean of some flows.
struct TurningShares {
    private let network: Network
    private let index: NetworkIndex
    /// Mean flow of each movement, veh/h, and its shares on its lane connections.
    private let flows: [Double]
    private let laneShares: [[Double]]
    private let speeds: [LaneID: Double]
    /// Flow on each lane, veh/h.
    private let laneFlows: [LaneID: Double]

    init(network: Network, index: NetworkIndex, flows: Flows) {
        self.network = network
        self.index = index
        var means = network.movements.map { _ in 0.0 }
        var shares = network.movements.map { movement in
            Array(repeating: 1 / Double(max(1, movement.connections.count)), count: movement.connections.count)
        }
        for flow in flows.movements {
            guard let number = index.movements[flow.movement], flow.laneShares.count == shares[number].count else {
                continue
            }
            means[number] = flow.flowPerHour.reduce(0, +) / Double(max(1, flow.flowPerHour.count))
            shares[number] = flow.laneShares
        }
        var onLane: [LaneID: Double] = [:]
        for (number, movement) in network.movements.enumerated() {
            for (position, connection) in movement.connections.enumerated() {
                onLane[connection.from, default: 0] += means[number] * shares[number][position]
            }
        }
        self.flows = means
        laneShares = shares
        laneFlows = onLane
        speeds = Dictionary(
            network.links.flatMap(\.lanes).map { ($0.id, $0.freeFlowSpeed) }, uniquingKeysWith: { first, _ in first })
    }

    /// Whether a link ends at a signal that rules one of its movements.
    func isApproach(_ link: Int) -> Bool {
        index.junctionOfNode[network.links[link].to] != nil
            && index.movementsFrom[link].contains { network.movements[$0].signalGroup != nil }
    }

    /// Vehicles that a movement sends in a second of its green from queues on its lanes, which it shares with others.
    func saturationFlow(of movement: Int) -> Double {
        zip(network.movements[movement].connections, laneShares[movement]).reduce(0) { sum, lane in
            let (connection, share) = lane
            guard let all = laneFlows[connection.from], all > 0 else { return sum }
            let behaviour = DischargeBehaviour(
                connection: connection, laneSpeed: speeds[connection.from] ?? connection.speed,
                vehicles: network.vehicles)
            return sum + flows[movement] * share / all / behaviour.headway
        }
    }

    /// Share of the vehicles that enter a link that come to each approach first.
    func reached(from link: Int) -> [Int: Double] {
        var result: [Int: Double] = [:]
        var open = [(link: link, share: 1.0, depth: 0)]
        while let (link, share, depth) = open.popLast() {
            if isApproach(link) {
                result[link, default: 0] += share
                continue
            }
            guard depth < Self.greatestDepth else { continue }
            let all = index.movementsFrom[link].reduce(0) { $0 + flows[$1] }
            for movement in index.movementsFrom[link] where flows[movement] > Self.leastShare * all {
                guard let next = index.links[network.movements[movement].to] else { continue }
                open.append((next, share * flows[movement] / all, depth + 1))
            }
        }
        return result
    }

    /// Links without signals that are followed, and the share of traffic below which a way is not.
    private static let greatestDepth = 6
    private static let leastShare = 0.02
}
