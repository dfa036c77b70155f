import SignalModel

/// What the signal groups of a network serve.
struct MovementNames {
    /// What one group serves.
    struct Service {
        var movements: [Movement] = []
        var crossed: [LinkID] = []
    }

    private let services: [JunctionID: [SignalGroupID: Service]]

    init(_ network: Network) {
        let index = NetworkIndex(network)
        var services: [JunctionID: [SignalGroupID: Service]] = [:]
        for junction in network.junctions {
            for group in junction.signalGroups {
                services[junction.id, default: [:]][group.id] = Service(crossed: group.crossing?.crosses ?? [])
            }
        }
        for movement in network.movements {
            guard let group = movement.signalGroup, let number = index.junctionOfNode[movement.node] else { continue }
            services[network.junctions[number].id]?[group]?.movements.append(movement)
        }
        self.services = services
    }

    /// What a group serves; nothing for a group that the network does not have.
    func service(of group: SignalGroupID, at junction: JunctionID) -> Service {
        services[junction]?[group] ?? Service()
    }
}
