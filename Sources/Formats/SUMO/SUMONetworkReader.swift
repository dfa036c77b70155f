import SignalModel

/// Reads a SUMO network (`.net.xml`, `.net.xml.gz`) with its signal programs into a ``Network``.
public struct SUMONetworkReader {
    /// A network with what was lost on the way.
    public struct Result: Sendable {
        /// The network, with detectors in the standard layout.
        public var network: Network
        /// What was not carried over.
        public var losses: LossReport
    }

    private let file: String
    private let document: SUMONetworkDocument
    private var losses: LossReport
    private var lanesOfEdge: [String: [SUMONetworkDocument.Lane]] = [:]
    private var internalLanes: [String: SUMONetworkDocument.Lane] = [:]
    private var movements: [Movement] = []
    /// Request index within its node of each movement's connections.
    private var requestsOfMovement: [[Int]] = []
    private var nodeOfEdgeEnd: [String: String] = [:]
    /// The inner lane behind each inner lane.
    private let continuation: [String: String]

    /// Reads a network file, further signal programs, and the vehicle types of a route file.
    ///
    /// - Throws: ``FormatError`` that names file, line and what was expected.
    public static func read(
        network path: String, additional: [String] = [], vehicleTypes: String? = nil
    ) throws(FormatError) -> Result {
        let document = try SUMONetworkDocument.read(network: path, additional: additional)
        var reader = SUMONetworkReader(file: path, document: document)
        var network = try reader.assemble()
        if let vehicleTypes { network.vehicles = try SUMOVehicleTypeReader.read(vehicleTypes, network: network) }
        return Result(network: network, losses: reader.losses)
    }

    private init(file: String, document: SUMONetworkDocument) {
        self.file = file
        self.document = document
        losses = document.losses
        continuation = Dictionary(
            document.connections.compactMap { connection in
                connection.via.map { ("\(connection.from)_\(connection.fromLane)", $0) }
            }, uniquingKeysWith: { first, _ in first })
    }

    private mutating func assemble() throws(FormatError) -> Network {
        let links = try links()
        let known = Set(document.edges.filter { $0.function == "normal" }.map(\.id))
        try readMovements(known: known)
        let nodes = try nodes(of: links)
        let name = String(file.split(separator: "/").last ?? "network").split(separator: ".").first.map(String.init)
        var network = Network(
            name: name ?? "network", drivingSide: document.isLeftHand ? .left : .right, nodes: nodes, links: links,
            movements: movements)
        var builder = SUMOJunctionBuilder(
            document: document, movements: movements, requests: requestsOfMovement, internalLanes: internalLanes)
        network.junctions = try builder.build()
        network.movements = builder.movements
        for entry in builder.losses.entries {
            for example in entry.examples { losses.note(entry.what, example) }
        }
        let nodesWithSignals = Set(network.junctions.flatMap(\.nodes))
        for position in network.nodes.indices {
            if nodesWithSignals.contains(network.nodes[position].id) { network.nodes[position].control = .signals }
        }
        network.detectors = DetectorLayout.standard(for: network)
        return network
    }

    private mutating func links() throws(FormatError) -> [Link] {
        var result: [Link] = []
        var seen = Set<String>()
        for edge in document.edges {
            guard seen.insert(edge.id).inserted else { throw edge.location.failure(.duplicate(edge.id)) }
            lanesOfEdge[edge.id] = edge.lanes
            guard edge.function == "normal" else {
                for lane in edge.lanes { internalLanes[lane.id] = lane }
                if edge.function != "internal" && edge.function != "crossing" && edge.function != "walkingarea" {
                    losses.note("edge with function \(edge.function)", edge.id)
                }
                continue
            }
            guard let longest = edge.lanes.map(\.length).max(), longest > 0 else {
                throw edge.location.failure(.unexpected(expected: "a lane with a length", found: "none"))
            }
            nodeOfEdgeEnd[edge.id] = edge.to
            let lanes = edge.lanes.map {
                Lane(id: LaneID($0.id), length: $0.length, freeFlowSpeed: $0.speed, use: use(of: $0))
            }
            let shape = edge.lanes.count > 0 ? points(edge.lanes[edge.lanes.count / 2].shape) : []
            result.append(
                Link(
                    id: LinkID(edge.id), from: NodeID(edge.from), to: NodeID(edge.to), length: longest, lanes: lanes,
                    shape: shape))
        }
        return result
    }

    private func use(of lane: SUMONetworkDocument.Lane) -> LaneUse {
        if let allow = lane.allow {
            if allow.contains("passenger") || allow.contains("all") || allow.contains("private") { return .general }
            if allow.contains("bus") || allow.contains("taxi") { return .bus }
            if allow.contains("bicycle") { return .cycle }
            if allow.contains("pedestrian") { return .pedestrian }
            return allow.isEmpty ? .general : .tram
        }
        if lane.disallow.contains("all") { return .pedestrian }
        if lane.disallow.contains("passenger") { return lane.disallow.contains("bus") ? .cycle : .bus }
        return .general
    }

    private func points(_ shape: String) -> [Point] {
        shape.split(separator: " ").compactMap { pair in
            let parts = pair.split(separator: ",")
            guard parts.count >= 2, let x = Double(parts[0]), let y = Double(parts[1]) else { return nil }
            return Point(x: x, y: y)
        }
    }

    private func nodes(of links: [Link]) throws(FormatError) -> [Node] {
        var result: [Node] = []
        var seen = Set<String>()
        // Where one can only turn back, or not go on at all, the network ends.
        let passed = Set(movements.filter { $0.turn != .uTurn }.map(\.node))
        for junction in document.junctions where junction.type != "internal" {
            guard seen.insert(junction.id).inserted else {
                throw FormatError(file: file, fault: .duplicate("junction \(junction.id)"))
            }
            let id = NodeID(junction.id)
            let isBoundary = !passed.contains(id)
            result.append(
                Node(
                    id: id, position: Point(x: junction.x, y: junction.y), control: isBoundary ? .boundary : .priority)
            )
        }
        for (edge, link) in zip(document.edges.filter { $0.function == "normal" }, links) {
            for node in [link.from, link.to] where !seen.contains(node.text) {
                throw edge.location.failure(.unknownReference(kind: "junction", name: node.text))
            }
        }
        return result
    }

    /// Groups the connections of each pair of links; those of one signal group are told apart later.
    private mutating func readMovements(known: Set<String>) throws(FormatError) {
        var positions: [String: Int] = [:]
        for connection in document.connections where !connection.from.hasPrefix(":") {
            guard known.contains(connection.from) else {
                if lanesOfEdge[connection.from] == nil {
                    throw connection.location.failure(.unknownReference(kind: "edge", name: connection.from))
                }
                continue
            }
            guard known.contains(connection.to) else {
                if lanesOfEdge[connection.to] == nil {
                    throw connection.location.failure(.unknownReference(kind: "edge", name: connection.to))
                }
                continue
            }
            let from = lanesOfEdge[connection.from]!
            let to = lanesOfEdge[connection.to]!
            guard connection.fromLane < from.count else {
                throw connection.location.failure(
                    .unknownReference(kind: "lane", name: "\(connection.from)_\(connection.fromLane)"))
            }
            guard connection.toLane < to.count else {
                throw connection.location.failure(
                    .unknownReference(kind: "lane", name: "\(connection.to)_\(connection.toLane)"))
            }
            let path = insidePath(of: connection)
            let lane = LaneConnection(
                from: LaneID(from[connection.fromLane].id), to: LaneID(to[connection.toLane].id), length: path.length,
                speed: min(path.speed, from[connection.fromLane].speed), signalIndex: connection.linkIndex)
            let request = requestIndex(of: connection) ?? -1
            let key = "\(connection.from)>\(connection.to)"
            if let position = positions[key] {
                movements[position].connections.append(lane)
                requestsOfMovement[position].append(request)
            } else {
                positions[key] = movements.count
                movements.append(
                    Movement(
                        id: MovementID(key), node: NodeID(nodeOfEdgeEnd[connection.from] ?? ""),
                        from: LinkID(connection.from), to: LinkID(connection.to), turn: turn(connection.direction),
                        connections: [lane]))
                requestsOfMovement.append([request])
            }
        }
    }

    private func turn(_ direction: String) -> Turn {
        switch direction {
        case "l", "L": .left
        case "r", "R": .right
        case "t": .uTurn
        default: .through
        }
    }

    /// Length and least speed of the lanes inside the node, of which there are several behind a waiting place.
    private func insidePath(of connection: SUMONetworkDocument.Connection) -> (length: Double, speed: Double) {
        guard let via = connection.via, let first = internalLanes[via] else { return (0, 13.89) }
        var length = first.length
        var speed = first.speed
        var lane = via
        var steps = 0
        while let next = continuation[lane], let inner = internalLanes[next], steps < 8 {
            length += inner.length
            speed = min(speed, inner.speed)
            lane = next
            steps += 1
        }
        return (length, max(speed, 1))
    }

    private func requestIndex(of connection: SUMONetworkDocument.Connection) -> Int? {
        guard let via = connection.via else { return nil }
        let parts = via.split(separator: "_")
        guard parts.count >= 2, let lane = Int(parts[parts.count - 1]), let edge = Int(parts[parts.count - 2])
        else { return nil }
        return edge + lane
    }
}
