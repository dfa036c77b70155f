import CMinPlus

/// Rows of tables as the innermost loops want them.
struct RowLayout: Sendable {
    let labels: Int
    /// Distance of the rows of a table.
    let stride: Int
    /// Distance of the rows of an unrolled table, which go on periodically.
    let width: Int

    init(labels: Int) {
        self.labels = labels
        stride = (labels + 15) / 16 * 16
        width = labels + stride
    }

    func unrolled(_ table: [Double], rows: Int = 1) -> [Double] {
        var result = [Double](repeating: 0, count: rows * width)
        minplus_unroll_f64(&result, table, Int64(labels), Int64(rows))
        return result
    }

    /// A row of values with room to the stride.
    func padded(_ values: [Double]) -> [Double] { values + repeatElement(0, count: stride - labels) }

    /// Value y is the least of first[a] + second[a + y] + table[a][a + y] over all a.
    ///
    /// - Parameters:
    ///   - first: One value for each label.
    ///   - second: One value for each label, then anything.
    ///   - table: Rows of `stride`, one for each label.
    func fold(_ first: [Double], _ second: [Double], _ table: [Double]?) -> [Double] {
        var result = [Double](repeating: .infinity, count: stride)
        if let table {
            minplus_fold1_f64(&result, Int64(labels), first, unrolled(second), unrolled(table, rows: labels))
        } else {
            minplus_fold1_f64(&result, Int64(labels), first, unrolled(second), nil)
        }
        return result
    }
}
