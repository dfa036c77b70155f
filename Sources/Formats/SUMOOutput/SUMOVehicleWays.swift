/// When SUMO's vehicles left each road of their routes (`--vehroute-output` with exit times).
public struct SUMOVehicleWays: Sendable {
    /// One vehicle that entered the network.
    public struct Way: Sendable {
        /// Name.
        public var id: String
        /// When it entered the network, s.
        public var depart: Double
        /// Roads of its route.
        public var edges: [String]
        /// When it left each of them, s; as many as it left.
        public var exits: [Double]
    }

    /// Reads a file written with `--vehroute-output.exit-times` and `--vehroute-output.write-unfinished`, vehicle by vehicle.
    ///
    /// - Throws: ``FormatError`` that names line and attribute.
    public static func read(_ path: String) throws(FormatError) -> [Way] {
        var ways: [Way] = []
        try XMLStream.read(path, root: ["routes"]) { tag, open throws(FormatError) in
            switch tag.name {
            case "vehicle" where open.count == 1:
                ways.append(
                    Way(id: try tag.text("id"), depart: try tag.number("depart", -1e9...1e9), edges: [], exits: []))
            case "route" where open.contains("vehicle") && tag.attributes["exitTimes"] != nil:
                // Of a distribution, the route that was driven comes last.
                ways[ways.count - 1].edges = tag.words("edges")
                ways[ways.count - 1].exits = Array(tag.words("exitTimes").compactMap(Double.init).prefix { $0 >= 0 })
            default: break
            }
        }
        return ways.filter { $0.depart >= 0 }
    }
}
