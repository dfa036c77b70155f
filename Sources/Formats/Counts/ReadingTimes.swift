import SignalModel

/// The times that the readings of a file cover, to see that no two of one detector cover the same.
struct ReadingTimes {
    /// Time by which readings may overlap for the sake of rounding, s.
    private static let slack = 1e-3

    private struct Span {
        var start: Double
        var end: Double
        var line: Int
    }

    private var spans: [DetectorID: [Span]] = [:]

    /// Takes a reading down with its line in the file.
    mutating func note(_ reading: DetectorReading, line: Int) {
        spans[reading.detector, default: []].append(
            Span(start: reading.start, end: reading.start + reading.length, line: line))
    }

    /// - Throws: ``FormatError`` at the first line whose reading overlaps another.
    func check(file: String) throws(FormatError) {
        var first: (line: Int, detector: DetectorID, other: Int)?
        for (detector, unsorted) in spans {
            let ordered = unsorted.sorted { ($0.start, $0.line) < ($1.start, $1.line) }
            for (one, next) in zip(ordered, ordered.dropFirst()) where next.start < one.end - Self.slack {
                let line = max(one.line, next.line)
                if line < first?.line ?? .max { first = (line, detector, min(one.line, next.line)) }
            }
        }
        guard let first else { return }
        throw FormatError(
            file: file, location: .line(first.line),
            fault: .unexpected(
                expected: "readings of detector \(FormatError.quoted(first.detector.text)) that do not overlap",
                found: "one that overlaps that of line \(first.other)"))
    }
}
