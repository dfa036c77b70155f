import COpenBLAS

/// Why a system could not be solved.
public enum LinearAlgebraError: Error, Equatable, Sendable {
    /// The leading minor of this order is not positive.
    case notPositiveDefinite(order: Int)
}

/// One thread for BLAS: what runs in parallel here is whole searches, and sums must not depend on the thread count.
private let singleThread: Void = openblas_set_num_threads(1)

func useOneThread() { _ = singleThread }

/// AᵀA of a matrix with its rows scaled by the square roots of weights (`dsyrk`); both triangles are filled.
///
/// - Precondition: One weight for each row.
public func normalMatrix(_ matrix: Matrix, weights: [Double]) -> Matrix {
    precondition(weights.count == matrix.rows)
    useOneThread()
    var scaled = matrix
    for column in 0..<matrix.columns {
        for row in 0..<matrix.rows { scaled[row, column] *= weights[row].squareRoot() }
    }
    let size = matrix.columns
    var product = Matrix(rows: size, columns: size)
    guard size > 0, matrix.rows > 0 else { return product }
    scaled.elements.withUnsafeBufferPointer { source in
        product.elements.withUnsafeMutableBufferPointer { target in
            cblas_dsyrk(
                CblasColMajor, CblasLower, CblasTrans, Int32(size), Int32(matrix.rows), 1, source.baseAddress,
                Int32(matrix.rows), 0, target.baseAddress, Int32(size))
        }
    }
    for column in 0..<size {
        for row in 0..<column { product[row, column] = product[column, row] }
    }
    return product
}

/// The inverse of a symmetric positive definite matrix (`dpotrf`, `dpotri`).
///
/// - Throws: ``LinearAlgebraError/notPositiveDefinite(order:)``.
/// - Precondition: The matrix is square and its elements are numbers; only the lower triangle is read.
public func inverse(positiveDefinite matrix: Matrix) throws(LinearAlgebraError) -> Matrix {
    precondition(matrix.rows == matrix.columns)
    useOneThread()
    var result = matrix
    let size = Int32(matrix.rows)
    guard size > 0 else { return result }
    let failure = result.elements.withUnsafeMutableBufferPointer { target -> Int32 in
        let factored = LAPACKE_dpotrf(LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), size, target.baseAddress, size)
        guard factored == 0 else { return factored }
        return LAPACKE_dpotri(LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), size, target.baseAddress, size)
    }
    precondition(failure >= 0)
    guard failure == 0 else { throw .notPositiveDefinite(order: Int(failure)) }
    for column in 0..<matrix.rows {
        for row in 0..<column { result[row, column] = result[column, row] }
    }
    return result
}

/// Solves a symmetric positive definite system (`dposv`).
///
/// - Throws: ``LinearAlgebraError/notPositiveDefinite(order:)``.
/// - Precondition: The matrix is square, the right side has its order, and all elements are numbers; only the lower
///   triangle is read.
public func solve(positiveDefinite matrix: Matrix, _ right: [Double]) throws(LinearAlgebraError) -> [Double] {
    precondition(matrix.rows == matrix.columns && right.count == matrix.rows)
    useOneThread()
    guard !right.isEmpty else { return [] }
    var factor = matrix
    var solution = right
    let size = Int32(right.count)
    let failure = factor.elements.withUnsafeMutableBufferPointer { left in
        solution.withUnsafeMutableBufferPointer { target in
            LAPACKE_dposv(
                LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), size, 1, left.baseAddress, size, target.baseAddress, size)
        }
    }
    precondition(failure >= 0)
    guard failure == 0 else { throw .notPositiveDefinite(order: Int(failure)) }
    return solution
}

/// The non-negative vector that minimises xᵀNx/2 − bᵀx: least squares with x ≥ 0 from its normal equations.
///
/// Lawson and Hanson (1974), algorithm NNLS, on the normal equations (Bro and De Jong 1997). At the solution no slope
/// b − Nx of a variable at zero exceeds 1e-10 of the greatest |b|; the units of N and b do not matter.
/// - Throws: ``LinearAlgebraError/notPositiveDefinite(order:)`` when N is singular on a set of variables tried.
/// - Precondition: N is square, and b has its order.
public func nonNegativeLeastSquares(
    normal: Matrix, right: [Double]
) throws(LinearAlgebraError) -> [Double] {
    precondition(normal.rows == normal.columns && right.count == normal.rows)
    let count = right.count
    var solution = Array(repeating: 0.0, count: count)
    var free: [Int] = []
    // Variables that rounding alone wants in: they are left out until another one moves.
    var barred: Set<Int> = []
    let tolerance = 1e-10 * (right.map(abs).max() ?? 0)
    for _ in 0..<(3 * count + 10) {
        var best = -1
        var steepest = tolerance
        for variable in 0..<count where !free.contains(variable) && !barred.contains(variable) {
            var slope = right[variable]
            for other in free { slope -= normal[variable, other] * solution[other] }
            if slope > steepest {
                steepest = slope
                best = variable
            }
        }
        guard best >= 0 else { break }
        free.append(best)
        free.sort()
        while !free.isEmpty {
            var part = Matrix(rows: free.count, columns: free.count)
            for (column, second) in free.enumerated() {
                for (row, first) in free.enumerated() { part[row, column] = normal[first, second] }
            }
            let trial = try solve(positiveDefinite: part, free.map { right[$0] })
            if trial.allSatisfy({ $0 > 0 }) {
                for (position, variable) in free.enumerated() { solution[variable] = trial[position] }
                break
            }
            retreat(&solution, towards: trial, free: &free)
        }
        if free.contains(best) { barred = [] } else { barred.insert(best) }
    }
    return solution
}

/// Goes as far towards a trial as no variable turns negative, and takes out those that stop it.
private func retreat(_ solution: inout [Double], towards trial: [Double], free: inout [Int]) {
    /// Part of the way after which a variable is zero.
    func reach(_ position: Int) -> Double {
        guard trial[position] <= 0 else { return .infinity }
        let length = solution[free[position]] - trial[position]
        return length > 0 ? solution[free[position]] / length : 0
    }
    let reaches = free.indices.map(reach)
    let step = reaches.min() ?? 1
    for (position, variable) in free.enumerated() {
        solution[variable] += step * (trial[position] - solution[variable])
        // The one that stops is zero whatever rounding left of it.
        if reaches[position] == step || solution[variable] < 0 { solution[variable] = 0 }
    }
    free.removeAll { solution[$0] == 0 }
}
