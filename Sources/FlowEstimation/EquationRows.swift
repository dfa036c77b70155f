import LinearAlgebra

/// Linear equations with their weights, gathered one after another for a least-squares solution.
struct EquationRows {
    let columns: Int
    private typealias Row = (coefficients: [(Int, Double)], value: Double, weight: Double)
    private var rows: [Row] = []

    init(columns: Int) { self.columns = columns }

    /// Adds the measurement of a sum of variables; several terms of one variable add up.
    mutating func measure(_ coefficients: [(Int, Double)], _ value: Double, variance: Double) {
        rows.append((coefficients, value, 1 / variance))
    }

    /// The normal equations.
    func normal() -> (matrix: Matrix, right: [Double]) {
        var matrix = Matrix(rows: rows.count, columns: columns)
        var right = Array(repeating: 0.0, count: columns)
        for (number, row) in rows.enumerated() {
            for (column, coefficient) in row.coefficients {
                matrix[number, column] += coefficient
                right[column] += coefficient * row.weight * row.value
            }
        }
        return (normalMatrix(matrix, weights: rows.map(\.weight)), right)
    }

    /// The greatest residual of a solution, in units of the spreads given.
    func greatestResidual(at solution: [Double]) -> Double {
        rows.reduce(0) { max($0, abs(residual(of: $1, at: solution)) * $1.weight.squareRoot()) }
    }

    /// Mean squared residual of a solution, in units of the variances given: 1 where they are right.
    func dispersion(at solution: [Double]) -> Double {
        let sum = rows.reduce(0.0) { sum, row in
            let residual = residual(of: row, at: solution)
            return sum + residual * residual * row.weight
        }
        return rows.isEmpty ? 1 : sum / Double(rows.count)
    }

    private func residual(of row: Row, at solution: [Double]) -> Double {
        row.coefficients.reduce(-row.value) { $0 + $1.1 * solution[$1.0] }
    }
}

extension Matrix {
    /// Adds a multiple of a matrix of the same shape.
    mutating func add(_ other: Matrix, times factor: Double) {
        for column in 0..<columns {
            for row in 0..<rows { self[row, column] += factor * other[row, column] }
        }
    }
}
