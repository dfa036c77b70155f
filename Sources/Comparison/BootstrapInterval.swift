import Foundation
import SignalModel

/// The bias-corrected and accelerated bootstrap interval of a mean (Efron 1987, equation 2.3).
enum BootstrapInterval {
    private static let resamples = 3999

    /// The ends of the interval; nil where all values are the same.
    ///
    /// The resamples are always the same: equal values give equal intervals.
    static func ends(of sample: Sample, level: Double) -> ClosedRange<Double>? {
        guard sample.deviation > 0 else { return nil }
        let values = sample.values
        var generator = SeededGenerator(seed: 0x5eed)
        var means: [Double] = []
        means.reserveCapacity(resamples)
        for _ in 0..<resamples {
            let sum = values.reduce(0) { sum, _ in sum + values[Int.random(in: values.indices, using: &generator)] }
            means.append(sum / Double(values.count))
        }
        means.sort()
        let below = Double(means.count { $0 < sample.mean }) + 0.5 * Double(means.count { $0 == sample.mean })
        let bias = Normal.quantile(min(max(below / Double(resamples), 1e-6), 1 - 1e-6))
        let acceleration = acceleration(of: sample)
        func end(_ probability: Double) -> Double {
            let shifted = bias + Normal.quantile(probability)
            let corrected = Normal.probability(below: bias + shifted / (1 - acceleration * shifted))
            return means[min(resamples - 1, max(0, Int(corrected * Double(resamples))))]
        }
        return end((1 - level) / 2)...end((1 + level) / 2)
    }

    /// Σ(x̄ − xᵢ)³ / 6(Σ(x̄ − xᵢ)²)^1.5 of the means with one value left out (Efron 1987, equation 6.6).
    private static func acceleration(of sample: Sample) -> Double {
        // Leaving xᵢ out moves the mean by (x̄ − xᵢ)/(n − 1): the factor cancels out, the sign does not.
        let cubes = sample.values.reduce(0) { $0 + ($1 - sample.mean) * ($1 - sample.mean) * ($1 - sample.mean) }
        let squares = sample.values.reduce(0) { $0 + ($1 - sample.mean) * ($1 - sample.mean) }
        return cubes / (6 * squares * squares.squareRoot())
    }
}

/// The standard normal distribution.
private enum Normal {
    static func probability(below value: Double) -> Double { erfc(-value / 2.0.squareRoot()) / 2 }

    /// - Parameter probability: Above 0 and below 1.
    static func quantile(_ probability: Double) -> Double {
        var low = -10.0
        var high = 10.0
        while high - low > 1e-12 {
            let middle = (low + high) / 2
            if self.probability(below: middle) < probability { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
