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

    /// Reads a network file, further signal programs, and the vehicle types of a route file.
    ///
    /// Of several programs of a controller the last one is the present one, as it is the one that SUMO runs; they come in that
    /// order, the last one first.
    /// - Throws: ``FormatError`` that names file, line and what was expected.
    public static func read(
        network path: String, additional: [String] = [], vehicleTypes: String? = nil
    ) throws(FormatError) -> Result {
        let document = try SUMONetworkDocument.read(network: path, additional: additional)
        var reader = SUMONetworkReader(file: path, document: document)
        var network = try reader.assemble()
        if let vehicleTypes {
            let read = try SUMOVehicleTypeReader.read(vehicleTypes, network: network)
            network.vehicles = read.vehicles
            reader.losses.add(read.losses)
        }
        return Result(network: network, losses: reader.losses)
    }

    private init(file: String, document: SUMONetworkDocument) {
        self.file = file
        self.document = document
        losses = document.losses
    }

    private mutating func assemble() throws(FormatError) -> Network {
        guard !document.edges.isEmpty else {
            throw FormatError(file: file, fault: .unexpected(expected: "at least one <edge>", found: "none"))
        }
        let links = try links()
        var builder = try SUMOMovementBuilder(document: document)
        try builder.build()
        losses.add(builder.losses)
        let nodes = try nodes(passed: Set(builder.movements.filter { $0.turn != .uTurn }.map(\.node)))
        let name = String(file.split(separator: "/").last ?? "network").split(separator: ".").first.map(String.init)
        var network = Network(
            name: name ?? "network", drivingSide: document.isLeftHand ? .left : .right, nodes: nodes, links: links)
        var junctions = SUMOJunctionBuilder(
            document: document, movements: builder.movements, requests: builder.requests)
        network.junctions = try junctions.build()
        network.movements = junctions.movements
        losses.add(junctions.losses)
        let nodesWithSignals = Set(network.junctions.flatMap(\.nodes))
        for position in network.nodes.indices where nodesWithSignals.contains(network.nodes[position].id) {
            network.nodes[position].control = .signals
        }
        network.detectors = DetectorLayout.standard(for: network)
        return network
    }

    private mutating func links() throws(FormatError) -> [Link] {
        var result: [Link] = []
        var seen = Set<String>()
        var seenLanes = Set<String>()
        for edge in document.edges {
            guard seen.insert(edge.id).inserted else { throw edge.tag.failure(.duplicate(edge.id)) }
            for lane in edge.lanes where !seenLanes.insert(lane.id).inserted {
                throw edge.tag.failure(.duplicate(lane.id))
            }
            guard edge.function == "normal" else {
                // The inside of a node and its crossings come with its movements and signal groups.
                if edge.function != "internal" && edge.function != "crossing" {
                    losses.note("edge with function \(edge.function)", edge.id)
                }
                continue
            }
            guard let longest = edge.lanes.map(\.length).max() else {
                throw edge.tag.failure(.unexpected(expected: "at least one <lane>", found: "none"))
            }
            let lanes = edge.lanes.map {
                Lane(id: LaneID($0.id), length: $0.length, freeFlowSpeed: $0.speed, use: $0.use)
            }
            for lane in lanes where lane.use == .tram { losses.note("rail of any kind read as tram", lane.id.text) }
            let shape = edge.lanes[edge.lanes.count / 2].shape.map { Point(x: $0.x, y: $0.y) }
            result.append(
                Link(
                    id: LinkID(edge.id), from: NodeID(edge.from), to: NodeID(edge.to), length: longest, lanes: lanes,
                    shape: shape))
        }
        return result
    }

    /// Nodes; where one can only turn back, or not go on at all, the network ends.
    private func nodes(passed: Set<NodeID>) throws(FormatError) -> [Node] {
        var result: [Node] = []
        var seen = Set<String>()
        for junction in document.junctions {
            guard seen.insert(junction.id).inserted else { throw junction.tag.failure(.duplicate(junction.id)) }
            try checkRequests(of: junction)
            guard junction.type != "internal" else { continue }
            let id = NodeID(junction.id)
            result.append(
                Node(
                    id: id, position: Point(x: junction.x, y: junction.y),
                    control: passed.contains(id) ? .priority : .boundary))
        }
        for edge in document.edges where edge.function == "normal" {
            for (end, node) in [("from", edge.from), ("to", edge.to)] where !seen.contains(node) {
                throw edge.tag.failure(.unknownReference(kind: "junction", name: node), attribute: end)
            }
        }
        return result
    }

    /// Requests say of each other who meets whom: what one leaves out would be a conflict that nobody sees.
    private func checkRequests(of junction: SUMONetworkDocument.Junction) throws(FormatError) {
        let count = junction.requests.count
        var seen = Set<Int>()
        for request in junction.requests {
            guard (0..<count).contains(request.index), seen.insert(request.index).inserted else {
                throw request.tag.failure(
                    .unexpected(expected: "each number from 0 to \(count - 1) once", found: "\(request.index)"),
                    attribute: "index")
            }
            for (key, bits) in [("response", request.response), ("foes", request.foes)] where bits.count != count {
                throw request.tag.failure(
                    .unexpected(expected: "\(count) bits, one for each <request>", found: "\(bits.count)"),
                    attribute: key)
            }
        }
    }
}

extension SUMONetworkDocument.Lane {
    /// Who may use the lane, by the vehicle classes that it allows or disallows.
    var use: LaneUse {
        if let allow {
            if allow.contains("passenger") || allow.contains("all") || allow.contains("private") { return .general }
            if allow.contains("bus") || allow.contains("taxi") { return .bus }
            if allow.contains("bicycle") { return .cycle }
            if allow.contains("pedestrian") { return .pedestrian }
            let isRail = allow.contains { $0 == "tram" || $0.hasPrefix("rail") }
            return isRail ? .tram : .general
        }
        if disallow.contains("all") { return .pedestrian }
        if disallow.contains("passenger") { return disallow.contains("bus") ? .cycle : .bus }
        return .general
    }
}
