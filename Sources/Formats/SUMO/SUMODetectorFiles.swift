import SignalModel

/// Writes a network's detectors as SUMO induction loops.
public enum SUMODetectorWriter {
    /// The text of an additional file; SUMO writes the counts of each `period`, s, to `outputFile`.
    public static func additionalFile(for network: Network, period: Double, outputFile: String) -> String {
        var text = "<additional>\n"
        for detector in network.detectors {
            text += "    <inductionLoop id=\"\(escaped(detector.id.text))\" lane=\"\(escaped(detector.lane.text))\""
            text += " pos=\"\(detector.position)\" period=\"\(number(period))\" file=\"\(escaped(outputFile))\"/>\n"
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
        try XMLStream.read(path, root: ["detector"]) { tag, _ throws(FormatError) in
            guard tag.name == "interval" else { return }
            let begin = try tag.number("begin", -1e9...1e9)
            let end = try tag.number("end", -1e9...1e9)
            guard end > begin else {
                throw tag.failure(.unexpected(expected: "end: a time after begin", found: "\(end)"))
            }
            let speed = try tag.number("speed", -1...200, default: -1)
            let occupancy = try tag.number("occupancy", 0...100, default: 0)
            readings.append(
                DetectorReading(
                    detector: DetectorID(try tag.text("id")), start: begin, length: end - begin,
                    count: try tag.number("nVehContrib", 0...1e6), occupancy: occupancy / 100,
                    speed: speed >= 0 ? speed : nil))
        }
        return Counts(readings: readings)
    }
}
