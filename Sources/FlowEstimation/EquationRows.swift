import LinearAlgebra

/// Linear equations with their weights, gathered one after another for a least-squares solution.
struct EquationRows {
    let columns: Int
    private var rows: [(coefficients: [(Int, Double)], value: Double, weight: Double)] = []

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

    /// Mean squared residual of a solution, in units of the variances given: 1 where they are right.
    func dispersion(at solution: [Double]) -> Double {
        let sum = rows.reduce(0.0) { sum, row in
            let residual = row.coefficients.reduce(-row.value) { $0 + $1.1 * solution[$1.0] }
            return sum + residual * residual * row.weight
        }
        return rows.isEmpty ? 1 : sum / Double(rows.count)
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
