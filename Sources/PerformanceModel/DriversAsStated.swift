import SignalModel

/// Drivers of SUMO and speeds of turns with which queues leave at the saturation flows that a network states.
///
/// The headway of a queue that has stopped once is τ + 0.10 s + (spacing + 4.2 m)/v where it goes straight on at speed v, and
/// τ + 0.05 s + (spacing + 2.65 m)/v where it turns: fitted to what leaves one lane of 200 m in greens of 20 and 50 s in
/// SUMO 1.28, with τ of 1 to 1.7 s, lanes of 8.3 to 16.7 m/s and turns of 4.5 to 10.2 m/s, within 3 %. Queues that have
/// stopped more than once leave later, which is what ``DischargeBehaviour`` plans for.
public enum DriversAsStated {
    /// The time headway τ, s, at which vehicles leave each link as the saturation flows of its through movements say, in the
    /// mean over their connections; links without a stated one are left out.
    public static func timeHeadways(of network: Network) -> [LinkID: Double] {
        let speeds = laneSpeeds(of: network)
        let throughs = Dictionary(grouping: network.movements.filter { $0.turn == .through }, by: \.from)
        return throughs.compactMapValues { movements in
            let found = movements.flatMap(\.connections).compactMap { connection -> Double? in
                guard let stated = connection.saturationFlowPerHour else { return nil }
                let speed = min(connection.speed, speeds[connection.from] ?? connection.speed)
                return 3600 / stated - 0.10 - (network.vehicles.spacing + 4.2) / speed
            }
            guard !found.isEmpty else { return nil }
            return max(0.1, found.reduce(0, +) / Double(found.count))
        }
    }

    /// The network with every turn of a stated saturation flow at the speed at which its queue leaves at that flow, but no faster
    /// than its lane.
    ///
    /// - Parameters:
    ///   - leastTimeHeadway: The shortest time headway τ that drivers are given, s.
    public static func withTurns(of network: Network, leastTimeHeadway: Double) -> Network {
        let headways = timeHeadways(of: network)
        let speeds = laneSpeeds(of: network)
        var network = network
        for number in network.movements.indices where network.movements[number].turn != .through {
            let movement = network.movements[number]
            let headway = max(leastTimeHeadway, headways[movement.from] ?? network.vehicles.timeHeadway)
            for (place, connection) in movement.connections.enumerated() {
                guard let stated = connection.saturationFlowPerHour, let fastest = speeds[connection.from] else {
                    continue
                }
                let onTheWay = 3600 / stated - headway - 0.05
                let speed = onTheWay > 0 ? (network.vehicles.spacing + 2.65) / onTheWay : fastest
                network.movements[number].connections[place].speed = min(fastest, max(leastTurnSpeed, speed))
            }
        }
        return network
    }

    private static func laneSpeeds(of network: Network) -> [LaneID: Double] {
        let fastest = network.vehicles.greatestSpeed ?? .infinity
        return Dictionary(
            network.links.flatMap(\.lanes).map { ($0.id, min(fastest, $0.freeFlowSpeed)) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The slowest that vehicles are made to turn, m/s.
    private static let leastTurnSpeed = 2.0
}
