/// Positions of the parts of a network by identifier, and what leads where.
///
/// Lanes that only pedestrians use are left out; names that occur twice stand for their first bearer.
public struct NetworkIndex: Sendable {
    /// One lane connection of a movement.
    public struct ConnectionReference: Sendable, Equatable {
        /// Position of the movement in the network.
        public var movement: Int
        /// Position of the connection in the movement.
        public var connection: Int
    }

    /// Position of each link.
    public let links: [LinkID: Int]
    /// Position of each movement.
    public let movements: [MovementID: Int]
    /// Position of the junction that runs each signalised node.
    public let junctionOfNode: [NodeID: Int]
    /// Movements out of each link, by position of the link.
    public let movementsFrom: [[Int]]
    /// Movements into each link, by position of the link.
    public let movementsTo: [[Int]]
    /// Connections out of each lane.
    public let connectionsFrom: [LaneID: [ConnectionReference]]

    /// Indexes a network.
    public init(_ network: Network) {
        links = Dictionary(
            network.links.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
        movements = Dictionary(
            network.movements.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
        var junctions: [NodeID: Int] = [:]
        for (number, junction) in network.junctions.enumerated() {
            for node in junction.nodes where junctions[node] == nil { junctions[node] = number }
        }
        junctionOfNode = junctions
        var from = Array(repeating: [Int](), count: network.links.count)
        var to = from
        var connections: [LaneID: [ConnectionReference]] = [:]
        let pedestrianLanes = Set(
            network.links.flatMap { link in link.lanes.filter { $0.use == .pedestrian }.map(\.id) })
        for (number, movement) in network.movements.enumerated() {
            if let link = links[movement.from] { from[link].append(number) }
            if let link = links[movement.to] { to[link].append(number) }
            for (position, connection) in movement.connections.enumerated()
            where !pedestrianLanes.contains(connection.from) {
                connections[connection.from, default: []].append(.init(movement: number, connection: position))
            }
        }
        movementsFrom = from
        movementsTo = to
        connectionsFrom = connections
    }
}
