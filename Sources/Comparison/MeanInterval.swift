/// A mean with the interval that it is in, at a stated level.
public struct MeanInterval: Codable, Equatable, Sendable {
    /// How an interval was found.
    public enum Method: String, Codable, Sendable {
        /// Student's t.
        case t
        /// The wider end on each side of Student's t and of the bootstrap (``BootstrapInterval``), since the values are skewed.
        case bootstrap
        /// There is none: one value only.
        case none
    }

    /// Mean of the values.
    public let mean: Double
    /// Ends of the interval; nil for one value only.
    public let low: Double?
    /// Upper end.
    public let high: Double?
    /// How the interval was found.
    public let method: Method

    /// The interval of the mean of independent values.
    ///
    /// - Parameters:
    ///   - values: At least one.
    ///   - level: Probability with which the interval holds the mean, such as 0.95.
    public init(of values: [Double], level: Double) {
        precondition(!values.isEmpty && (0..<1).contains(level))
        let sample = Sample(values)
        mean = sample.mean
        guard values.count > 1 else {
            (low, high, method) = (nil, nil, .none)
            return
        }
        let half = StudentT.centralQuantile(level, degreesOfFreedom: values.count - 1) * sample.standardError
        guard sample.isSkewed, let bootstrap = BootstrapInterval.ends(of: sample, level: level) else {
            (low, high, method) = (sample.mean - half, sample.mean + half, .t)
            return
        }
        low = min(sample.mean - half, bootstrap.lowerBound)
        high = max(sample.mean + half, bootstrap.upperBound)
        method = .bootstrap
    }
}
