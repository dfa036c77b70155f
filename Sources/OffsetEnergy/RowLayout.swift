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

    /// A row of values with room to the stride.
    func padded<Cost: MinPlusCost>(_ values: [Cost]) -> [Cost] {
        values + repeatElement(0, count: stride - labels)
    }

    /// Rows that go on periodically.
    func unrolled<Cost: MinPlusCost>(_ table: [Cost], rows: Int = 1) -> [Cost] {
        var result = [Cost](repeating: 0, count: rows * width)
        Cost.unroll(&result, table, nil, labels, rows)
        return result
    }

    /// Value y is the least of first[a] + second[a + y] + table[a][a + y] over all a.
    ///
    /// - Parameters:
    ///   - first: One value for each label.
    ///   - second: One value for each label, then anything.
    ///   - table: Rows of `stride`, one for each label.
    func fold<Cost: MinPlusCost>(_ first: [Cost], _ second: [Cost], _ table: [Cost]?) -> [Cost] {
        var result = [Cost](repeating: Cost.most, count: stride)
        Cost.foldTwo(&result, labels, first, unrolled(second), table.map { unrolled($0, rows: labels) })
        return result
    }
}
