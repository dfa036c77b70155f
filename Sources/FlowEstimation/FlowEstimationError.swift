/// Why flows could not be estimated at all.
public enum FlowEstimationError: Error, Equatable, Sendable, CustomStringConvertible {
    /// There is no reading with a start and a length.
    case noReadings
    /// The analysis period is empty, longer than 10,000 intervals, or beyond 10¹² s.
    case badPeriod(start: Double, end: Double)
    /// No detector of the network has a usable reading.
    case noKnownDetector

    /// One sentence for people.
    public var description: String {
        switch self {
        case .noReadings: "the counts hold no reading with a start and a length"
        case .badPeriod(let start, let end):
            "the counts reach from \(start) s to \(end) s, which is no analysis period"
        case .noKnownDetector: "no detector of the counts is one that the network counts with"
        }
    }
}
