import SignalModel

/// A pedestrian crossing of a SUMO network under a signal, with the movements that it meets.
struct SUMOCrossing {
    /// Edge of the crossing.
    let edge: String
    /// Node that it lies at.
    let node: String
    /// Number of the crossing at its node.
    let number: Int
    /// Number of crossings at its node, with and without a signal.
    let siblings: Int
    /// Controller of its signal.
    let controller: String
    /// The crossing as the model has it.
    private(set) var crossing: Crossing
    /// Numbers of the movements that pass over it.
    private(set) var foes: Set<Int> = []
    /// Those of ``foes`` that give way to people on it.
    private(set) var yielding: Set<Int> = []

    /// Name of its signal group.
    var group: SignalGroupID { SignalGroupID("\(edge):crossing") }

    /// All crossings under a signal: those that a connection with a controller leads onto.
    static func all(in document: SUMONetworkDocument) throws(FormatError) -> [SUMOCrossing] {
        let known = Set(document.edges.map(\.id))
        let nodes = Set(document.junctions.map(\.id))
        var signals: [String: (controller: String, indices: Set<Int>)] = [:]
        for connection in document.connections {
            guard let controller = connection.controller, let index = connection.linkIndex else { continue }
            signals[connection.to, default: (controller, [])].indices.formUnion(
                [index, connection.secondLinkIndex ?? index])
        }
        var places: [(edge: SUMONetworkDocument.Edge, node: String, number: Int)] = []
        for edge in document.edges where edge.function == "crossing" {
            for id in edge.crosses where !known.contains(id) {
                throw edge.tag.failure(.unknownReference(kind: "edge", name: id), attribute: "crossingEdges")
            }
            guard let place = place(of: edge.id), nodes.contains(place.node) else {
                throw edge.tag.failure(
                    .unexpected(expected: "the name :junction_cNUMBER", found: FormatError.quoted(edge.id)),
                    attribute: "id")
            }
            places.append((edge, place.node, place.number))
        }
        let siblings = Dictionary(places.map { ($0.node, 1) }, uniquingKeysWith: +)
        return places.compactMap { edge, node, number in
            guard let signal = signals[edge.id], let lane = edge.lanes.first else { return nil }
            return SUMOCrossing(
                edge: edge.id, node: node, number: number, siblings: siblings[node] ?? 1,
                controller: signal.controller,
                crossing: Crossing(
                    length: lane.length, crosses: edge.crosses.map { LinkID($0) },
                    signalIndices: signal.indices.sorted()))
        }
    }

    /// Crossings with those under a common signal made one, over all that they cross, as long as the longest of them.
    static func joinedBySignal(_ crossings: [SUMOCrossing]) -> [SUMOCrossing] {
        crossings.reduce(into: []) { result, crossing in
            let signals = Set(crossing.crossing.signalIndices)
            let sharing = result.indices.filter { !signals.isDisjoint(with: result[$0].crossing.signalIndices) }
            guard let first = sharing.first else { return result.append(crossing) }
            for other in sharing.dropFirst().reversed() { result[first].join(result.remove(at: other)) }
            result[first].join(crossing)
        }
    }

    private mutating func join(_ other: SUMOCrossing) {
        crossing.length = max(crossing.length, other.crossing.length)
        let further = other.crossing.crosses.filter { !crossing.crosses.contains($0) }
        crossing.crosses += further
        crossing.signalIndices = Set(crossing.signalIndices + other.crossing.signalIndices).sorted()
        foes.formUnion(other.foes)
        yielding.formUnion(other.yielding)
    }

    /// Takes the name of a crossing apart: `:node_cNUMBER`.
    private static func place(of edge: String) -> (node: String, number: Int)? {
        guard edge.hasPrefix(":"), let mark = edge.lastIndex(of: "c"), mark > edge.startIndex else { return nil }
        let underscore = edge.index(before: mark)
        guard edge[underscore] == "_", let number = Int(edge[edge.index(after: mark)...]),
            (0...1000).contains(number)
        else { return nil }
        return (String(edge[..<underscore].dropFirst()), number)
    }

    /// Finds the movements that pass over the crossing.
    ///
    /// The requests of a node number its connections first and then its crossings.
    /// - Parameters:
    ///   - bearers: Movement of each request of the node.
    ///   - requests: Requests of the node by index.
    mutating func relate(
        to movements: [Movement], bearers: [Int: Int], requests: [Int: SUMONetworkDocument.Request]
    ) {
        if let own = requests[requests.count - siblings + number] {
            for (index, movement) in bearers where own.foes.indices.contains(index) && own.foes[index] {
                foes.insert(movement)
                if requests[index]?.response.dropFirst(own.index).first == true { yielding.insert(movement) }
            }
        } else {
            // Without requests, whatever uses a link that is crossed passes over the crossing.
            let crossed = Set(crossing.crosses)
            foes = Set(
                movements.indices.filter {
                    movements[$0].node.text == node
                        && (crossed.contains(movements[$0].from) || crossed.contains(movements[$0].to))
                })
            yielding = foes
        }
    }
}
