/// Least costs in a whole cluster of the labels of a bucket's variables (min-marginals).
struct Belief {
    private let layout: RowLayout
    private let scopeCount: Int
    private var places: Int32.Places
    /// For pairs of places; empty where no child wants them.
    private var pairs: Int32.Places

    /// - Parameter wanted: Whether a child wants the costs of the pairs of places (0, 1), (0, 2), (1, 2).
    init(layout: RowLayout, scopeCount: Int, wanted: [Bool]) {
        self.layout = layout
        self.scopeCount = scopeCount
        let row = [Int32](repeating: 0, count: layout.stride)
        places = Int32.Places(first: row, second: row, third: row)
        let table = [Int32](repeating: 0, count: layout.labels * layout.stride)
        pairs = Int32.Places(
            first: wanted[0] ? table : [], second: wanted[1] ? table : [], third: wanted[2] ? table : [])
    }

    /// Costs of the labels at a place.
    func costs(ofPlace place: Int) -> [Int32] { places[place] }

    /// Costs of the labels at a pair of places.
    func costs(ofPair slot: Int) -> [Int32] { pairs[slot] }

    /// - Parameters:
    ///   - own: Costs by place, with messages.
    ///   - tables: Costs by pair of places, with messages.
    ///   - outside: What the rest of the cluster adds, unrolled; nothing for a scope of one.
    ///   - least: Least cost of the cluster.
    mutating func compute(_ own: [[Int32]], _ tables: [[Int32]?], _ outside: [Int32], _ least: Int32) {
        switch scopeCount {
        case 1:
            let rest = least - own[0][..<layout.labels].min()!
            places.first = own[0].map { $0 + rest }
        case 2:
            Int32.believeTwo(
                layout.labels, own, tables[0], outside, first: &places.first, second: &places.second,
                both: &pairs.first)
        default:
            Int32.believeThree(layout.labels, own, tables, outside, places: &places, pairs: &pairs)
        }
    }
}
