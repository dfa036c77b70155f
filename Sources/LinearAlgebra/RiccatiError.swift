/// Why a discrete algebraic Riccati equation has no solution that is of use.
public enum RiccatiError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A matrix has another shape than the others ask for.
    case shape(matrix: String, expected: [Int], found: [Int])
    /// A matrix has an element that is no finite number.
    case notFinite(matrix: String)
    /// Q or R is not symmetric.
    case notSymmetric(matrix: String)
    /// No solution has all closed-loop eigenvalues inside the unit circle; where they could be told apart, how many of the
    /// `order` that are needed lie inside.
    case noStabilisingSolution(inside: Int, order: Int)
    /// The best solution found misses the equation by this share of its terms.
    case inaccurate(residual: Double)

    /// One sentence for people.
    public var description: String {
        switch self {
        case .shape(let matrix, let expected, let found):
            "\(matrix): expected \(expected[0]) × \(expected[1]) elements, found \(found[0]) × \(found[1])"
        case .notFinite(let matrix): "\(matrix): expected finite numbers"
        case .notSymmetric(let matrix): "\(matrix): expected a symmetric matrix"
        case .noStabilisingSolution(let inside, let order):
            "no control holds the system: \(inside) of \(order) closed-loop eigenvalues lie inside the unit circle"
        case .inaccurate(let residual): "the solution misses the equation by \(residual) of its terms"
        }
    }
}
