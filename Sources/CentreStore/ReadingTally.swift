/// What became of readings that were to be recorded.
public struct ReadingTally: Equatable, Sendable {
    /// Readings that are stored now and were not before.
    public var stored: Int
    /// Readings that were there already: same source, sequence, detector and start of the interval.
    public var duplicates: Int

    /// Counts readings.
    public init(stored: Int = 0, duplicates: Int = 0) {
        self.stored = stored
        self.duplicates = duplicates
    }
}
