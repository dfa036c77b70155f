import COpenBLAS

extension Matrix {
    /// The matrix of ones on the diagonal.
    public static func identity(_ size: Int) -> Matrix {
        var result = Matrix(rows: size, columns: size)
        for place in 0..<size { result[place, place] = 1 }
        return result
    }

    /// The rows as columns.
    public var transposed: Matrix {
        var result = Matrix(rows: columns, columns: rows)
        for column in 0..<columns { for row in 0..<rows { result[column, row] = self[row, column] } }
        return result
    }

    /// Some rows and columns.
    func block(rows: Range<Int>, columns: Range<Int>) -> Matrix {
        var result = Matrix(rows: rows.count, columns: columns.count)
        for (place, column) in columns.enumerated() {
            for (position, row) in rows.enumerated() { result[position, place] = self[row, column] }
        }
        return result
    }

    /// Writes another matrix with its first element at a place.
    mutating func put(_ other: Matrix, row: Int, column: Int) {
        for place in 0..<other.columns {
            for position in 0..<other.rows { self[row + position, column + place] = other[position, place] }
        }
    }

    /// The greatest sum of magnitudes in a column.
    var oneNorm: Double {
        (0..<columns).map { column in (0..<rows).reduce(0) { $0 + abs(self[$1, column]) } }.max() ?? 0
    }

    /// The same with every element (i, j) the mean of itself and (j, i).
    var symmetrised: Matrix {
        var result = self
        for column in 0..<columns {
            for row in 0..<rows { result[row, column] = (self[row, column] + self[column, row]) / 2 }
        }
        return result
    }

    static func + (left: Matrix, right: Matrix) -> Matrix {
        precondition(left.rows == right.rows && left.columns == right.columns)
        var result = left
        for place in result.elements.indices { result.elements[place] += right.elements[place] }
        return result
    }

    static func - (left: Matrix, right: Matrix) -> Matrix {
        precondition(left.rows == right.rows && left.columns == right.columns)
        var result = left
        for place in result.elements.indices { result.elements[place] -= right.elements[place] }
        return result
    }
}

/// A·B (`dgemm`), on one thread.
///
/// - Precondition: A has as many columns as B has rows.
public func product(_ left: Matrix, _ right: Matrix) -> Matrix {
    precondition(left.columns == right.rows, "inner sizes differ")
    useOneThread()
    var result = Matrix(rows: left.rows, columns: right.columns)
    guard left.rows > 0, right.columns > 0, left.columns > 0 else { return result }
    cblas_dgemm(
        CblasColMajor, CblasNoTrans, CblasNoTrans, Int32(left.rows), Int32(right.columns), Int32(left.columns), 1,
        left.elements, Int32(left.rows), right.elements, Int32(right.rows), 0, &result.elements, Int32(left.rows))
    return result
}
