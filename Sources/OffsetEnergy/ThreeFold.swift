/// Takes away variables with three others in their scope; keeps the room that it takes for the next.
struct ThreeFold<Cost: MinPlusCost>: Sendable {
    private let layout: RowLayout
    private var columns: [Cost]
    private var last: [Cost]

    init(_ layout: RowLayout) {
        self.layout = layout
        columns = []
        last = []
    }

    /// Value (y, z), in rows of the stride, is the least sum of what stands at a, a + y and a + z over all a.
    ///
    /// - Parameters:
    ///   - pairs: For each of the three one value for each label.
    ///   - tables: For the first two, the first and last, and the last two; nothing where there is nothing to add.
    mutating func run(_ pairs: [[Cost]], _ tables: [[Cost]?]) -> [Cost] {
        let labels = layout.labels
        if columns.isEmpty {
            columns = Array(repeating: 0, count: labels * layout.width)
            last = columns
        }
        if let table = tables[1] {
            Cost.unroll(&columns, table, pairs[2], labels, labels)
        } else {
            Cost.unroll(&columns, pairs[2], nil, labels, 1)
        }
        if let table = tables[2] { Cost.unroll(&last, table, nil, labels, labels) }
        var result = [Cost](repeating: 0, count: labels * layout.stride)
        Cost.foldThree(
            &result, labels, pairs[0], pairs[1], tables[0], columns, tables[1] == nil ? 0 : layout.width,
            tables[2] == nil ? nil : last)
        return result
    }
}
