import Parallel

/// A lower bound of a problem's least cost: costs are divided between clusters, each of which is solved exactly.
///
/// Whatever the division, the sum of the clusters' least costs and of the least of what is in none is a bound. Visits to
/// the clusters change the division such that the bound rises (block-coordinate ascent on the dual, as in Globerson and
/// Jaakkola 2007 and Sontag et al. 2008, with clusters of many variables). Clusters of few are worth little: as nothing
/// but differences of labels counts, every single pair can be at its best.
struct DualBound {
    private let layout: RowLayout
    private let clusters: [Cluster]
    private let whole: WholeCosts
    /// Numbers of clusters that have no edge in common, group by group.
    private var groups: [[Int]] = []
    /// What of each pair is in no cluster.
    private var free: [[Int32]]
    /// What of each edge is in each cluster, seen from the variable taken away first.
    private var costs: [[[Int32]]]
    private var leasts: [Int32]
    /// The greatest bound so far, in the unit of the problem.
    private(set) var bound: Double

    /// Of what a cluster does not need for its least cost, the share that it gives away on a visit.
    private static let share = 0.5

    init(_ problem: CyclicProblem, clusters: [Cluster]) {
        layout = RowLayout(labels: problem.labels)
        self.clusters = clusters
        whole = WholeCosts(problem)
        free = whole.pairs
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
        bound = whole.constant
        bound = currentBound
    }

    private var currentBound: Double {
        var sum: Int64 = 0
        for least in leasts { sum += Int64(least) }
        for table in free { sum += Int64(table.min()!) }
        return whole.constant + Double(sum) * whole.quantum
    }

    /// Visits all clusters again and again.
    ///
    /// - Parameter enough: A value that the bound need not exceed.
    mutating func raise(_ settings: SolverSettings, enough: Double) {
        for _ in 0..<settings.boundSweeps where !settings.isEnough(bound, enough) {
            for group in groups where !settings.shouldStop() { visit(group, threads: settings.threads) }
            bound = max(bound, currentBound)
        }
    }

    private mutating func visit(_ group: [Int], threads: Int) {
        let (now, known) = (costs, free)
        let (clusters, layout, whole) = (clusters, layout, whole)
        let passes = parallelMap(count: group.count, threads: threads) { place in
            let cluster = clusters[group[place]]
            var pass = ClusterPass(cluster, layout, whole, costs: now[group[place]])
            pass.take(known)
            pass.run(share: Self.share)
            return (costs: pass.costs, given: pass.given, least: pass.least)
        }
        for (place, pass) in passes.enumerated() {
            let number = group[place]
            costs[number] = pass.costs
            leasts[number] = pass.least
            for (index, edge) in clusters[number].edges.enumerated() {
                free[edge.pair] = edge.isReversed ? reversedDifferences(pass.given[index]) : pass.given[index]
            }
        }
    }
}
