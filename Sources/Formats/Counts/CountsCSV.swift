import Foundation
import SignalModel

/// Counts as CSV: one reading a line under the header `detector,start_s,length_s,count,occupancy,speed_mps`.
///
/// | column | meaning | allowed |
/// | --- | --- | --- |
/// | `detector` | identifier of the detector | not empty |
/// | `start_s` | start of the interval, s of network time | −10⁹ … 10⁹ |
/// | `length_s` | length of the interval, s | 0.1 … 86400 |
/// | `count` | vehicles; empty: the reading is missing | 0 … 10⁶ |
/// | `occupancy` | share of the interval in which the detector was covered; empty: not measured | 0 … 1 |
/// | `speed_mps` | mean speed, m/s; empty: not measured, or nothing passed | 0 … 200 |
///
/// Columns may stand in any order; the last two may be left out. Readings of one detector do not overlap. Blank lines
/// are passed over. Numbers are written with the fewest digits that give the same value back.
public enum CountsCSV {
    static let columns = ["detector", "start_s", "length_s", "count", "occupancy", "speed_mps"]
    static let neededColumnCount = 4

    /// Reads counts from a file.
    ///
    /// - Parameter network: Where given, detectors that it does not have are refused.
    /// - Throws: ``FormatError`` that names the line and the column.
    public static func read(_ path: String, for network: Network? = nil) throws(FormatError) -> Counts {
        let data = try FileContents.read(path)
        guard let text = String(data: data, encoding: .utf8) else {
            throw FormatError(file: path, fault: .malformed("not text in UTF-8"))
        }
        return try read(text: text, file: path, for: network)
    }

    /// Reads counts from a text.
    ///
    /// - Parameters:
    ///   - file: What errors call the text.
    ///   - network: Where given, detectors that it does not have are refused.
    /// - Throws: ``FormatError`` that names the line and the column.
    public static func read(
        text: String, file: String, for network: Network? = nil
    ) throws(FormatError) -> Counts {
        let table = try CSVTable(text: text, file: file)
        let row = CountsRow(positions: try positions(of: table), width: table.header.count, file: file)
        let known = network.map { Set($0.detectors.map(\.id)) }
        var readings: [DetectorReading] = []
        readings.reserveCapacity(table.rows.count)
        var seen = Set<Key>()
        for entry in table.rows {
            let reading = try row.reading(entry.cells, line: entry.line)
            if let known, !known.contains(reading.detector) {
                throw FormatError(
                    file: file, location: .line(entry.line),
                    fault: .unknownReference(kind: "detector", name: reading.detector.text))
            }
            guard seen.insert(Key(detector: reading.detector, start: reading.start)).inserted else {
                throw FormatError(
                    file: file, location: .line(entry.line),
                    fault: .duplicate("detector \(reading.detector), start \(reading.start)"))
            }
            readings.append(reading)
        }
        let counts = Counts(readings: readings)
        try counts.checkOverlaps(file: file, lines: table.rows.map(\.line))
        return counts
    }

    /// The text of counts.
    public static func text(of counts: Counts) -> String {
        var text = columns.joined(separator: ",") + "\n"
        for reading in counts.readings {
            let cells: [String] = [
                quoted(reading.detector.text), "\(reading.start)", "\(reading.length)",
                reading.count.map { "\($0)" } ?? "", reading.occupancy.map { "\($0)" } ?? "",
                reading.speed.map { "\($0)" } ?? "",
            ]
            text += cells.joined(separator: ",") + "\n"
        }
        return text
    }

    private struct Key: Hashable {
        var detector: DetectorID
        var start: Double
    }

    private static func positions(of table: CSVTable) throws(FormatError) -> [String: Int] {
        var positions: [String: Int] = [:]
        for (number, name) in table.header.enumerated() {
            guard columns.contains(name) else {
                throw FormatError(
                    file: table.file, location: .line(1),
                    fault: .unexpected(
                        expected: "columns out of \(columns.joined(separator: ", "))", found: "\"\(name)\""))
            }
            guard positions[name] == nil else {
                throw FormatError(file: table.file, location: .line(1), fault: .duplicate(name))
            }
            positions[name] = number
        }
        for name in columns.prefix(neededColumnCount) where positions[name] == nil {
            throw FormatError(
                file: table.file, location: .line(1), fault: .unexpected(expected: "a column \(name)", found: "none"))
        }
        return positions
    }

    private static func quoted(_ name: String) -> String {
        guard name.contains(where: { $0 == "," || $0 == "\"" || $0.isWhitespace }) else { return name }
        return "\"" + name.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
}
