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

    func unrolled(_ table: [Double], adding more: [Double]? = nil, rows: Int = 1) -> [Double] {
        [Double](unsafeUninitializedCapacity: rows * width) { result, count in
            withPointer(more) { minplus_unroll_f64(result.baseAddress!, table, $0, Int64(labels), Int64(rows)) }
            count = rows * width
        }
    }

    func unrolled(_ table: [Int32], adding more: [Int32]? = nil, rows: Int = 1) -> [Int32] {
        [Int32](unsafeUninitializedCapacity: rows * width) { result, count in
            withPointer(more) { minplus_unroll_i32(result.baseAddress!, table, $0, Int64(labels), Int64(rows)) }
            count = rows * width
        }
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

    /// Value (y, z), in rows of `stride`, is the least sum of what stands at a, a + y and a + z over all a.
    ///
    /// - Parameters:
    ///   - pairs: For each of the three one value for each label.
    ///   - tables: For the first two, the first and last, and the last two; nothing where there is nothing to add.
    func fold(_ pairs: [[Double]], _ tables: [[Double]?]) -> [Double] {
        let columns = tables[1].map { unrolled($0, adding: pairs[2], rows: labels) } ?? unrolled(pairs[2])
        return [Double](unsafeUninitializedCapacity: labels * stride) { result, count in
            withPointer(tables[0]) { t01 in
                withPointer(tables[2].map { unrolled($0, rows: labels) }) { t12 in
                    minplus_up3_f64(
                        result.baseAddress!, Int64(labels), pairs[0], pairs[1], t01, columns,
                        tables[1] == nil ? 0 : Int64(width), t12)
                }
            }
            count = labels * stride
        }
    }

    /// The same of whole numbers.
    func fold(_ pairs: [[Int32]], _ tables: [[Int32]?]) -> [Int32] {
        let columns = tables[1].map { unrolled($0, adding: pairs[2], rows: labels) } ?? unrolled(pairs[2])
        return [Int32](unsafeUninitializedCapacity: labels * stride) { result, count in
            withPointer(tables[0]) { t01 in
                withPointer(tables[2].map { unrolled($0, rows: labels) }) { t12 in
                    minplus_up3_i32(
                        result.baseAddress!, Int64(labels), pairs[0], pairs[1], t01, columns,
                        tables[1] == nil ? 0 : Int64(width), t12)
                }
            }
            count = labels * stride
        }
    }
}

/// Lends a table to an innermost loop; none for nil.
func withPointer<Cost>(_ table: [Cost]?, _ body: (UnsafePointer<Cost>?) -> Void) {
    guard let table else { return body(nil) }
    table.withUnsafeBufferPointer { body($0.baseAddress) }
}

/// Lends a table to an innermost loop that writes it; none for an empty one.
func withPointer<Cost>(_ table: inout [Cost], _ body: (UnsafeMutablePointer<Cost>?) -> Void) {
    guard !table.isEmpty else { return body(nil) }
    table.withUnsafeMutableBufferPointer { body($0.baseAddress) }
}
