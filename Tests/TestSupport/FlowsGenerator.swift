import SignalModel

/// Makes random demand for a network.
public enum FlowsGenerator {
    /// Demand that enters at the boundary, turns by random shares and is conserved along links.
    ///
    /// - Parameters:
    ///   - greatestFlowPerLane: Greatest flow that enters on one lane, veh/h.
    ///   - intervalLength: Length of one interval, s.
    public static func flows(
        for network: Network, seed: UInt64, greatestFlowPerLane: Double = 500, intervalLength: Double = 300,
        intervalCount: Int = 1
    ) -> Flows {
        var random = SplitMix64(seed: seed)
        let boundary = Set(network.nodes.filter { $0.control == .boundary }.map(\.id))
        let sources = network.links.filter { boundary.contains($0.from) }.map { link in
            let lanes = Double(link.lanes.count)
            return LinkFlow(
                link: link.id,
                flowPerHour: (0..<intervalCount).map { _ in
                    Double.random(in: 0...greatestFlowPerLane, using: &random) * lanes
                })
        }
        let weights = network.movements.map { movement in
            Double(movement.connections.count) * Double.random(in: 0.2...1, using: &random)
        }
        var weightOfLink: [LinkID: Double] = [:]
        for (movement, weight) in zip(network.movements, weights) { weightOfLink[movement.from, default: 0] += weight }
        var turning = network.movements.map { _ in [Double](repeating: 0, count: intervalCount) }
        // Every round carries the flows one node further; what still circles after these is nothing.
        for _ in 0..<(8 * network.junctions.count) {
            var arriving = Dictionary(uniqueKeysWithValues: sources.map { ($0.link, $0.flowPerHour) })
            for (movement, flow) in zip(network.movements, turning) {
                let sum = arriving[movement.to] ?? [Double](repeating: 0, count: intervalCount)
                arriving[movement.to] = zip(sum, flow).map { $0 + $1 }
            }
            for (number, movement) in network.movements.enumerated() {
                let share = weights[number] / (weightOfLink[movement.from] ?? 1)
                turning[number] = (arriving[movement.from] ?? turning[number].map { _ in 0 }).map { $0 * share }
            }
        }
        return Flows(
            start: 0, intervalLength: intervalLength, intervalCount: intervalCount, sources: sources,
            movements: zip(network.movements, turning).map { movement, flow in
                let lanes = movement.connections.count
                return MovementFlow(
                    movement: movement.id, flowPerHour: flow, standardErrorPerHour: flow.map { _ in 0 },
                    laneShares: [Double](repeating: 1 / Double(lanes), count: lanes))
            })
    }
}
