/// Labels, what they cost, and what no labels can cost less than.
public struct EnergySolution: Sendable, Equatable {
    /// A label for each variable.
    public let labels: [Int]
    /// Their cost, in the unit of the energy.
    public let value: Double
    /// No labels cost less, but for rounding of sums of doubles.
    public let lowerBound: Double
    /// Whether the labels are proved best, because all was eliminated exactly; the bound then equals the value.
    public let isExact: Bool

    /// Takes what is known.
    public init(labels: [Int], value: Double, lowerBound: Double, isExact: Bool) {
        self.labels = labels
        self.value = value
        self.lowerBound = lowerBound
        self.isExact = isExact
    }

    /// Share of the value that better labels might save at most; zero for a value of zero that is proved best.
    public var gap: Double {
        let difference = value - lowerBound
        return difference <= 0 ? 0 : value > 0 ? difference / value : .infinity
    }
}
