import LinearAlgebra
import TestSupport

/// Random matrices, and the sums that the tests hold against BLAS.
enum RandomProblem {
    /// A matrix of numbers between −1 and 1.
    static func matrix(rows: Int, columns: Int, _ random: inout SplitMix64) -> Matrix {
        var result = Matrix(rows: rows, columns: columns)
        for place in result.elements.indices { result.elements[place] = Double.random(in: -1...1, using: &random) }
        return result
    }

    /// AᵀWA by its definition.
    static func normal(_ matrix: Matrix, weights: [Double]) -> Matrix {
        var result = Matrix(rows: matrix.columns, columns: matrix.columns)
        for column in 0..<matrix.columns {
            for row in 0..<matrix.columns {
                result[row, column] = weights.indices.reduce(0) {
                    $0 + matrix[$1, row] * weights[$1] * matrix[$1, column]
                }
            }
        }
        return result
    }

    /// AᵀWb by its definition.
    static func right(_ matrix: Matrix, weights: [Double], _ values: [Double]) -> [Double] {
        (0..<matrix.columns).map { column in
            var sum = 0.0
            for row in 0..<matrix.rows { sum += matrix[row, column] * weights[row] * values[row] }
            return sum
        }
    }

    /// A symmetric matrix whose eigenvalues are at least `shift`.
    static func positiveDefinite(size: Int, shift: Double, _ random: inout SplitMix64) -> Matrix {
        let factor = matrix(rows: size, columns: size, &random)
        var result = normal(factor, weights: Array(repeating: 1, count: size))
        for place in 0..<size { result[place, place] += shift }
        return result
    }

    static func vector(_ count: Int, _ random: inout SplitMix64) -> [Double] {
        (0..<count).map { _ in Double.random(in: -1...1, using: &random) }
    }

    static func symmetric(_ rows: [[Double]]) -> Matrix {
        var result = Matrix(rows: rows.count, columns: rows.count)
        for (row, values) in rows.enumerated() {
            for (column, value) in values.enumerated() { result[row, column] = value }
        }
        return result
    }

    /// Hilbert's matrix, 1/(row + column + 1): its condition grows about 33-fold with every order.
    static func hilbert(_ size: Int) -> Matrix {
        symmetric((0..<size).map { row in (0..<size).map { 1 / Double(row + $0 + 1) } })
    }

    static func product(_ matrix: Matrix, _ vector: [Double]) -> [Double] {
        (0..<matrix.rows).map { row in
            vector.indices.reduce(0) { $0 + matrix[row, $1] * vector[$1] }
        }
    }

    /// X of A·X = B for a positive definite A.
    static func solve(_ matrix: Matrix, _ right: Matrix) -> Matrix {
        var result = right
        for column in 0..<right.columns {
            let values = (0..<right.rows).map { right[$0, column] }
            guard let solved = try? LinearAlgebra.solve(positiveDefinite: matrix, values) else { continue }
            for row in 0..<right.rows { result[row, column] = solved[row] }
        }
        return result
    }

    /// Greatest absolute difference.
    static func distance(_ first: [Double], _ second: [Double]) -> Double {
        zip(first, second).map { abs($0 - $1) }.max() ?? 0
    }
}
