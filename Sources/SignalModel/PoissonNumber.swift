#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Poisson-distributed numbers.
public enum PoissonNumber {
    /// Mean up to which e^−mean is far from the least number that there is.
    private static let greatestPart = 500.0

    /// Draws a number: the uniform numbers whose product stays above e^−mean (Knuth 1969, section 3.4.1), a large mean in
    /// parts.
    ///
    /// - Parameter mean: Finite; 0 and less give 0.
    public static func draw(mean: Double, using generator: inout SeededGenerator) -> Int {
        var count = 0
        var left = mean
        while left > 0 {
            let limit = exp(-min(left, greatestPart))
            var product = generator.nextShare()
            while product > limit {
                count += 1
                product *= generator.nextShare()
            }
            left -= greatestPart
        }
        return count
    }
}
