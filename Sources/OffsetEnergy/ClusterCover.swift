import SignalModel

/// Chooses clusters such that the blocks around each variable are together in one, where that is narrow enough.
struct ClusterCover {
    private(set) var clusters: [Cluster] = []

    /// - Parameters:
    ///   - mostEdges: Edges of a cluster at which it stops growing.
    init(_ problem: CyclicProblem, mostEdges: Int, layers: Int = 1) {
        let edges = problem.pairs.map { (from: $0.from, to: $0.to) }
        let cycles = ShortCycles(edges: edges, vertexCount: problem.variableCount, longest: 14).cycles
        var cyclesOfEdge = [[Int]](repeating: [], count: edges.count)
        var cyclesOfVertex = [[Int]](repeating: [], count: problem.variableCount)
        for (number, cycle) in cycles.enumerated() {
            var vertices: Set<Int> = []
            for edge in cycle {
                cyclesOfEdge[edge].append(number)
                vertices.insert(edges[edge].from)
                vertices.insert(edges[edge].to)
            }
            for vertex in vertices.sorted() { cyclesOfVertex[vertex].append(number) }
        }
        var covered = [Int](repeating: 0, count: problem.variableCount)
        for layer in 1...layers {
        for seed in 0..<problem.variableCount where covered[seed] < layer && !cyclesOfVertex[seed].isEmpty {
            var isIn = Set<Int>()
            var inEdges = Set<Int>()
            var vertices = Set<Int>()
            var rejected = Set<Int>()
            var best: Cluster?
            var list: [Int] = []
            func attempt(_ cycle: Int) {
                let extra = cycles[cycle].filter { !inEdges.contains($0) }
                guard list.count + extra.count <= Cluster.mostEdges, let cluster = Cluster(problem, pairs: list + extra) else {
                    rejected.insert(cycle)
                    return
                }
                best = cluster
                isIn.insert(cycle)
                list += extra
                for edge in extra {
                    inEdges.insert(edge)
                    vertices.insert(edges[edge].from)
                    vertices.insert(edges[edge].to)
                }
            }
            for cycle in cyclesOfVertex[seed] { attempt(cycle) }
            while list.count < mostEdges {
                // The cycle that completes the most: few edges more, many shared.
                var candidate: (score: Double, cycle: Int)?
                for edge in list {
                    for cycle in cyclesOfEdge[edge] where !isIn.contains(cycle) && !rejected.contains(cycle) {
                        let shared = cycles[cycle].filter { inEdges.contains($0) }.count
                        let extra = cycles[cycle].count - shared
                        let score = Double(shared) - Double(extra)
                        if candidate == nil || score > candidate!.score || (score == candidate!.score && cycle < candidate!.cycle) {
                            candidate = (score, cycle)
                        }
                    }
                }
                guard let candidate else { break }
                attempt(candidate.cycle)
            }
            covered[seed] = layer
            for vertex in vertices where covered[vertex] < layer && cyclesOfVertex[vertex].allSatisfy({ isIn.contains($0) }) {
                covered[vertex] = layer
            }
            if let best { clusters.append(best) }
        }
        }
    }
}
