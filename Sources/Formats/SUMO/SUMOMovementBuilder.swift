import SignalModel

/// Gathers the connections of a SUMO network into movements.
struct SUMOMovementBuilder {
    /// A connection among those of its node.
    struct Request {
        /// Index of its request.
        var index: Int
        /// Vehicles that its first lane inside the node holds, one behind another.
        var places: Int
    }

    /// Movements, in the order of their first connection.
    private(set) var movements: [Movement] = []
    /// Request within its node of each connection of each movement; nothing where the node has no requests.
    private(set) var requests: [[Request?]] = []
    private(set) var losses = LossReport()
    private let document: SUMONetworkDocument
    private let edges: [String: SUMONetworkDocument.Edge]
    /// Lanes inside nodes.
    private let innerLanes: [String: SUMONetworkDocument.Lane]
    /// The inner lane behind each inner lane.
    private let continuation: [String: String]

    init(document: SUMONetworkDocument) throws(FormatError) {
        self.document = document
        edges = Dictionary(document.edges.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        innerLanes = Dictionary(
            document.edges.filter { $0.function != "normal" }.flatMap(\.lanes).map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first })
        continuation = Dictionary(
            document.connections.filter { $0.from.hasPrefix(":") }.compactMap { connection in
                connection.via.map { ("\(connection.from)_\(connection.fromLane)", $0) }
            }, uniquingKeysWith: { first, _ in first })
    }

    /// Groups the connections of each pair of links; those of one signal group are told apart later.
    mutating func build() throws(FormatError) {
        var positions: [String: Int] = [:]
        var seen = Set<String>()
        let orders = requestOrders()
        for (number, connection) in document.connections.enumerated() where !connection.from.hasPrefix(":") {
            let from = try edge(connection.from, "from", of: connection)
            let to = try edge(connection.to, "to", of: connection)
            guard from.function == "normal", to.function == "normal" else { continue }
            guard from.to == to.from else {
                throw connection.tag.failure(
                    .unexpected(
                        expected: "an edge that starts at junction \(FormatError.quoted(from.to))",
                        found: FormatError.quoted(to.id)), attribute: "to")
            }
            let fromLane = try lane(connection.fromLane, of: from, "fromLane", connection)
            let toLane = try lane(connection.toLane, of: to, "toLane", connection)
            guard seen.insert("\(fromLane.id) \(toLane.id)").inserted else {
                throw connection.tag.failure(.duplicate("connection from \(fromLane.id) to \(toLane.id)"))
            }
            guard fromLane.use != .pedestrian && toLane.use != .pedestrian else {
                losses.note("connection of footways", fromLane.id)
                continue
            }
            let path = try insidePath(of: connection, from: fromLane, to: toLane)
            let laneConnection = LaneConnection(
                from: LaneID(fromLane.id), to: LaneID(toLane.id), length: path.length,
                speed: min(path.speed, fromLane.speed), signalIndex: connection.linkIndex)
            let request = (requestIndex(of: connection) ?? orders[number]).map {
                Request(index: $0, places: places(inside: connection.via))
            }
            let key = "\(from.id)>\(to.id)"
            if let position = positions[key] {
                movements[position].connections.append(laneConnection)
                requests[position].append(request)
            } else {
                positions[key] = movements.count
                movements.append(
                    Movement(
                        id: MovementID(key), node: NodeID(from.to), from: LinkID(from.id), to: LinkID(to.id),
                        turn: turn(connection.direction, from: fromLane, to: toLane), connections: [laneConnection]))
                requests.append([request])
            }
        }
    }

    private func edge(
        _ id: String, _ key: String, of connection: SUMONetworkDocument.Connection
    ) throws(FormatError) -> SUMONetworkDocument.Edge {
        guard let edge = edges[id] else {
            throw connection.tag.failure(.unknownReference(kind: "edge", name: id), attribute: key)
        }
        return edge
    }

    private func lane(
        _ index: Int, of edge: SUMONetworkDocument.Edge, _ key: String, _ connection: SUMONetworkDocument.Connection
    ) throws(FormatError) -> SUMONetworkDocument.Lane {
        guard edge.lanes.indices.contains(index) else {
            throw connection.tag.failure(.unknownReference(kind: "lane", name: "\(edge.id)_\(index)"), attribute: key)
        }
        return edge.lanes[index]
    }

    private func turn(
        _ direction: String, from: SUMONetworkDocument.Lane, to: SUMONetworkDocument.Lane
    ) -> Turn {
        let turn: Turn =
            switch direction {
            case "l", "L": .left
            case "r", "R": .right
            case "t": .uTurn
            default: .through
            }
        // Where the two carriageways of a street meet at the edge of the map, SUMO names no more than a turn
        // across the oncoming traffic.
        return turn == (document.isLeftHand ? .right : .left) && leadsBack(from.shape, to.shape) ? .uTurn : turn
    }

    /// Whether one goes on within 30° of the direction from which one came.
    private func leadsBack(_ from: [(x: Double, y: Double)], _ to: [(x: Double, y: Double)]) -> Bool {
        guard from.count >= 2, to.count >= 2 else { return false }
        let (before, end) = (from[from.count - 2], from[from.count - 1])
        let arriving = (x: end.x - before.x, y: end.y - before.y)
        let leaving = (x: to[1].x - to[0].x, y: to[1].y - to[0].y)
        let lengths =
            (arriving.x * arriving.x + arriving.y * arriving.y).squareRoot()
            * (leaving.x * leaving.x + leaving.y * leaving.y).squareRoot()
        return arriving.x * leaving.x + arriving.y * leaving.y < -0.866 * lengths
    }

    /// Length and least speed of the lanes inside the node, of which there are several behind a waiting place.
    ///
    /// A network without lanes inside its nodes has the straight line from stop line to exit.
    private func insidePath(
        of connection: SUMONetworkDocument.Connection, from: SUMONetworkDocument.Lane, to: SUMONetworkDocument.Lane
    ) throws(FormatError) -> (length: Double, speed: Double) {
        guard let via = connection.via else {
            guard let end = from.shape.last, let start = to.shape.first else { return (0, min(from.speed, to.speed)) }
            let (x, y) = (start.x - end.x, start.y - end.y)
            return ((x * x + y * y).squareRoot(), min(from.speed, to.speed))
        }
        var length = 0.0
        var speed = Double.infinity
        var passed = Set<String>()
        var next: String? = via
        while let id = next {
            guard let lane = innerLanes[id] else {
                throw connection.tag.failure(.unknownReference(kind: "lane", name: id), attribute: "via")
            }
            guard passed.insert(id).inserted else {
                throw connection.tag.failure(
                    .unexpected(
                        expected: "lanes that lead out of the junction",
                        found: "\(FormatError.quoted(id)), which leads back to itself"), attribute: "via")
            }
            length += lane.length
            speed = min(speed, lane.speed)
            next = continuation[id]
        }
        return (length, max(speed, 1))
    }

    /// Vehicles that have passed the stop line when the first of them stands at the end of a lane inside the node.
    private func places(inside id: String?) -> Int {
        let length = id.flatMap { innerLanes[$0]?.length } ?? 0
        return 1 + Int(length / VehicleParameters().spacing)
    }

    /// The index that the first lane inside the node has in its name: `:node_edge_lane`.
    private func requestIndex(of connection: SUMONetworkDocument.Connection) -> Int? {
        guard let via = connection.via else { return nil }
        let parts = via.split(separator: "_")
        guard parts.count >= 2, let lane = Int(parts[parts.count - 1]), let edge = Int(parts[parts.count - 2]),
            (0...100_000).contains(lane), (0...100_000).contains(edge)
        else { return nil }
        return edge + lane
    }

    /// Request index of each connection in a network without lanes inside its nodes, by the number of the connection:
    /// the order of the incoming lanes of the node, then of the connections in the file.
    private func requestOrders() -> [Int: Int] {
        var ofLane: [String: [Int]] = [:]
        for (number, connection) in document.connections.enumerated() {
            guard let edge = edges[connection.from], edge.function == "normal",
                edge.lanes.indices.contains(connection.fromLane), edges[connection.to]?.function == "normal"
            else { continue }
            ofLane[edge.lanes[connection.fromLane].id, default: []].append(number)
        }
        var result: [Int: Int] = [:]
        for junction in document.junctions {
            let numbers = junction.incomingLanes.flatMap { ofLane[$0] ?? [] }
            for (order, number) in numbers.enumerated() { result[number] = order }
        }
        return result
    }
}
