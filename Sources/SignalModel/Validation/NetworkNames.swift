/// What the names of a network stand for; a name that occurs twice stands for its first bearer.
struct NetworkNames {
    /// Where a lane is.
    struct LanePlace {
        var link: Int
        var length: Double
    }

    var nodes: [NodeID: Int] = [:]
    var links: [LinkID: Int] = [:]
    var lanes: [LaneID: LanePlace] = [:]
    var movements: [MovementID: Int] = [:]
    var junctions: [JunctionID: Int] = [:]
    /// Junction that runs each node.
    var junctionOfNode: [NodeID: Int] = [:]
    /// Signal groups of each junction.
    var groups: [Set<SignalGroupID>] = []

    init() {}

    /// Collects the names that flows, counts and plans refer to; nothing is checked.
    init(_ network: Network) {
        for (position, link) in network.links.enumerated() where links[link.id] == nil { links[link.id] = position }
        for (position, movement) in network.movements.enumerated() where movements[movement.id] == nil {
            movements[movement.id] = position
        }
        for (position, junction) in network.junctions.enumerated() where junctions[junction.id] == nil {
            junctions[junction.id] = position
        }
        groups = network.junctions.map { Set($0.signalGroups.map(\.id)) }
    }

    /// Whether a junction has a signal group.
    func has(_ group: SignalGroupID, at junction: JunctionID) -> Bool {
        junctions[junction].map { groups[$0].contains(group) } ?? false
    }
}
