import Foundation

/// Student's t distribution with a whole number of degrees of freedom.
public enum StudentT {
    /// P(|T| ≤ t), by the finite sums for whole degrees of freedom (Abramowitz and Stegun 1964, equations 26.7.3 and
    /// 26.7.4).
    ///
    /// - Parameters:
    ///   - t: At least 0.
    ///   - degreesOfFreedom: At least 1.
    public static func centralProbability(_ t: Double, degreesOfFreedom: Int) -> Double {
        precondition(t >= 0 && degreesOfFreedom >= 1)
        let angle = atan(t / Double(degreesOfFreedom).squareRoot())
        let square = cos(angle) * cos(angle)
        let isOdd = !degreesOfFreedom.isMultiple(of: 2)
        guard degreesOfFreedom > 1 else { return 2 * angle / .pi }
        var term = isOdd ? cos(angle) : 1
        var sum = term
        for power in stride(from: isOdd ? 3 : 2, through: degreesOfFreedom - 2, by: 2) {
            term *= square * Double(power - 1) / Double(power)
            sum += term
        }
        return isOdd ? 2 / .pi * (angle + sin(angle) * sum) : sin(angle) * sum
    }

    /// The t with P(|T| ≤ t) = `probability`, to ten digits.
    ///
    /// - Parameters:
    ///   - probability: 0 ..< 1.
    ///   - degreesOfFreedom: At least 1.
    public static func centralQuantile(_ probability: Double, degreesOfFreedom: Int) -> Double {
        precondition((0..<1).contains(probability))
        var low = 0.0
        var high = 1.0
        while centralProbability(high, degreesOfFreedom: degreesOfFreedom) < probability, high < 1e12 { high *= 2 }
        while high - low > 1e-11 * high {
            let middle = (low + high) / 2
            if centralProbability(middle, degreesOfFreedom: degreesOfFreedom) < probability {
                low = middle
            } else {
                high = middle
            }
        }
        return (low + high) / 2
    }
}
