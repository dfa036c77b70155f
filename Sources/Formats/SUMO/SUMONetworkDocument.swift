/// What a SUMO network file says, element by element.
struct SUMONetworkDocument {
    struct Edge {
        var id: String
        var from: String
        var to: String
        var function: String
        var crosses: [String]
        var lanes: [Lane]
        var tag: XMLStartTag
    }

    struct Lane {
        var id: String
        var length: Double
        var speed: Double
        var allow: [String]?
        var disallow: [String]
        /// Coordinates x, y of the centre line, entry first, m.
        var shape: [(x: Double, y: Double)]
    }

    struct Junction {
        var id: String
        var type: String
        var x: Double
        var y: Double
        var incomingLanes: [String]
        var requests: [Request]
        var tag: XMLStartTag
    }

    struct Request {
        var index: Int
        /// Whether this gives way to each request, by index.
        var response: [Bool]
        /// Whether this crosses or merges with each request, by index.
        var foes: [Bool]
        var continues: Bool
        var tag: XMLStartTag
    }

    struct Connection {
        var from: String
        var to: String
        var fromLane: Int
        var toLane: Int
        var via: String?
        var controller: String?
        var linkIndex: Int?
        /// Signal of a crossing in the other direction, where it has one of its own.
        var secondLinkIndex: Int?
        var direction: String
        var tag: XMLStartTag
    }

    struct Logic {
        var id: String
        var program: String
        var type: String
        var offset: Double
        var phases: [Phase]
        var tag: XMLStartTag

        /// Whether all signals are dark or flash all the time.
        var isOff: Bool { phases.allSatisfy { $0.state.allSatisfy { "oO".contains($0) } } }
    }

    struct Phase {
        /// s, to the millisecond.
        var duration: Double
        var least: Double?
        var state: [Character]
    }

    /// Bounds of what one controller and one link can have; real ones stay far below.
    static let greatestPhaseCount = 1000
    static let greatestProgramCount = 100
    static let greatestSignalCount = 10_000
    static let greatestLaneCount = 64

    var isLeftHand = false
    var edges: [Edge] = []
    var junctions: [Junction] = []
    var connections: [Connection] = []
    var logics: [Logic] = []
    var losses = LossReport()

    /// Reads the network file and then each additional file, of which the signal programs count.
    static func read(network: String, additional: [String]) throws(FormatError) -> SUMONetworkDocument {
        var document = SUMONetworkDocument()
        try XMLStream.read(network, root: ["net"]) { tag, open throws(FormatError) in
            try document.take(tag, inside: open)
        }
        for path in additional {
            try XMLStream.read(path, root: ["additional", "add", "net", "tlLogics"]) { tag, open throws(FormatError) in
                switch tag.name {
                case "tlLogic", "phase": try document.take(tag, inside: open)
                default: if !open.isEmpty { document.losses.note("<\(tag.name)> of an additional file", tag.label) }
                }
            }
        }
        return document
    }

    private mutating func take(_ tag: XMLStartTag, inside open: [String]) throws(FormatError) {
        switch (open.last ?? "", tag.name) {
        case ("", _): isLeftHand = ["1", "true", "yes"].contains(tag.attributes["lefthand"] ?? "")
        case ("net", "edge"):
            edges.append(
                Edge(
                    id: try tag.text("id"), from: tag.attributes["from"] ?? "", to: tag.attributes["to"] ?? "",
                    function: tag.attributes["function"] ?? "normal", crosses: tag.words("crossingEdges"), lanes: [],
                    tag: tag))
        case ("edge", "lane") where !edges.isEmpty:
            guard edges[edges.count - 1].lanes.count < Self.greatestLaneCount else {
                throw tag.failure(.unexpected(expected: "at most \(Self.greatestLaneCount) lanes", found: "more"))
            }
            edges[edges.count - 1].lanes.append(try lane(tag))
        case ("net", "junction"):
            junctions.append(
                Junction(
                    id: try tag.text("id"), type: try tag.text("type"), x: try tag.number("x", -1e9...1e9),
                    y: try tag.number("y", -1e9...1e9), incomingLanes: tag.words("incLanes"), requests: [], tag: tag))
        case ("junction", "request") where !junctions.isEmpty:
            junctions[junctions.count - 1].requests.append(try request(tag))
        case ("net", "connection"): connections.append(try connection(tag))
        case (_, "tlLogic"):
            logics.append(
                Logic(
                    id: try tag.text("id"), program: try tag.text("programID"),
                    type: tag.attributes["type"] ?? "static", offset: try tag.number("offset", -1e9...1e9, default: 0),
                    phases: [], tag: tag))
        case ("tlLogic", "phase") where !logics.isEmpty: try takePhase(tag)
        case ("net", "location"), ("net", "type"), ("type", "restriction"): break
        default: losses.note("<\(tag.name)>", tag.label)
        }
    }

    private func lane(_ tag: XMLStartTag) throws(FormatError) -> Lane {
        Lane(
            id: try tag.text("id"), length: try tag.number("length", 0.01...1e6),
            speed: try tag.number("speed", 0.01...100),
            allow: tag.attributes["allow"] == nil ? nil : tag.words("allow"),
            disallow: tag.words("disallow"), shape: try shape(tag))
    }

    private func shape(_ tag: XMLStartTag) throws(FormatError) -> [(x: Double, y: Double)] {
        var points: [(x: Double, y: Double)] = []
        for word in tag.words("shape") {
            let numbers = word.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) ?? .nan }
            guard (2...3).contains(numbers.count), numbers.allSatisfy({ abs($0) <= 1e9 }) else {
                throw tag.failure(
                    .unexpected(expected: "coordinates x,y", found: FormatError.quoted(word)), attribute: "shape")
            }
            points.append((numbers[0], numbers[1]))
        }
        return points
    }

    private func request(_ tag: XMLStartTag) throws(FormatError) -> Request {
        Request(
            index: try tag.integer("index", 0...100_000), response: try bits("response", of: tag),
            foes: try bits("foes", of: tag), continues: tag.attributes["cont"] == "1", tag: tag)
    }

    /// The bits of a request, lowest index first; the file has them last.
    private func bits(_ key: String, of tag: XMLStartTag) throws(FormatError) -> [Bool] {
        let text = try tag.text(key)
        guard text.utf8.allSatisfy({ $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "1") }) else {
            throw tag.failure(.unexpected(expected: "bits 0 and 1", found: FormatError.quoted(text)), attribute: key)
        }
        return text.utf8.reversed().map { $0 == UInt8(ascii: "1") }
    }

    private func connection(_ tag: XMLStartTag) throws(FormatError) -> Connection {
        func index(_ key: String) throws(FormatError) -> Int? {
            tag.attributes[key] == nil ? nil : try tag.integer(key, 0...100_000)
        }
        return Connection(
            from: try tag.text("from"), to: try tag.text("to"), fromLane: try tag.integer("fromLane", 0...1000),
            toLane: try tag.integer("toLane", 0...1000), via: tag.attributes["via"], controller: tag.attributes["tl"],
            linkIndex: try index("linkIndex"), secondLinkIndex: try index("linkIndex2"),
            direction: tag.attributes["dir"] ?? "s", tag: tag)
    }

    private mutating func takePhase(_ tag: XMLStartTag) throws(FormatError) {
        let first = logics[logics.count - 1].phases.first
        let type = logics[logics.count - 1].type
        guard logics[logics.count - 1].phases.count < Self.greatestPhaseCount else {
            throw tag.failure(.unexpected(expected: "at most \(Self.greatestPhaseCount) phases", found: "more"))
        }
        // A yellow is a yellow, with priority (Y) or without.
        let state = try tag.text("state").map { $0 == "Y" ? "y" : $0 }
        if let wrong = state.first(where: { !"rugGysoO".contains($0) }) {
            throw tag.failure(
                .unexpected(expected: "letters out of r u g G y Y s o O", found: FormatError.quoted(String(wrong))),
                attribute: "state")
        }
        guard state.count <= Self.greatestSignalCount else {
            throw tag.failure(
                .unexpected(expected: "at most \(Self.greatestSignalCount) letters", found: "\(state.count)"),
                attribute: "state")
        }
        if let first, first.state.count != state.count {
            throw tag.failure(
                .unexpected(
                    expected: "\(first.state.count) letters as in the first phase", found: "\(state.count)"),
                attribute: "state")
        }
        if tag.attributes["next"] != nil { losses.note("order of phases by next", logics[logics.count - 1].id) }
        let least = try tag.optionalNumber("minDur", 0...86400)
        // An actuated phase need not say more than its least duration.
        let duration = try tag.number("duration", 0.001...1e6, default: type == "static" ? nil : least)
        logics[logics.count - 1].phases.append(
            Phase(duration: (duration * 1000).rounded() / 1000, least: least, state: state))
    }
}

extension XMLStartTag {
    /// A word that tells this element from others of its name.
    fileprivate var label: String {
        attributes["id"] ?? attributes["key"] ?? attributes["nodes"] ?? attributes["tl"] ?? "line \(line)"
    }
}
