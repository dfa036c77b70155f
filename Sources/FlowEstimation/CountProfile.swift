/// Counts by interval, and the variance of those that fill gaps.
struct CountProfile {
    var counts: [Double]
    /// Vehicles²; 0 where all was counted.
    var gapVariance: [Double]
    var total: Double { counts.reduce(0, +) }

    static func + (one: CountProfile, other: CountProfile) -> CountProfile {
        CountProfile(
            counts: zip(one.counts, other.counts).map(+),
            gapVariance: zip(one.gapVariance, other.gapVariance).map(+))
    }

    /// Variance of a measurement of the whole period whose own is given.
    func variance(_ own: Double) -> Double { own + gapVariance.reduce(0, +) }
}
