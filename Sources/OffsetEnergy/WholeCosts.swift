/// Costs of a problem as whole numbers, rounded down: sums of them are exact, and bounds of them are bounds of the costs.
struct WholeCosts: Sendable {
    /// Value of one whole number.
    let quantum: Double
    /// Sum of the least costs, which the whole numbers leave out.
    let constant: Double
    /// Tables of the pairs, not negative.
    let pairs: [[Int32]]
    /// Tables of the triples, not negative, rows of the stride.
    let triples: [[Int32]]

    /// The greatest number in a table, and the greatest in size that a cluster may hold of an edge.
    ///
    /// The sum over the edges of a cluster is less than 2²⁸ then.
    static let greatest: Int32 = 1 << 22

    /// The most that is taken from what is in no cluster.
    static let mostFree: Int32 = 1 << 29

    init(_ problem: CyclicProblem) {
        // Where a few tables differ much more than the others, their great costs are taken for less than they are.
        let tables = problem.pairs.map(\.table) + problem.triples.map(\.table)
        let ranges = tables.map { $0.max()! - $0.min()! }.filter { $0 > 0 }.sorted()
        let quantum = ranges.isEmpty ? 1 : max(ranges[ranges.count / 2] / Double(1 << 16), .leastNormalMagnitude)
        var constant = 0.0
        func whole(_ table: [Double]) -> [Int32] {
            let least = table.min()!
            constant += least
            return table.map { Int32(min(Double(Self.greatest), (($0 - least) / quantum).rounded(.down))) }
        }
        pairs = problem.pairs.map { whole($0.table) }
        let layout = RowLayout(labels: problem.labels)
        triples = problem.triples.map { triple in
            let table = whole(triple.table)
            var result = [Int32](repeating: 0, count: layout.labels * layout.stride)
            for row in 0..<layout.labels {
                for column in 0..<layout.labels {
                    result[row * layout.stride + column] = table[row * layout.labels + column]
                }
            }
            return result
        }
        self.quantum = quantum
        self.constant = constant
    }
}
