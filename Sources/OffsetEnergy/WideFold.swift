/// Takes away a variable with three or four others in its scope.
struct WideFold {
    let layout: RowLayout
    let factors: [FactorTable]
    /// Variables in the scope.
    let count: Int

    /// The least sum of the factors over the label of the variable, relative to the first of the scope.
    func run() -> [Double] {
        let labels = layout.labels
        let last = count - 1
        let outer = count - 2
        let scalars = factors.filter { $0.places.last! < last - 1 }
        let rowTables = factors.filter { $0.places.last! == last - 1 }
        let columnTables = factors.filter { $0.places.last! == last && !$0.places.contains(last - 1) }
        let slices = factors.filter { $0.places.last! == last && $0.places.contains(last - 1) }
        precondition(slices.count <= 3)
        let unrolled = slices.map { layout.unrolled($0.values, rows: $0.values.count / layout.stride) }
        var blockCount = 1
        for _ in 1..<outer { blockCount *= labels }
        let block = labels * layout.stride
        var result = [Double](repeating: .infinity, count: blockCount * block)
        var rows = [Double](repeating: 0, count: layout.stride)
        var columns = rows
        // Labels of all but the last two, relative to the variable; those after the first as one number.
        for first in 0..<labels {
            for others in 0..<blockCount {
                let label = outer == 1 ? [first] : [first, others]
                var sum = 0.0
                for factor in scalars { sum += factor.values[offset(factor, label, inner: 0)] }
                fill(&rows, rowTables, label, sum)
                fill(&columns, columnTables, label, 0)
                let starts = slices.map { offset($0, label, inner: 2) * layout.width }
                let target = outer == 1 ? 0 : remainder(others - first, labels) * block
                Double.foldSlice(
                    &result, target, labels, first, rows, layout.unrolled(columns), unrolled, starts)
            }
        }
        return result
    }

    private func fill(_ values: inout [Double], _ tables: [FactorTable], _ label: [Int], _ sum: Double) {
        for number in values.indices { values[number] = sum }
        for factor in tables {
            let start = offset(factor, label, inner: 1) * layout.stride
            for number in 0..<layout.labels { values[number] += factor.values[start + number] }
        }
    }

    /// Number of the value, row or slice of rows that belongs to the labels of the outer variables.
    private func offset(_ factor: FactorTable, _ label: [Int], inner: Int) -> Int {
        var index = 0
        for place in factor.places.dropLast(inner) {
            // The last dimension of what has no inner variable is padded.
            let isPadded = inner == 0 && place == factor.places.last
            index = index * (isPadded ? layout.stride : layout.labels) + label[place]
        }
        return inner == 2 ? index * layout.labels : index
    }
}
