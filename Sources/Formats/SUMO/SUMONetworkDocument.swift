/// What a SUMO network file says, element by element.
struct SUMONetworkDocument {
    struct Edge {
        var id: String
        var from: String
        var to: String
        var function: String
        var crosses: [String]
        var lanes: [Lane]
        var location: XMLStartTag
    }

    struct Lane {
        var id: String
        var length: Double
        var speed: Double
        var allow: [String]?
        var disallow: [String]
        var shape: String
    }

    struct Junction {
        var id: String
        var type: String
        var x: Double
        var y: Double
        var requests: [Request]
    }

    struct Request {
        var index: Int
        /// Whether this gives way to, or crosses, each request; by index.
        var response: [Bool]
        var foes: [Bool]
        var continues: Bool
    }

    struct Connection {
        var from: String
        var to: String
        var fromLane: Int
        var toLane: Int
        var via: String?
        var controller: String?
        var linkIndex: Int?
        var direction: String
        var location: XMLStartTag
    }

    struct Logic {
        var id: String
        var program: String
        var type: String
        var offset: Double
        var phases: [Phase]
        var location: XMLStartTag
    }

    struct Phase {
        var duration: Double
        var least: Double?
        var state: [Character]
    }

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
                case "param": break
                default: document.losses.note("element of an additional file", tag.name)
                }
            }
        }
        return document
    }

    private mutating func take(_ tag: XMLStartTag, inside open: [String]) throws(FormatError) {
        let parent = open.last ?? ""
        switch tag.name {
        case "edge":
            edges.append(
                Edge(
                    id: try tag.text("id"), from: tag.attributes["from"] ?? "", to: tag.attributes["to"] ?? "",
                    function: tag.attributes["function"] ?? "normal",
                    crosses: tag.attributes["crossingEdges"]?.split(separator: " ").map(String.init) ?? [],
                    lanes: [], location: tag))
        case "lane" where parent == "edge" && !edges.isEmpty:
            edges[edges.count - 1].lanes.append(try lane(tag))
        case "junction" where parent == "net":
            junctions.append(
                Junction(
                    id: try tag.text("id"), type: try tag.text("type"), x: try tag.number("x", -1e9...1e9),
                    y: try tag.number("y", -1e9...1e9), requests: []))
        case "request" where parent == "junction" && !junctions.isEmpty:
            junctions[junctions.count - 1].requests.append(
                Request(
                    index: try tag.integer("index", 0...100_000), response: bits(try tag.text("response")),
                    foes: bits(try tag.text("foes")), continues: tag.attributes["cont"] == "1"))
        case "connection" where parent == "net":
            connections.append(try connection(tag))
        case "tlLogic":
            logics.append(
                Logic(
                    id: try tag.text("id"), program: try tag.text("programID"),
                    type: tag.attributes["type"] ?? "static", offset: try tag.number("offset", -1e9...1e9, default: 0),
                    phases: [], location: tag))
        case "phase" where parent == "tlLogic" && !logics.isEmpty:
            logics[logics.count - 1].phases.append(try phase(tag))
        case "net": break
        case "roundabout", "prohibition", "railSignal": losses.note(tag.name, tag.attributes["nodes"] ?? "")
        default: break
        }
    }

    private func lane(_ tag: XMLStartTag) throws(FormatError) -> Lane {
        let words = { (text: String?) in text?.split(separator: " ").map(String.init) }
        return Lane(
            id: try tag.text("id"), length: try tag.number("length", 0...1e6), speed: try tag.number("speed", 0...200),
            allow: words(tag.attributes["allow"]), disallow: words(tag.attributes["disallow"]) ?? [],
            shape: tag.attributes["shape"] ?? "")
    }

    private func connection(_ tag: XMLStartTag) throws(FormatError) -> Connection {
        Connection(
            from: try tag.text("from"), to: try tag.text("to"), fromLane: try tag.integer("fromLane", 0...1000),
            toLane: try tag.integer("toLane", 0...1000), via: tag.attributes["via"], controller: tag.attributes["tl"],
            linkIndex: tag.attributes["linkIndex"] == nil ? nil : try tag.integer("linkIndex", 0...100_000),
            direction: tag.attributes["dir"] ?? "s", location: tag)
    }

    private func phase(_ tag: XMLStartTag) throws(FormatError) -> Phase {
        let state = Array(try tag.text("state"))
        if let wrong = state.first(where: { !"rugGyYsoO".contains($0) }) {
            throw tag.failure(.unexpected(expected: "state: letters out of r u g G y s o O", found: "\"\(wrong)\""))
        }
        return Phase(
            duration: try tag.number("duration", 0.1...86400),
            least: tag.attributes["minDur"] == nil ? nil : try tag.number("minDur", 0...86400), state: state)
    }

    /// The bits of a request, lowest index first; the file has them last.
    private func bits(_ text: String) -> [Bool] { text.reversed().map { $0 == "1" } }
}
