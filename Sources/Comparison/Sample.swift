/// Moments of a few numbers.
struct Sample {
    let values: [Double]
    let mean: Double
    /// Standard deviation with n − 1; 0 for one value.
    let deviation: Double

    init(_ values: [Double]) {
        self.values = values
        let count = Double(values.count)
        // A sum by halves would be more exact; of a few dozen numbers it is not needed.
        mean = values.reduce(0, +) / max(1, count)
        let mean = mean
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        deviation = values.count > 1 ? (squares / (count - 1)).squareRoot() : 0
    }

    /// Standard error of the mean.
    var standardError: Double { deviation / Double(max(1, values.count)).squareRoot() }

    /// Whether the third moment is farther from 0 than chance leaves it in normal samples.
    ///
    /// The adjusted Fisher–Pearson coefficient beyond twice its standard error, √(6n(n−1)/((n−2)(n+1)(n+3))) (Joanes and
    /// Gill 1998).
    var isSkewed: Bool {
        let count = Double(values.count)
        guard values.count > 2, deviation > 0 else { return false }
        let cubes = values.reduce(0) { sum, value in
            let z = (value - mean) / deviation
            return sum + z * z * z
        }
        let skewness = count / ((count - 1) * (count - 2)) * cubes
        let error = (6 * count * (count - 1) / ((count - 2) * (count + 1) * (count + 3))).squareRoot()
        return abs(skewness) > 2 * error
    }
}
