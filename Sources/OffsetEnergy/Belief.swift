import CMinPlus

/// Least costs in a whole cluster of the labels of a bucket's variables (min-marginals).
struct Belief {
    private let layout: RowLayout
    private let scopeCount: Int
    private var first: [Int32]
    private var second: [Int32]
    private var third: [Int32]
    /// For pairs of places; empty where no child wants them.
    private var firstSecond: [Int32] = []
    private var firstThird: [Int32] = []
    private var secondThird: [Int32] = []

    /// - Parameter wanted: Whether a child wants the costs of the pairs of places (0, 1), (0, 2), (1, 2).
    init(layout: RowLayout, scopeCount: Int, wanted: [Bool]) {
        self.layout = layout
        self.scopeCount = scopeCount
        first = [Int32](repeating: 0, count: layout.stride)
        second = first
        third = first
        let table = [Int32](repeating: 0, count: layout.labels * layout.stride)
        if wanted[0] { firstSecond = table }
        if wanted[1] { firstThird = table }
        if wanted[2] { secondThird = table }
    }

    /// Costs of the labels at a place.
    func costs(ofPlace place: Int) -> [Int32] { place == 0 ? first : place == 1 ? second : third }

    /// Costs of the labels at a pair of places.
    func costs(ofPair slot: Int) -> [Int32] { slot == 0 ? firstSecond : slot == 1 ? firstThird : secondThird }

    /// - Parameters:
    ///   - own: Costs by place, with messages.
    ///   - tables: Costs by pair of places, with messages.
    ///   - outside: What the rest of the cluster adds, unrolled; nothing for a scope of one.
    ///   - least: Least cost of the cluster.
    mutating func compute(_ own: [[Int32]], _ tables: [[Int32]?], _ outside: [Int32], _ least: Int32) {
        let labels = Int64(layout.labels)
        switch scopeCount {
        case 1:
            let rest = least - own[0][..<layout.labels].min()!
            first = own[0].map { $0 + rest }
        case 2:
            withPointer(tables[0]) { t01 in
                withPointer(&firstSecond) { m01 in
                    minplus_belief2_i32(labels, own[0], own[1], t01, outside, &first, &second, m01)
                }
            }
        default:
            withPointer(tables[0]) { t01 in
                withPointer(tables[1]) { t02 in
                    withPointer(tables[2]) { t12 in
                        computeThree(own, t01, t02, t12, outside)
                    }
                }
            }
        }
    }

    private mutating func computeThree(
        _ own: [[Int32]], _ t01: UnsafePointer<Int32>?, _ t02: UnsafePointer<Int32>?, _ t12: UnsafePointer<Int32>?,
        _ outside: [Int32]
    ) {
        withPointer(&firstSecond) { m01 in
            withPointer(&firstThird) { m02 in
                withPointer(&secondThird) { m12 in
                    minplus_belief3_i32(
                        Int64(layout.labels), own[0], own[1], own[2], t01, t02, t12, outside, &first, &second, &third,
                        m01, m02, m12)
                }
            }
        }
    }
}
