/// A lower bound of a problem's least cost: costs are divided between clusters, each of which is solved exactly.
///
/// Whatever the division, the sum of the clusters' least costs and of the least of what is not in any is a bound. Visits
/// to the clusters change the division such that the bound rises (block-coordinate ascent on the dual, as in Globerson
/// and Jaakkola 2007 and Sontag et al. 2008).
struct DualBound {
    let problem: CyclicProblem
    let layout: RowLayout
    let clusters: [Cluster]
    /// Numbers of clusters that have no edge in common, group by group.
    private var groups: [[Int]] = []
    /// What of each pair is in no cluster.
    private(set) var free: [[Int32]]
    private var costs: [[[Int32]]]
    private var leasts: [Int32]
    /// Value of one whole number.
    let quantum: Double
    let constant: Double

    init(_ problem: CyclicProblem, clusters: [Cluster]) {
        self.problem = problem
        layout = RowLayout(labels: problem.labels)
        self.clusters = clusters
        let ranges = problem.pairs.map { $0.table.max()! - $0.table.min()! }
        quantum = max(ranges.max() ?? 0, 1e-300) / Double(1 << 19)
        var constant = 0.0
        let quantum = quantum
        free = problem.pairs.map { pair in
            let least = pair.table.min()!
            constant += least
            return pair.table.map { Int32((($0 - least) / quantum).rounded(.down)) }
        }
        self.constant = constant
        costs = clusters.map { $0.edges.map { _ in [Int32](repeating: 0, count: problem.labels) } }
        leasts = clusters.map { _ in 0 }
        var usedBy = [[Int]](repeating: [], count: problem.pairs.count)
        for (number, cluster) in clusters.enumerated() {
            let taken = Set(cluster.edges.flatMap { usedBy[$0.pair] })
            let group = (0...).first { !taken.contains($0) }!
            if group == groups.count { groups.append([]) }
            groups[group].append(number)
            for edge in cluster.edges { usedBy[edge.pair].append(group) }
        }
    }

    var bound: Double {
        var sum: Int64 = 0
        for least in leasts { sum += Int64(least) }
        for table in free { sum += Int64(table.min()!) }
        return constant + Double(sum) * quantum
    }

    var groupCount: Int { groups.count }

    mutating func sweep(share: Double, threads: Int, backward: Bool = false) {
        for group in backward ? groups.reversed() : groups {
            let (now, known) = (costs, free)
            let (clusters, layout) = (clusters, layout)
            let passes = parallelMap(count: group.count, threads: threads) { place in
                let cluster = clusters[group[place]]
                var own = now[group[place]]
                for (number, edge) in cluster.edges.enumerated() {
                    let more = known[edge.pair]
                    for label in 0..<layout.labels {
                        own[number][label] += more[edge.isReversed ? (label == 0 ? 0 : layout.labels - label) : label]
                    }
                }
                var pass = ClusterPass(cluster, layout, costs: own)
                pass.run(share: share)
                return (pass.costs, pass.given, pass.least)
            }
            for (place, (own, given, least)) in passes.enumerated() {
                let number = group[place]
                costs[number] = own
                leasts[number] = least
                for (index, edge) in clusters[number].edges.enumerated() {
                    free[edge.pair] = edge.isReversed ? reversedDifferences(given[index]) : given[index]
                }
            }
        }
    }
}
