import SignalModel

/// Queues that wait on an arterial before its band comes: of vehicles that turned in from side streets.
struct SideQueues {
    let network: Network
    let index: NetworkIndex
    let finder: ArterialFinder

    /// Saturation flow of a lane where the network says none, veh/h.
    private static let saturationFlowPerHour = 1800.0

    /// Time that such a queue needs to clear at a through movement, s: τ = q·r/s, with q the flow that did not come along
    /// the arterial, r the red and s the saturation flow.
    ///
    /// - Parameters:
    ///   - red: Red of the movement, s.
    ///   - before: Through movement at the stop before.
    func clearance(at movement: MovementID, after before: MovementID, red: Double) -> Double {
        guard let here = index.movements[movement], let there = index.movements[before] else { return 0 }
        let flow = finder.flows[here] ?? 0
        // Of those who come along the arterial as many go straight on as of all.
        let approach = index.movementsFrom[index.links[network.movements[here].from] ?? 0]
        let total = approach.reduce(0) { $0 + (finder.flows[$1] ?? 0) }
        guard flow > 0, total > 0 else { return 0 }
        let along = min(flow, (finder.flows[there] ?? 0) * flow / total)
        let saturation = network.movements[here].connections.reduce(0) {
            $0 + ($1.saturationFlowPerHour ?? Self.saturationFlowPerHour)
        }
        return saturation > 0 ? (flow - along) / saturation * red : 0
    }
}
