/// What SUMO says of every journey at the end of a run (`--tripinfo-output`).
public struct SUMOTripInformation: Sendable {
    /// One vehicle.
    public struct Vehicle: Sendable {
        /// Name.
        public var id: String
        /// When it was to start, s; not known, −∞, of one that was never inserted.
        public var scheduled: Double
        /// Whether it entered the network.
        public var isInserted: Bool
        /// What it waited to enter, to the end of the run where it never did, s.
        public var departureDelay: Double
        /// Whether it arrived.
        public var hasArrived: Bool
        /// Time lost on the way, s.
        public var timeLoss: Double
        /// Times that it came to a stop.
        public var stops: Double
        /// Its driver's speed over the limit.
        public var speedFactor: Double
    }

    /// Vehicles in the order of the file.
    public var vehicles: [Vehicle] = []
    /// Time that each person lost on foot, s.
    public var timeLossOnFoot: [Double] = []

    /// Reads a file written with `--tripinfo-output.write-unfinished` and `--tripinfo-output.write-undeparted`.
    ///
    /// - Throws: ``FormatError`` that names line and attribute.
    public static func read(_ path: String) throws(FormatError) -> SUMOTripInformation {
        var result = SUMOTripInformation()
        let times = -1e9...1e9
        try XMLStream.read(path, root: ["tripinfos"]) { tag, open throws(FormatError) in
            switch tag.name {
            case "tripinfo":
                let depart = try tag.number("depart", times)
                let isInserted = depart >= 0
                let waited = try tag.number("departDelay", times)
                result.vehicles.append(
                    Vehicle(
                        id: try tag.text("id"),
                        scheduled: isInserted ? depart - waited : -.infinity, isInserted: isInserted,
                        departureDelay: waited, hasArrived: try tag.number("arrival", times) >= 0,
                        timeLoss: isInserted ? try tag.number("timeLoss", times) : 0,
                        stops: isInserted ? try tag.number("waitingCount", 0...1e9) : 0,
                        speedFactor: try tag.number("speedFactor", 0...100, default: 1)))
            case "personinfo": result.timeLossOnFoot.append(0)
            case "walk" where open.last == "personinfo":
                // A walk that was not begun lost nothing.
                let lost = try tag.number("timeLoss", times, default: 0)
                result.timeLossOnFoot[result.timeLossOnFoot.count - 1] += max(0, lost)
            default: break
            }
        }
        return result
    }
}
