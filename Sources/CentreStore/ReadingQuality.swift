/// How far a reading is to be trusted, best first.
public enum ReadingQuality: Int, Codable, Sendable, CaseIterable, Comparable {
    /// As measured, and in time.
    case good
    /// As measured, and later than it should have come.
    case late
    /// Not measured: from neighbours or history.
    case imputed
    /// Measured by a detector that is stuck, noisy or doubled, or impossible in itself; counts leave it out.
    case suspect

    /// Better is less.
    public static func < (first: Self, second: Self) -> Bool { first.rawValue < second.rawValue }
}
