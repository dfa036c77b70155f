import SignalModel

/// Writes a network's detectors as SUMO induction loops.
public enum SUMODetectorWriter {
    /// The text of an additional file; SUMO writes the counts of each `period`, s, to `outputFile`.
    ///
    /// Detectors inside junctions are no loops, and left out.
    public static func additionalFile(for network: Network, period: Double, outputFile: String) -> String {
        var text = "<additional>\n"
        for detector in network.detectors where detector.purpose != .inside {
            text += "    <inductionLoop id=\"\(XMLText.escaped(detector.id.text))\""
            text += " lane=\"\(XMLText.escaped(detector.lane.text))\" pos=\"\(detector.position)\""
            text += " period=\"\(period)\" file=\"\(XMLText.escaped(outputFile))\"/>\n"
        }
        return text + "</additional>\n"
    }
}

/// Reads what SUMO's induction loops counted (E1 output).
public enum SUMODetectorOutputReader {
    /// Reads a file of `<interval>` elements.
    ///
    /// - Throws: ``FormatError`` that names line and attribute.
    public static func read(_ path: String) throws(FormatError) -> Counts {
        var readings: [DetectorReading] = []
        var lines: [Int] = []
        try XMLStream.read(path, root: ["detector"]) { tag, _ throws(FormatError) in
            guard tag.name == "interval" else { return }
            let begin = try tag.number("begin", 0...1e9)
            let end = try tag.number("end", 0...1e9)
            // Lengths that counts can have.
            guard (0.1...86400).contains(end - begin) else {
                throw tag.failure(
                    .unexpected(expected: "0.1 to 86400 s after begin \(begin)", found: "\(end)"), attribute: "end")
            }
            let id = try tag.text("id")
            guard id.contains(where: { !$0.isWhitespace }) else {
                throw tag.failure(.unexpected(expected: "a name", found: "blanks"), attribute: "id")
            }
            // SUMO writes -1 for what it did not measure, and counts a lane covered twice where vehicles overlap.
            let speed = try tag.optionalNumber("speed", -1...200)
            let occupancy = try tag.optionalNumber("occupancy", -1...1000)
            let reading = DetectorReading(
                detector: DetectorID(id), start: begin, length: end - begin,
                count: try tag.number("nVehContrib", 0...1e6),
                occupancy: occupancy.flatMap { $0 < 0 ? nil : min($0, 100) / 100 },
                speed: speed.flatMap { $0 < 0 ? nil : $0 })
            readings.append(reading)
            lines.append(tag.line)
        }
        let counts = Counts(readings: readings)
        try counts.checkOverlaps(file: path, lines: lines)
        guard !readings.isEmpty else {
            throw FormatError(file: path, fault: .unexpected(expected: "at least one <interval>", found: "none"))
        }
        return counts
    }
}
