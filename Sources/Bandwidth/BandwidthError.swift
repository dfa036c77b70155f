import SignalModel

/// Why no bands were sought or found.
public enum BandwidthError: Error, Equatable, Sendable {
    /// A value of the arterial or of the settings that has no meaning.
    ///
    /// - Parameters:
    ///   - value: Which, such as `signals[3].patterns[0].outbound`.
    ///   - expected: What would have had a meaning.
    ///   - found: What it is.
    case unfit(value: String, expected: String, found: String)
    /// Nothing gets through: greens too short for a single vehicle to pass all of them both ways, limits on speed and on
    /// its change that exclude each other, or a queue that clears in no green.
    case noBands
    /// The search ended at its limit before it had found any bands.
    case nothingFound
    /// No timing of the junction keeps its rules within the greatest cycle.
    case noLegalPlan(JunctionID)
}

extension BandwidthError: CustomStringConvertible {
    /// One sentence for people.
    public var description: String {
        switch self {
        case .unfit(let value, let expected, let found): "\(value): expected \(expected), found \(found)"
        case .noBands: "no timing lets a vehicle through all greens both ways within the limits on speed"
        case .nothingFound: "the search ended at its limit before it had found any bands"
        case .noLegalPlan(let junction):
            "junction \(junction): no timing keeps the rules of its groups within the greatest cycle"
        }
    }
}
