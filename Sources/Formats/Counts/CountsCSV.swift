import Foundation
import SignalModel
import SwiftCSV

/// Counts as CSV: `detector,start_s,length_s,count,occupancy,speed_mps`, one reading a line.
///
/// The last two columns may be missing or empty. An empty count is a missing reading.
public enum CountsCSV {
    private static let columns = ["detector", "start_s", "length_s", "count", "occupancy", "speed_mps"]

    /// Reads counts from a file.
    ///
    /// - Throws: ``FormatError`` that names the line and the column.
    public static func read(_ path: String) throws(FormatError) -> Counts {
        let data = try FileContents.read(path)
        guard let text = String(data: data, encoding: .utf8) else {
            throw FormatError(file: path, fault: .malformed("not text in UTF-8"))
        }
        let table: CSV<Enumerated>
        do {
            table = try CSV<Enumerated>(string: text, delimiter: .comma, loadColumns: false)
        } catch {
            throw FormatError(file: path, fault: .malformed("not CSV: \(error)"))
        }
        let header = table.header.map { $0.trimmingCharacters(in: .whitespaces) }
        var position: [String: Int] = [:]
        for (number, name) in header.enumerated() {
            guard columns.contains(name), position[name] == nil else {
                throw FormatError(
                    file: path, location: .line(1),
                    fault: .unexpected(
                        expected: "columns out of \(columns.joined(separator: ", "))", found: "\"\(name)\""))
            }
            position[name] = number
        }
        for name in columns.prefix(4) where position[name] == nil {
            throw FormatError(
                file: path, location: .line(1), fault: .unexpected(expected: "a column \(name)", found: "none"))
        }
        var readings: [DetectorReading] = []
        var seen = Set<String>()
        for (row, cells) in table.rows.enumerated() {
            let reading = try reading(cells, position, header.count, file: path, line: row + 2)
            guard seen.insert("\(reading.detector) \(reading.start)").inserted else {
                throw FormatError(
                    file: path, location: .line(row + 2),
                    fault: .duplicate("detector \(reading.detector), start \(reading.start)"))
            }
            readings.append(reading)
        }
        return Counts(readings: readings)
    }

    private static func reading(
        _ cells: [String], _ position: [String: Int], _ width: Int, file: String, line: Int
    ) throws(FormatError) -> DetectorReading {
        guard cells.count == width else {
            throw FormatError(
                file: file, location: .line(line),
                fault: .unexpected(expected: "\(width) cells", found: "\(cells.count)"))
        }
        func cell(_ name: String) -> String {
            position[name].map { cells[$0].trimmingCharacters(in: .whitespaces) } ?? ""
        }
        func number(_ name: String, _ bounds: ClosedRange<Double>) throws(FormatError) -> Double? {
            let text = cell(name)
            if text.isEmpty { return nil }
            guard let value = Double(text), bounds.contains(value) else {
                throw FormatError(
                    file: file, location: .line(line),
                    fault: .unexpected(
                        expected: "\(name): a number from \(bounds.lowerBound) to \(bounds.upperBound)",
                        found: "\"\(text)\""))
            }
            return value
        }
        func needed(_ name: String, _ bounds: ClosedRange<Double>) throws(FormatError) -> Double {
            guard let value = try number(name, bounds) else {
                throw FormatError(
                    file: file, location: .line(line),
                    fault: .unexpected(expected: "\(name): a number", found: "nothing"))
            }
            return value
        }
        guard !cell("detector").isEmpty else {
            throw FormatError(
                file: file, location: .line(line), fault: .unexpected(expected: "detector: a name", found: "nothing"))
        }
        return DetectorReading(
            detector: DetectorID(cell("detector")), start: try needed("start_s", -1e9...1e9),
            length: try needed("length_s", 0.1...86400), count: try number("count", 0...1e6),
            occupancy: try number("occupancy", 0...1), speed: try number("speed_mps", 0...200))
    }

    /// The text of counts.
    public static func text(of counts: Counts) -> String {
        var text = columns.joined(separator: ",") + "\n"
        for reading in counts.readings {
            let name = reading.detector.text
            let quoted =
                name.contains(where: { ",\"\n\r".contains($0) })
                ? "\"" + name.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : name
            let cells: [String] = [
                quoted, "\(reading.start)", "\(reading.length)", reading.count.map { "\($0)" } ?? "",
                reading.occupancy.map { "\($0)" } ?? "", reading.speed.map { "\($0)" } ?? "",
            ]
            text += cells.joined(separator: ",") + "\n"
        }
        return text
    }
}
