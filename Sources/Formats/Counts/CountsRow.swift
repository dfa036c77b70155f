import Foundation
import SignalModel

/// Turns the cells of one line of a counts file into a reading.
struct CountsRow {
    let positions: [String: Int]
    let width: Int
    let file: String

    func reading(_ cells: [String], line: Int) throws(FormatError) -> DetectorReading {
        guard cells.count == width else {
            throw failure(line, .unexpected(expected: "\(width) cells", found: "\(cells.count)"))
        }
        let detector = positions["detector"].map { cells[$0] } ?? ""
        guard detector.contains(where: { !$0.isWhitespace }) else {
            throw failure(line, .unexpected(expected: "detector: a name", found: "nothing"))
        }
        return DetectorReading(
            detector: DetectorID(detector), start: try needed("start_s", Limits.time, cells, line),
            length: try needed("length_s", Limits.interval, cells, line),
            count: try number("count", Limits.count, cells, line),
            occupancy: try number("occupancy", Limits.share, cells, line),
            speed: try number("speed_mps", Limits.measuredSpeed, cells, line))
    }

    private func number(
        _ name: String, _ bounds: ClosedRange<Double>, _ cells: [String], _ line: Int
    ) throws(FormatError) -> Double? {
        guard let position = positions[name] else { return nil }
        let text = cells[position].trimmingCharacters(in: .whitespaces)
        if text.isEmpty { return nil }
        guard let value = Double(text), bounds.contains(value) else {
            throw failure(
                line,
                .unexpected(
                    expected: "\(name): a number from \(bounds.lowerBound) to \(bounds.upperBound)",
                    found: "\"\(text)\""))
        }
        return value
    }

    private func needed(
        _ name: String, _ bounds: ClosedRange<Double>, _ cells: [String], _ line: Int
    ) throws(FormatError) -> Double {
        guard let value = try number(name, bounds, cells, line) else {
            throw failure(line, .unexpected(expected: "\(name): a number", found: "nothing"))
        }
        return value
    }

    private func failure(_ line: Int, _ fault: FormatError.Fault) -> FormatError {
        FormatError(file: file, location: .line(line), fault: fault)
    }
}
