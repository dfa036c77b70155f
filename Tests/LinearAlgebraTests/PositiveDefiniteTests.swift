import LinearAlgebra
import TestSupport
import Testing

@Suite("Normal matrices, inverses and positive definite systems")
struct PositiveDefiniteTests {
    @Test("The normal matrix is the weighted sum of products", arguments: 0..<60 as Range<UInt64>)
    func normalMatrixBySums(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let rows = Int.random(in: 1...40, using: &random)
        let matrix = RandomProblem.matrix(rows: rows, columns: Int.random(in: 1...30, using: &random), &random)
        let weights = (0..<rows).map { _ in
            random.chance(0.1) ? 0 : Double.random(in: 1e-6...1e3, using: &random)
        }
        let product = normalMatrix(matrix, weights: weights)
        let expected = RandomProblem.normal(matrix, weights: weights)
        #expect(product.rows == matrix.columns && product.columns == matrix.columns)
        #expect(RandomProblem.distance(product.elements, expected.elements) < 1e-12 * 1e3 * Double(rows))
        for column in 0..<product.columns {
            for row in 0..<column { #expect(product[row, column] == product[column, row]) }
        }
    }

    @Test("Matrices without rows or columns have normal matrices of zeros")
    func emptyMatrices() {
        let noRows = normalMatrix(Matrix(rows: 0, columns: 3), weights: [])
        let noColumns = normalMatrix(Matrix(rows: 3, columns: 0), weights: [1, 2, 3])
        #expect(noRows == Matrix(rows: 3, columns: 3))
        #expect(noColumns == Matrix(rows: 0, columns: 0))
    }

    @Test("A weight short stops the program")
    func missingWeight() async {
        await #expect(processExitsWith: .failure) {
            _ = normalMatrix(Matrix(rows: 2, columns: 1), weights: [1])
        }
    }

    @Test("The inverse of a 2 × 2 matrix is the textbook's")
    func smallInverse() throws {
        let found = try inverse(positiveDefinite: RandomProblem.symmetric([[4, 2], [2, 3]]))
        #expect(RandomProblem.distance(found.elements, [3.0 / 8, -2.0 / 8, -2.0 / 8, 4.0 / 8]) < 1e-15)
        let empty = try inverse(positiveDefinite: Matrix(rows: 0, columns: 0))
        #expect(empty.elements.isEmpty)
    }

    @Test("The inverse of Hilbert's matrix of order 5 has its known whole numbers")
    func hilbertInverse() throws {
        // Hilbert (1894); Todd (1954), "The condition of the finite segments of the Hilbert matrix".
        let expected: [[Double]] = [
            [25, -300, 1050, -1400, 630], [-300, 4800, -18900, 26880, -12600],
            [1050, -18900, 79380, -117_600, 56700], [-1400, 26880, -117_600, 179_200, -88200],
            [630, -12600, 56700, -88200, 44100],
        ]
        let found = try inverse(positiveDefinite: RandomProblem.hilbert(5))
        let difference = RandomProblem.distance(found.elements, RandomProblem.symmetric(expected).elements)
        #expect(difference < 1e-5, "differs by \(difference)")
    }

    @Test("A matrix times its inverse is one, and the solution solves", arguments: 0..<60 as Range<UInt64>)
    func randomSystems(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let size = Int.random(in: 1...40, using: &random)
        let matrix = RandomProblem.positiveDefinite(size: size, shift: 0.1, &random)
        let right = RandomProblem.vector(size, &random)
        let solution = try solve(positiveDefinite: matrix, right)
        let inverted = try inverse(positiveDefinite: matrix)
        #expect(RandomProblem.distance(RandomProblem.product(matrix, solution), right) < 1e-10)
        #expect(RandomProblem.distance(RandomProblem.product(inverted, right), solution) < 1e-10)
        for column in 0..<size {
            let unit = (0..<size).map { $0 == column ? 1.0 : 0 }
            let image = RandomProblem.product(matrix, (0..<size).map { inverted[$0, column] })
            #expect(RandomProblem.distance(image, unit) < 1e-10)
            #expect(inverted[column, column] > 0)
            for row in 0..<column { #expect(inverted[row, column] == inverted[column, row]) }
        }
    }

    @Test("A system of no unknowns has an empty solution")
    func emptySystem() throws {
        let solution = try solve(positiveDefinite: Matrix(rows: 0, columns: 0), [])
        #expect(solution.isEmpty)
    }

    @Test(
        "A matrix that is not positive definite is refused, with the order of the minor that shows it",
        arguments: [
            ([[0]], 1), ([[-1]], 1), ([[1, 1], [1, 1]], 2), ([[1, 2], [2, 1]], 2),
            ([[1, 0, 0], [0, 1, 0], [0, 0, -1]], 3), ([[1, 0, 0], [0, 0, 0], [0, 0, 1]], 2),
        ] as [([[Double]], Int)])
    func notPositiveDefinite(rows: [[Double]], order: Int) {
        let matrix = RandomProblem.symmetric(rows)
        #expect(throws: LinearAlgebraError.notPositiveDefinite(order: order)) {
            try solve(positiveDefinite: matrix, Array(repeating: 1, count: rows.count))
        }
        #expect(throws: LinearAlgebraError.notPositiveDefinite(order: order)) {
            try inverse(positiveDefinite: matrix)
        }
    }

    @Test("A matrix beyond double precision is refused, one within it is not")
    func illConditioned() throws {
        // Condition 5·10¹¹ for order 8; from order 14 on the rounding of the elements alone makes it indefinite.
        let ones = Array(repeating: 1.0, count: 8)
        let hilbert = RandomProblem.hilbert(8)
        let solution = try solve(positiveDefinite: hilbert, RandomProblem.product(hilbert, ones))
        let error = RandomProblem.distance(solution, ones)
        #expect(error < 1e-4, "off by \(error)")
        #expect {
            try solve(positiveDefinite: RandomProblem.hilbert(20), Array(repeating: 1, count: 20))
        } throws: { error in
            guard case .notPositiveDefinite(let order)? = error as? LinearAlgebraError else { return false }
            return (12...20).contains(order)
        }
    }

    @Test("A matrix of less than full rank with an indefinite part is refused", arguments: 0..<30 as Range<UInt64>)
    func rankDeficient(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let size = Int.random(in: 3...12, using: &random)
        let factor = RandomProblem.matrix(rows: size - 2, columns: size, &random)
        var matrix = RandomProblem.normal(factor, weights: Array(repeating: 1, count: size - 2))
        // Rounding decides about an eigenvalue of zero; one of −1e-6 is indefinite for certain.
        for place in 0..<size { matrix[place, place] -= 1e-6 }
        #expect(throws: LinearAlgebraError.self) { try inverse(positiveDefinite: matrix) }
        #expect(throws: LinearAlgebraError.self) {
            try solve(positiveDefinite: matrix, RandomProblem.vector(size, &random))
        }
    }
}
