/// How grave an event is, least first.
public enum EventSeverity: Int, Codable, Sendable, CaseIterable, Comparable {
    /// Worth knowing.
    case notice
    /// Something works worse than it should.
    case warning
    /// Somebody must act, and say that he knows.
    case alarm

    /// Less grave is less.
    public static func < (first: Self, second: Self) -> Bool { first.rawValue < second.rawValue }
}
