#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The mean of a quantity over time, of which the past is slowly forgotten.
struct RunningMean: Sendable, Equatable {
    /// The mean.
    private(set) var value: Double
    /// Variance of the mean.
    private(set) var variance: Double
    /// Time that the mean stands for, s.
    private var weight: Double

    /// Begins with what is known of some time, s.
    init(_ value: Double, variance: Double, of duration: Double) {
        self.value = value
        self.variance = variance
        weight = duration
    }

    /// Takes in a mean over some time, s, that came after what is known; what lies `memory` back counts for 1/e.
    mutating func observe(_ measured: Double, variance own: Double, of duration: Double, memory: Double) {
        weight = weight * exp(-duration / memory) + duration
        let share = duration / weight
        value += share * (measured - value)
        variance = (1 - share) * (1 - share) * variance + share * share * own
    }
}
