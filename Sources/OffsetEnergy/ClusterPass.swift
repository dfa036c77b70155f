import CMinPlus

/// One visit to a cluster: takes costs in, solves it exactly, and gives away what the solution does not need.
///
/// Upward, each bucket sends the least costs of what lies below it; downward, each learns the least costs of all labels
/// of its variables in the whole cluster (min-marginals), gives a share of what its own edges cost above the least, and
/// passes the rest on. The least cost of the cluster stays what it was.
struct ClusterPass {
    let cluster: Cluster
    let layout: RowLayout
    /// Costs of the cluster's edges, seen from the variable taken away first.
    var costs: [[Int32]]
    /// What was given away, likewise.
    private(set) var given: [[Int32]]
    /// The least cost of the cluster.
    private(set) var least: Int32 = 0
    private var pairCosts: [[[Int32]]] = []
    private var tripleCosts: [[[Int32]?]] = []
    private var messages: [[Int32]] = []

    init(_ cluster: Cluster, _ layout: RowLayout, costs: [[Int32]]) {
        self.cluster = cluster
        self.layout = layout
        self.costs = costs
        given = costs.map { [Int32](repeating: 0, count: $0.count) }
    }

    /// - Parameter share: How much of what could be given is.
    mutating func run(share: Double) {
        sendUp()
        guard share > 0 else { return }
        passDown(share: share)
    }

    private mutating func sendUp() {
        let stride = layout.stride
        let none = [Int32](repeating: 0, count: stride)
        pairCosts = cluster.buckets.map { bucket in
            (0..<3).map { slot in
                let edge = bucket.edges[slot]
                return edge < 0 ? none : costs[edge] + repeatElement(0, count: stride - layout.labels)
            }
        }
        tripleCosts = cluster.buckets.map { _ in [nil, nil, nil] }
        messages = cluster.buckets.map { _ in [] }
        least = 0
        for (number, bucket) in cluster.buckets.enumerated() {
            let message = message(number, bucket)
            guard bucket.parent >= 0 else {
                least += message.first ?? 0
                continue
            }
            if bucket.scopeCount == 2 {
                add(message, to: &pairCosts[bucket.parent][bucket.parentSlot])
            } else if tripleCosts[bucket.parent][bucket.parentSlot] == nil {
                tripleCosts[bucket.parent][bucket.parentSlot] = message
            } else {
                add(message, to: &tripleCosts[bucket.parent][bucket.parentSlot]!)
            }
            messages[number] = message
        }
    }

    private func add(_ message: [Int32], to table: inout [Int32]) {
        message.withUnsafeBufferPointer { from in
            table.withUnsafeMutableBufferPointer { to in
                for number in to.indices { to[number] &+= from[number] }
            }
        }
    }

    private func message(_ number: Int, _ bucket: Cluster.Bucket) -> [Int32] {
        let labels = Int64(layout.labels)
        let (pairs, triples) = (pairCosts[number], tripleCosts[number])
        switch bucket.scopeCount {
        case 0: return []
        case 1: return [pairs[0][..<layout.labels].min()!]
        case 2:
            var result = [Int32](repeating: Int32.max, count: layout.stride)
            let table = triples[0].map { unrolled($0, rows: layout.labels) }
            withPointer(table) { minplus_fold1_i32(&result, labels, pairs[0], unrolled(pairs[1], rows: 1), $0) }
            return result
        default:
            return [Int32](unsafeUninitializedCapacity: layout.labels * layout.stride) { result, count in
                withPointer(triples[0]) { t01 in
                    withPointer(triples[1]) { t02 in
                        withPointer(triples[2].map { unrolled($0, rows: layout.labels) }) { t12 in
                            minplus_up3_i32(
                                result.baseAddress!, labels, pairs[0], pairs[1], pairs[2], t01, t02, t12)
                        }
                    }
                }
                count = layout.labels * layout.stride
            }
        }
    }

    private func unrolled(_ table: [Int32], rows: Int) -> [Int32] {
        [Int32](unsafeUninitializedCapacity: rows * layout.width) { result, count in
            minplus_unroll_i32(result.baseAddress!, table, Int64(layout.labels), Int64(rows))
            count = rows * layout.width
        }
    }

    private mutating func passDown(share: Double) {
        // What the rest of the cluster adds to each bucket.
        var outside = cluster.buckets.map { _ in [Int32]() }
        for (number, bucket) in cluster.buckets.enumerated().reversed() where bucket.scopeCount > 0 {
            let slots = bucket.children.filter { cluster.buckets[$0].scopeCount == 3 }.map { cluster.buckets[$0].parentSlot }
            var belief = Belief(
                layout: layout, scopeCount: bucket.scopeCount, wanted: (0..<3).map { slots.contains($0) })
            if bucket.scopeCount > 1 {
                outside[number] = unrolled(outside[number], rows: bucket.scopeCount == 2 ? 1 : layout.labels)
            }
            belief.compute(pairCosts[number], tripleCosts[number], outside[number], least)
            if give(bucket, number, belief, share) && !bucket.children.isEmpty {
                belief.compute(pairCosts[number], tripleCosts[number], outside[number], least)
            }
            for child in bucket.children {
                let slot = cluster.buckets[child].parentSlot
                var rest =
                    cluster.buckets[child].scopeCount == 2
                    ? belief.costs(ofPlace: slot) : belief.costs(ofPair: slot)
                let message = messages[child]
                rest.withUnsafeMutableBufferPointer { rest in
                    message.withUnsafeBufferPointer { message in
                        for index in rest.indices { rest[index] &-= message[index] }
                    }
                }
                outside[child] = rest
            }
        }
    }

    /// Whether anything was given.
    private mutating func give(_ bucket: Cluster.Bucket, _ number: Int, _ belief: Belief, _ share: Double) -> Bool {
        let own = (0..<bucket.scopeCount).filter { bucket.edges[$0] >= 0 }
        let part = share / Double(own.count)
        for slot in own {
            let edge = bucket.edges[slot]
            let above = belief.costs(ofPlace: slot)
            for label in 0..<layout.labels {
                let gift = Int32(Double(above[label] - least) * part)
                costs[edge][label] -= gift
                given[edge][label] += gift
                pairCosts[number][slot][label] -= gift
            }
        }
        return !own.isEmpty
    }
}
