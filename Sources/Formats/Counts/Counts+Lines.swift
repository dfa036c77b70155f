import SignalModel

extension Counts {
    /// Refuses readings of one detector that overlap.
    ///
    /// - Parameters:
    ///   - file: File that they come from.
    ///   - lines: Line of each reading.
    /// - Throws: ``FormatError`` at the first line whose reading overlaps another.
    func checkOverlaps(file: String, lines: [Int]) throws(FormatError) {
        guard let (reading, other) = overlaps.first else { return }
        let detector = FormatError.quoted(readings[reading].detector.text)
        throw FormatError(
            file: file, location: .line(lines[reading]),
            fault: .unexpected(
                expected: "readings of detector \(detector) that do not overlap",
                found: "one that overlaps that of line \(lines[other])"))
    }
}
