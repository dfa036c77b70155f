import LinearAlgebra
import TestSupport
import Testing

@Suite("Non-negative least squares")
struct NonNegativeLeastSquaresTests {
    /// Greatest breach of the conditions of Karush, Kuhn and Tucker, relative to the right side.
    private static func breach(_ normal: Matrix, _ right: [Double], _ solution: [Double]) -> Double {
        let scale = max(right.map(abs).max() ?? 0, .leastNormalMagnitude)
        let image = RandomProblem.product(normal, solution)
        return solution.indices.map { place in
            let slope = (right[place] - image[place]) / scale
            // Nothing gained by more of a variable; nothing by less of one that is there.
            return solution[place] > 0 ? abs(slope) : max(slope, solution[place] < 0 ? .infinity : 0)
        }.max() ?? 0
    }

    /// The best of all sets of free variables.
    private static func bySearch(_ normal: Matrix, _ right: [Double]) throws -> [Double] {
        var best = Array(repeating: 0.0, count: right.count)
        var least = 0.0
        for subset in 1..<(1 << right.count) {
            let free = right.indices.filter { subset >> $0 & 1 == 1 }
            let part = RandomProblem.symmetric(free.map { row in free.map { normal[row, $0] } })
            let trial = try solve(positiveDefinite: part, free.map { right[$0] })
            guard trial.allSatisfy({ $0 >= 0 }) else { continue }
            let value = -zip(free, trial).reduce(0) { $0 + right[$1.0] * $1.1 } / 2
            guard value < least else { continue }
            least = value
            best = Array(repeating: 0, count: right.count)
            for (place, found) in zip(free, trial) { best[place] = found }
        }
        return best
    }

    @Test("The worked example of a well-known program comes out")
    func publishedCase() throws {
        // The example of MATLAB's lsqnonneg; unconstrained it is (−2.5627, 3.1108), with x ≥ 0 (0, 0.6929).
        var matrix = Matrix(rows: 4, columns: 2)
        matrix.elements = [0.0372, 0.6861, 0.6233, 0.6344, 0.2869, 0.7071, 0.6245, 0.6170]
        let values = [0.8587, 0.1781, 0.0747, 0.8405]
        let normal = normalMatrix(matrix, weights: [1, 1, 1, 1])
        let right = RandomProblem.right(matrix, weights: [1, 1, 1, 1], values)
        let free = try solve(positiveDefinite: normal, right)
        let solution = try nonNegativeLeastSquares(normal: normal, right: right)
        #expect(RandomProblem.distance(free, [-2.5627, 3.1108]) < 1e-4)
        #expect(solution[0] == 0)
        #expect(abs(solution[1] - 0.6929) < 1e-4)
    }

    @Test("Small cases are solved by hand")
    func smallCases() throws {
        let unit = RandomProblem.symmetric([[1, 0], [0, 1]])
        let separate = try nonNegativeLeastSquares(normal: unit, right: [2, -3])
        let none = try nonNegativeLeastSquares(normal: unit, right: [-1, 0])
        let coupled = try nonNegativeLeastSquares(normal: RandomProblem.symmetric([[2, 1], [1, 2]]), right: [3, 1])
        let empty = try nonNegativeLeastSquares(normal: Matrix(rows: 0, columns: 0), right: [])
        #expect(separate == [2, 0])
        #expect(none == [0, 0])
        #expect(RandomProblem.distance(coupled, [1.5, 0]) < 1e-15)
        #expect(empty.isEmpty)
    }

    @Test("The conditions of Karush, Kuhn and Tucker hold", arguments: 0..<200 as Range<UInt64>)
    func optimality(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let size = Int.random(in: 1...40, using: &random)
        let normal = RandomProblem.positiveDefinite(
            size: size, shift: [1, 1e-2, 1e-4].randomElement(using: &random) ?? 1, &random)
        let right = RandomProblem.vector(size, &random)
        let solution = try nonNegativeLeastSquares(normal: normal, right: right)
        let breach = Self.breach(normal, right, solution)
        #expect(breach < 1e-7, "breach of \(breach)")
        let hasZero = solution.contains(0) || right.allSatisfy { $0 > 0 } || size < 6
        #expect(hasZero, "random right sides leave some variables at zero")
    }

    @Test("No other set of variables is better", arguments: 0..<100 as Range<UInt64>)
    func againstSearch(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let size = Int.random(in: 1...8, using: &random)
        let normal = RandomProblem.positiveDefinite(size: size, shift: 0.05, &random)
        let right = RandomProblem.vector(size, &random)
        let solution = try nonNegativeLeastSquares(normal: normal, right: right)
        let expected = try Self.bySearch(normal, right)
        #expect(RandomProblem.distance(solution, expected) < 1e-8)
    }

    @Test("Where no bound holds it is the plain solution", arguments: 0..<40 as Range<UInt64>)
    func unbounded(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let size = Int.random(in: 1...30, using: &random)
        let normal = RandomProblem.positiveDefinite(size: size, shift: 0.1, &random)
        let expected = (0..<size).map { _ in Double.random(in: 1...1000, using: &random) }
        let right = RandomProblem.product(normal, expected)
        let solution = try nonNegativeLeastSquares(normal: normal, right: right)
        #expect(RandomProblem.distance(solution, expected) < 1e-6)
    }

    @Test("Units do not matter", arguments: [1e-15, 1e-9, 1e-3, 1e6, 1e12])
    func scaling(factor: Double) throws {
        var random = SplitMix64(seed: 7)
        for _ in 0..<20 {
            let size = Int.random(in: 2...20, using: &random)
            let normal = RandomProblem.positiveDefinite(size: size, shift: 0.1, &random)
            let right = RandomProblem.vector(size, &random)
            let solution = try nonNegativeLeastSquares(normal: normal, right: right)
            let scaled = try nonNegativeLeastSquares(normal: normal, right: right.map { $0 * factor })
            #expect(RandomProblem.distance(scaled.map { $0 / factor }, solution) < 1e-6)
            #expect(zip(scaled, solution).allSatisfy { ($0 == 0) == ($1 == 0) })
        }
    }

    @Test("Weights of very different size are borne", arguments: 0..<100 as Range<UInt64>)
    func unequalWeights(seed: UInt64) throws {
        // As in flow estimates: counts known to a vehicle beside beliefs known to a thousand.
        var random = SplitMix64(seed: seed)
        let size = Int.random(in: 2...25, using: &random)
        let rows = size + 10
        let matrix = RandomProblem.matrix(rows: rows, columns: size, &random)
        let weights: [Double] = (0..<rows).map { _ in [1.0, 1e-2, 1e-6].randomElement(using: &random) ?? 1 }
        var normal = normalMatrix(matrix, weights: weights)
        for place in 0..<size { normal[place, place] += 1e-9 }
        let values = RandomProblem.vector(rows, &random).map { $0 * 100 }
        let right = RandomProblem.right(matrix, weights: weights, values)
        let solution = try nonNegativeLeastSquares(normal: normal, right: right)
        let breach = Self.breach(normal, right, solution)
        #expect(breach < 1e-6, "breach of \(breach)")
    }

    @Test("Twin columns share no more than one column's value")
    func twins() throws {
        let normal = RandomProblem.symmetric([[1, 1], [1, 1]])
        let solution = try nonNegativeLeastSquares(normal: normal, right: [2, 2])
        #expect(abs(solution[0] + solution[1] - 2) < 1e-15)
    }

    @Test("A variable that nothing limits is refused")
    func unlimited() {
        #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 1)) {
            try nonNegativeLeastSquares(normal: RandomProblem.symmetric([[0]]), right: [1])
        }
        // Concave along (1, 1).
        #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 2)) {
            try nonNegativeLeastSquares(normal: RandomProblem.symmetric([[1, -2], [-2, 1]]), right: [1, 1])
        }
    }
}
