/// One visit to a cluster: takes costs in, solves it exactly, and gives away what the solution does not need.
///
/// Upward, each bucket sends the least costs of what lies below it; downward, each learns the least costs of all labels
/// of its variables in the whole cluster (min-marginals), gives a share of what its own edges cost above the least, and
/// passes the rest on. The least cost of the cluster stays what it was.
struct ClusterPass {
    private let cluster: Cluster
    private let layout: RowLayout
    private let whole: WholeCosts
    /// Costs of the cluster's edges, seen from the variable taken away first.
    private(set) var costs: [[Int32]]
    /// What was given away, likewise.
    private(set) var given: [[Int32]]
    /// The least cost of the cluster.
    private(set) var least: Int32 = 0
    private var pairCosts: [[[Int32]]] = []
    private var tripleCosts: [[[Int32]?]] = []
    private var messages: [[Int32]] = []
    private var threeFold: ThreeFold<Int32>

    init(_ cluster: Cluster, _ layout: RowLayout, _ whole: WholeCosts, costs: [[Int32]]) {
        self.cluster = cluster
        self.layout = layout
        self.whole = whole
        self.costs = costs
        threeFold = ThreeFold(layout)
        given = costs.map { [Int32](repeating: 0, count: $0.count) }
    }

    /// Takes in what of the cluster's edges is in no cluster, as far as there is room.
    ///
    /// - Parameter free: That of all pairs of the problem. All of the cluster's is taken or stands in `given` afterwards.
    mutating func take(_ free: [[Int32]]) {
        for (number, edge) in cluster.edges.enumerated() {
            let more = edge.isReversed ? reversedDifferences(free[edge.pair]) : free[edge.pair]
            for label in 0..<layout.labels {
                // Taking costs for less than they are leaves a bound a bound, and keeps sums in range.
                let sum = costs[number][label] + min(WholeCosts.mostFree, more[label])
                let kept = min(WholeCosts.greatest, max(-WholeCosts.greatest, sum))
                costs[number][label] = kept
                given[number][label] = sum - kept
            }
        }
    }

    /// Solves the cluster.
    ///
    /// - Parameter share: How much of what could be given is, 0 ... 1.
    mutating func run(share: Double) {
        sendUp()
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
        tripleCosts = cluster.buckets.map { $0.triples.map { $0 < 0 ? nil : table(of: cluster.triples[$0]) } }
        messages = cluster.buckets.map { _ in [] }
        least = 0
        for (number, bucket) in cluster.buckets.enumerated() {
            let message = message(number, bucket)
            guard bucket.parent >= 0 else {
                least += message.first ?? 0
                continue
            }
            if bucket.scopeCount == 2 {
                Int32.add(message, times: 1, to: &pairCosts[bucket.parent][bucket.parentSlot])
            } else if tripleCosts[bucket.parent][bucket.parentSlot] == nil {
                tripleCosts[bucket.parent][bucket.parentSlot] = message
            } else {
                Int32.add(message, times: 1, to: &tripleCosts[bucket.parent][bucket.parentSlot]!)
            }
            messages[number] = message
        }
    }

    /// Costs of a triple relative to the member that is taken away first.
    private func table(of triple: Cluster.Triple) -> [Int32] {
        let labels = layout.labels
        var result = [Int32](repeating: 0, count: labels * layout.stride)
        for row in 0..<labels {
            for column in 0..<labels {
                let members = triple.ranks.map { [0, row, column][$0] }
                let place = remainder(members[1] - members[0], labels) * layout.stride
                result[row * layout.stride + column] =
                    whole.triples[triple.number][place + remainder(members[2] - members[0], labels)]
            }
        }
        return result
    }

    private mutating func message(_ number: Int, _ bucket: Cluster.Bucket) -> [Int32] {
        let (pairs, triples) = (pairCosts[number], tripleCosts[number])
        switch bucket.scopeCount {
        case 0: return []
        case 1: return [pairs[0][..<layout.labels].min()!]
        case 2:
            return layout.fold(pairs[0], pairs[1], triples[0])
        default:
            return threeFold.run(pairs, triples)
        }
    }

    private mutating func passDown(share: Double) {
        // What the rest of the cluster adds to each bucket.
        var outside = cluster.buckets.map { _ in [Int32]() }
        for (number, bucket) in cluster.buckets.enumerated().reversed() where bucket.scopeCount > 0 {
            if bucket.scopeCount > 1 {
                outside[number] = layout.unrolled(outside[number], rows: bucket.scopeCount == 2 ? 1 : layout.labels)
            }
            let hasOwn = bucket.edges.contains { $0 >= 0 }
            if hasOwn {
                var belief = Belief(layout: layout, scopeCount: bucket.scopeCount, wanted: [false, false, false])
                belief.compute(pairCosts[number], tripleCosts[number], outside[number], least)
                give(bucket, number, belief, share)
            }
            guard !bucket.children.isEmpty else { continue }
            let slots = bucket.children.filter { cluster.buckets[$0].scopeCount == 3 }.map {
                cluster.buckets[$0].parentSlot
            }
            var belief = Belief(
                layout: layout, scopeCount: bucket.scopeCount, wanted: (0..<3).map { slots.contains($0) })
            belief.compute(pairCosts[number], tripleCosts[number], outside[number], least)
            for child in bucket.children {
                let slot = cluster.buckets[child].parentSlot
                var rest =
                    cluster.buckets[child].scopeCount == 2
                    ? belief.costs(ofPlace: slot) : belief.costs(ofPair: slot)
                Int32.add(messages[child], times: -1, to: &rest)
                outside[child] = rest
            }
        }
    }

    private mutating func give(_ bucket: Cluster.Bucket, _ number: Int, _ belief: Belief, _ share: Double) {
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
    }
}
