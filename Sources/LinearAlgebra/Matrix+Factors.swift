import COpenBLAS

extension Matrix {
    /// The orthogonal complement of the columns: columns of Q beyond the first ones in a QR factorisation (`dgeqrf`,
    /// `dormqr`), as rows.
    ///
    /// - Precondition: At least as many rows as columns.
    func complementOfColumns() -> Matrix {
        precondition(rows >= columns)
        useOneThread()
        let wanted = rows - columns
        var complement = Matrix(rows: rows, columns: wanted)
        for column in 0..<wanted { complement[columns + column, column] = 1 }
        guard columns > 0, wanted > 0 else { return complement.transposed }
        var factor = self
        var scales = [Double](repeating: 0, count: columns)
        let (height, width) = (Int32(rows), Int32(columns))
        let factored = LAPACKE_dgeqrf(LAPACK_COL_MAJOR, height, width, &factor.elements, height, &scales)
        let applied = LAPACKE_dormqr(
            LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), CChar(UInt8(ascii: "N")), height, Int32(wanted), width,
            factor.elements, height, scales, &complement.elements, height)
        precondition(factored == 0 && applied == 0)
        return complement.transposed
    }

    /// X of A·X = B for a square A, and the reciprocal condition number of A in the 1-norm (`dgetrf`, `dgecon`, `dgetrs`);
    /// nil where A is singular.
    func solution(for right: Matrix) -> (solution: Matrix, reciprocalCondition: Double)? {
        precondition(rows == columns && right.rows == rows)
        guard rows > 0 else { return (right, 1) }
        useOneThread()
        var factor = self
        var pivots = [Int32](repeating: 0, count: rows)
        let size = Int32(rows)
        let norm = oneNorm
        guard LAPACKE_dgetrf(LAPACK_COL_MAJOR, size, size, &factor.elements, size, &pivots) == 0 else { return nil }
        var condition = 0.0
        let estimated = LAPACKE_dgecon(
            LAPACK_COL_MAJOR, CChar(UInt8(ascii: "1")), size, factor.elements, size, norm, &condition)
        guard estimated == 0 else { return nil }
        var result = right
        let solved = LAPACKE_dgetrs(
            LAPACK_COL_MAJOR, CChar(UInt8(ascii: "N")), size, Int32(right.columns), factor.elements, size, pivots,
            &result.elements, size)
        return solved == 0 ? (result, condition) : nil
    }

    /// An orthonormal basis of what the columns span, as columns, by singular values (`dgesvd`).
    ///
    /// - Parameter tolerance: Share of the greatest singular value below which one counts as 0.
    /// - Precondition: All elements are finite.
    public func rangeBasis(tolerance: Double = 1e-10) -> Matrix {
        guard rows > 0, columns > 0 else { return Matrix(rows: rows, columns: 0) }
        useOneThread()
        var work = self
        let count = min(rows, columns)
        var values = [Double](repeating: 0, count: count)
        var basis = Matrix(rows: rows, columns: count)
        var rest = [Double](repeating: 0, count: max(1, count - 1))
        var unused = [0.0]
        let (height, width) = (Int32(rows), Int32(columns))
        let failure = LAPACKE_dgesvd(
            LAPACK_COL_MAJOR, CChar(UInt8(ascii: "S")), CChar(UInt8(ascii: "N")), height, width, &work.elements, height,
            &values, &basis.elements, height, &unused, 1, &rest)
        precondition(failure == 0, "singular values of finite matrices converge")
        let rank = values.prefix { $0 > tolerance * values[0] && $0 > 0 }.count
        return basis.block(rows: 0..<rows, columns: 0..<rank)
    }
}
