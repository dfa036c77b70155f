/// How much a plan differs from another in one measure, over the same seeds.
public struct PairedDifference: Codable, Equatable, Sendable {
    /// What may be said of a difference.
    public enum Verdict: String, Codable, Sendable {
        /// The whole interval is below 0.
        case lower
        /// The whole interval is above 0.
        case higher
        /// The interval spans 0, or there is none, or all differences are one number on too few seeds.
        case noDifferenceShown
    }

    /// Plan less reference, seed by seed.
    public let bySeed: [Double]
    /// Mean of the differences with its interval.
    public let interval: MeanInterval
    /// What may be said.
    public let verdict: Verdict
    /// Seeds to add so that a true difference as great as the one seen would be shown.
    ///
    /// With a probability of ``promisedPower``; where all differences are one number, for sure if they stay so. Nil where a
    /// difference is shown, or where nothing can be told: one seed, or no difference at all.
    public let moreSeeds: Int?

    /// Probability with which ``moreSeeds`` shows a difference as great as the one seen.
    public static let promisedPower = 0.8
    /// Number of seeds beyond which no advice is given.
    private static let mostSeeds = 10_000

    /// Compares values of the same seeds.
    ///
    /// - Parameters:
    ///   - values: The plan's, by seed.
    ///   - reference: The reference's, of the same seeds in the same order; at least one.
    ///   - level: Probability with which the interval holds the difference; stricter than 0.95 where several plans are
    ///     compared at once.
    public init(_ values: [Double], reference: [Double], level: Double) {
        precondition(values.count == reference.count, "differences are of pairs")
        bySeed = zip(values, reference).map { $0 - $1 }
        interval = MeanInterval(of: bySeed, level: level)
        let deviation = Sample(bySeed).deviation
        // What rounding leaves of differences that are one number.
        let isOneNumber = deviation <= 1e-9 * abs(interval.mean)
        let leastSeeds = isOneNumber ? Self.seedsOfOneSign(level: level) : 2
        if values.count >= leastSeeds, let high = interval.high, high < 0 {
            verdict = .lower
        } else if values.count >= leastSeeds, let low = interval.low, low > 0 {
            verdict = .higher
        } else {
            verdict = .noDifferenceShown
        }
        let neededSeeds =
            isOneNumber
            ? (interval.mean != 0 && values.count > 1 ? leastSeeds : nil)
            : Self.seedsNeeded(for: interval.mean, deviation: deviation, level: level)
        moreSeeds = verdict == .noDifferenceShown ? neededSeeds.map { max(1, $0 - values.count) } : nil
    }

    /// Least number of pairs whose differences are one number that show it: the first n with 2^(1 − n) ≤ 1 − level, that
    /// is, 6 at 0.95.
    ///
    /// Their spread says nothing, as an interval without width would be taken for proof after two seeds. What is left
    /// is that all have one sign (the sign test).
    static func seedsOfOneSign(level: Double) -> Int {
        (2...64).first { 1 / Double(1 << ($0 - 1)) <= 1 - level } ?? 64
    }

    /// Level of each of several intervals that hold together with a probability of `level` at least (Bonferroni).
    public static func level(_ level: Double, among comparisons: Int) -> Double {
        1 - (1 - level) / Double(max(1, comparisons))
    }

    /// Least number of pairs that show a true difference with ``promisedPower``: the first n with
    /// (t(level, n − 1) + t(power, n − 1))·s/√n ≤ |d|, the usual approximation to the power of the t test (Desu and
    /// Raghavarao 1990); nil where there is none.
    static func seedsNeeded(for difference: Double, deviation: Double, level: Double) -> Int? {
        guard difference != 0, deviation > 0, difference.isFinite, deviation.isFinite else { return nil }
        func suffices(_ count: Int) -> Bool {
            let freedom = count - 1
            let rejection = StudentT.centralQuantile(level, degreesOfFreedom: freedom)
            // One-sided: P(T ≤ t) = power.
            let power = StudentT.centralQuantile(2 * promisedPower - 1, degreesOfFreedom: freedom)
            return (rejection + power) * deviation / Double(count).squareRoot() <= abs(difference)
        }
        var high = 2
        while !suffices(high) {
            high *= 2
            guard high <= mostSeeds else { return nil }
        }
        var low = high / 2
        while high - low > 1 {
            let middle = (low + high) / 2
            if middle > 1, suffices(middle) { high = middle } else { low = middle }
        }
        return high
    }
}
