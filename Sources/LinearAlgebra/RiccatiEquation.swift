import COpenBLAS

/// The discrete algebraic Riccati equation X = AᵀXA − AᵀXB(R + BᵀXB)⁻¹BᵀXA + Q, whose stabilising solution gives the
/// linear control of x(k+1) = Ax(k) + Bu(k) that makes the sum of xᵀQx + uᵀRu least.
///
/// Solved by the ordered generalised Schur form of the extended pencil of order 2n + m (Van Dooren 1981; Arnold and Laub
/// 1984), from which the control is first taken out by an orthogonal transformation: R may be singular or near it, and no
/// inverse of A or R is formed. What rounding left is taken off by steps of Newton's method (Hewer 1971), each of which is
/// the cost of a fixed control: a sum of positive terms.
public struct RiccatiEquation: Sendable {
    /// A stabilising solution.
    public struct Solution: Sendable {
        /// X, n × n, symmetric.
        public var cost: Matrix
        /// K of u = −Kx, m × n: (R + BᵀXB)⁻¹BᵀXA.
        public var gain: Matrix
        /// Greatest magnitude of an eigenvalue of A − BK, below 1.
        public var spectralRadius: Double
        /// 1-norm of the two sides' difference over the sum of the norms of the terms.
        public var residual: Double
    }

    private let dynamics: Matrix
    private let input: Matrix
    private let stateWeight: Matrix
    private let inputWeight: Matrix
    private var order: Int { dynamics.rows }

    /// Residual up to which a solution is given.
    public static let greatestResidual = 1e-8

    /// States an equation.
    ///
    /// - Parameters:
    ///   - dynamics: A, n × n.
    ///   - input: B, n × m.
    ///   - stateWeight: Q, n × n, symmetric.
    ///   - inputWeight: R, m × m, symmetric.
    /// - Throws: ``RiccatiError/shape(matrix:expected:found:)``, ``RiccatiError/notFinite(matrix:)`` and
    ///   ``RiccatiError/notSymmetric(matrix:)``.
    public init(
        dynamics: Matrix, input: Matrix, stateWeight: Matrix, inputWeight: Matrix
    ) throws(RiccatiError) {
        let (order, controls) = (dynamics.rows, input.columns)
        let parts = [
            ("A", dynamics, order, order), ("B", input, order, controls), ("Q", stateWeight, order, order),
            ("R", inputWeight, controls, controls),
        ]
        for (name, matrix, rows, columns) in parts {
            guard matrix.rows == rows, matrix.columns == columns else {
                throw .shape(matrix: name, expected: [rows, columns], found: [matrix.rows, matrix.columns])
            }
            guard matrix.elements.allSatisfy(\.isFinite) else { throw .notFinite(matrix: name) }
        }
        for (name, matrix) in [("Q", stateWeight), ("R", inputWeight)] {
            let difference = (matrix - matrix.transposed).oneNorm
            guard difference <= 100 * .ulpOfOne * matrix.oneNorm else { throw .notSymmetric(matrix: name) }
        }
        self.dynamics = dynamics
        self.input = input
        self.stateWeight = stateWeight.symmetrised
        self.inputWeight = inputWeight.symmetrised
    }

    /// The stabilising solution.
    ///
    /// - Throws: ``RiccatiError/noStabilisingSolution(inside:order:)`` and ``RiccatiError/inaccurate(residual:)``.
    public func solved() throws(RiccatiError) -> Solution {
        guard order > 0 else {
            let none = Matrix(rows: 0, columns: 0)
            return Solution(cost: none, gain: Matrix(rows: input.columns, columns: 0), spectralRadius: 0, residual: 0)
        }
        let (basis, radius) = try stableBasis()
        let upper = basis.block(rows: 0..<order, columns: 0..<order)
        let lower = basis.block(rows: order..<2 * order, columns: 0..<order)
        // X·U₁ = U₂, by columns of the transposed.
        guard let found = upper.transposed.solution(for: lower.transposed), found.reciprocalCondition > .ulpOfOne
        else { throw .noStabilisingSolution(inside: order, order: order) }
        var best = try judged(found.solution.transposed.symmetrised)
        for _ in 0..<Self.greatestRefinements {
            guard let refined = cost(of: best.gain), let next = try? judged(refined), next.residual < best.residual
            else { break }
            best = next
        }
        guard best.residual <= Self.greatestResidual else { throw .inaccurate(residual: best.residual) }
        return Solution(cost: best.cost, gain: best.gain, spectralRadius: radius, residual: best.residual)
    }

    private static let greatestRefinements = 5

    private func judged(_ cost: Matrix) throws(RiccatiError) -> (cost: Matrix, gain: Matrix, residual: Double) {
        guard let gain = gain(for: cost) else { throw .inaccurate(residual: .infinity) }
        return (cost, gain, residual(of: cost, gain: gain))
    }

    /// Cost of a control u = −Kx, the solution of X = FᵀXF + Q + KᵀRK with F = A − BK; nil where that does not hold the
    /// system.
    ///
    /// Doubling (Smith 1968): sums of 2, 4, 8 … steps.
    private func cost(of gain: Matrix) -> Matrix? {
        var power = dynamics - product(input, gain)
        var sum = stateWeight + product(gain.transposed, product(inputWeight, gain))
        for _ in 0..<Self.greatestDoublings {
            let more = product(power.transposed, product(sum, power))
            sum = (sum + more).symmetrised
            guard sum.elements.allSatisfy(\.isFinite) else { return nil }
            if more.oneNorm <= .ulpOfOne / 16 * sum.oneNorm { return sum }
            power = product(power, power)
        }
        return nil
    }

    private static let greatestDoublings = 60

    /// A basis of the deflating subspace of the eigenvalues inside the unit circle, 2n × n, and the greatest of those.
    ///
    /// λ·[I 0 0; 0 Aᵀ 0; 0 −Bᵀ 0]·z = [A 0 B; −Q I 0; 0 0 R]·z with z = (x, Xx, u).
    private func stableBasis() throws(RiccatiError) -> (basis: Matrix, radius: Double) {
        let (count, controls) = (order, input.columns)
        var left = Matrix(rows: 2 * count + controls, columns: 2 * count)
        var right = left
        var control = Matrix(rows: 2 * count + controls, columns: controls)
        left.put(dynamics, row: 0, column: 0)
        for row in 0..<count {
            for column in 0..<count { left[count + row, column] = -stateWeight[row, column] }
            left[count + row, count + row] = 1
            right[row, row] = 1
            for control in 0..<controls { right[2 * count + control, count + row] = -input[row, control] }
        }
        right.put(dynamics.transposed, row: count, column: count)
        control.put(input, row: 0, column: 0)
        control.put(inputWeight, row: 2 * count, column: 0)
        let complement = control.complementOfColumns()
        return try Self.orderedBasis(product(complement, left), product(complement, right), count: count)
    }

    private static func orderedBasis(
        _ left: Matrix, _ right: Matrix, count: Int
    ) throws(RiccatiError) -> (basis: Matrix, radius: Double) {
        useOneThread()
        var (left, right) = (left, right)
        let size = Int32(left.rows)
        var inside: Int32 = 0
        var real = [Double](repeating: 0, count: left.rows)
        var imaginary = real
        var scale = real
        var basis = Matrix(rows: left.rows, columns: left.rows)
        var unused = [0.0]
        let failure = LAPACKE_dgges(
            LAPACK_COL_MAJOR, CChar(UInt8(ascii: "N")), CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "S")),
            { real, imaginary, scale in
                guard let real, let imaginary, let scale else { return 0 }
                let square = real.pointee * real.pointee + imaginary.pointee * imaginary.pointee
                return square < scale.pointee * scale.pointee ? 1 : 0
            }, size, &left.elements, size, &right.elements, size, &inside, &real, &imaginary, &scale, &unused, 1,
            &basis.elements, size)
        // The order in which they come apart can be lost to rounding (size + 2): then the first ones must be looked at.
        guard failure == 0 || failure == size + 2, Int(inside) == count else {
            throw .noStabilisingSolution(inside: Int(inside), order: count)
        }
        let magnitudes = (0..<count).map { place in
            (real[place] * real[place] + imaginary[place] * imaginary[place]).squareRoot() / abs(scale[place])
        }
        let stable = magnitudes.count { $0 < 1 }
        guard stable == count else { throw .noStabilisingSolution(inside: stable, order: count) }
        return (basis.block(rows: 0..<left.rows, columns: 0..<count), magnitudes.max() ?? 0)
    }

    /// (R + BᵀXB)⁻¹BᵀXA; nil where the first is singular.
    private func gain(for cost: Matrix) -> Matrix? {
        let weighed = product(input.transposed, cost)
        return (inputWeight + product(weighed, input)).solution(for: product(weighed, dynamics))?.solution
    }

    private func residual(of cost: Matrix, gain: Matrix) -> Double {
        let carried = product(dynamics.transposed, product(cost, dynamics))
        let saved = product(product(dynamics.transposed, product(cost, input)), gain)
        let difference = carried - saved + stateWeight - cost
        let terms = carried.oneNorm + saved.oneNorm + stateWeight.oneNorm + cost.oneNorm
        return terms > 0 ? difference.oneNorm / terms : 0
    }
}
