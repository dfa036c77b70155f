extension Counts {
    /// Time by which readings may overlap for the sake of rounding, s.
    private static let slack = 1e-3

    /// Readings of a detector that follow one another in time and overlap; empty where no two readings of a detector overlap.
    ///
    /// They are positions, the later one first, in ascending order of it.
    ///
    /// - Complexity: O(n·log n) for n readings.
    public var overlaps: [(reading: Int, other: Int)] {
        var positions: [DetectorID: [Int]] = [:]
        for (position, reading) in readings.enumerated() { positions[reading.detector, default: []].append(position) }
        var found: [(reading: Int, other: Int)] = []
        for unsorted in positions.values {
            let ordered = unsorted.sorted { (readings[$0].start, $0) < (readings[$1].start, $1) }
            for (one, next) in zip(ordered, ordered.dropFirst())
            where readings[next].start < readings[one].start + readings[one].length - Self.slack {
                found.append((max(one, next), min(one, next)))
            }
        }
        return found.sorted { ($0.reading, $0.other) < ($1.reading, $1.other) }
    }
}
