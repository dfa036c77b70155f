/// Chooses clusters such that the blocks around each variable are together in one, where that is narrow enough.
struct ClusterCover {
    private(set) var clusters: [Cluster] = []

    private let problem: CyclicProblem
    private let cycles: [[Int]]
    private var cyclesOfEdge: [[Int]]
    private var cyclesOfVariable: [[Int]]

    /// The most pairs of a cycle that is looked for.
    private static let longestCycle = 14

    init(_ problem: CyclicProblem) {
        self.problem = problem
        let edges = problem.pairs.map { (from: $0.from, to: $0.to) }
        cycles = ShortCycles(edges: edges, vertexCount: problem.variableCount, longest: Self.longestCycle).cycles
        cyclesOfEdge = Array(repeating: [], count: edges.count)
        cyclesOfVariable = Array(repeating: [], count: problem.variableCount)
        for (number, cycle) in cycles.enumerated() {
            for edge in cycle { cyclesOfEdge[edge].append(number) }
            for variable in Set(cycle.flatMap { [edges[$0].from, edges[$0].to] }) {
                cyclesOfVariable[variable].append(number)
            }
        }
        addTriples()
        grow()
    }

    /// A cluster of its own for each triple.
    private mutating func addTriples() {
        var numbers: [[Int]: Int] = [:]
        for (number, pair) in problem.pairs.enumerated() { numbers[[pair.from, pair.to]] = number }
        for (number, triple) in problem.triples.enumerated() {
            let members = triple.members.sorted()
            let pairs = [[0, 1], [0, 2], [1, 2]].map { numbers[[members[$0[0]], members[$0[1]]]]! }
            clusters.append(Cluster(problem, pairs: pairs, triples: [number])!)
        }
    }

    private mutating func grow() {
        var isCovered = [Bool](repeating: false, count: problem.variableCount)
        for seed in 0..<problem.variableCount where !isCovered[seed] && !cyclesOfVariable[seed].isEmpty {
            var growth = ClusterGrowth(problem, cycles)
            // A variable with very many neighbours is nobody's middle.
            for cycle in cyclesOfVariable[seed].prefix(12) { growth.add(cycle) }
            while let cycle = growth.next(cyclesOfEdge) { growth.add(cycle) }
            isCovered[seed] = true
            for variable in growth.variables where !isCovered[variable] {
                isCovered[variable] = cyclesOfVariable[variable].allSatisfy { growth.cycles.contains($0) }
            }
            if let cluster = growth.cluster { clusters.append(cluster) }
        }
    }
}
