/// A cluster that takes in cycle after cycle, as long as it stays narrow and small enough.
struct ClusterGrowth {
    private(set) var cluster: Cluster?
    /// Numbers of the cycles that are in it.
    private(set) var cycles: Set<Int> = []
    private(set) var variables: Set<Int> = []

    private let problem: CyclicProblem
    private let allCycles: [[Int]]
    private var pairs: [Int] = []
    private var isIn: Set<Int> = []
    private var rejected: Set<Int> = []

    init(_ problem: CyclicProblem, _ allCycles: [[Int]]) {
        self.problem = problem
        self.allCycles = allCycles
    }

    /// Takes a cycle in unless that is too much.
    mutating func add(_ cycle: Int) {
        let extra = allCycles[cycle].filter { !isIn.contains($0) }
        guard pairs.count + extra.count <= Cluster.mostEdges,
            let wider = extra.isEmpty ? cluster : Cluster(problem, pairs: pairs + extra)
        else {
            rejected.insert(cycle)
            return
        }
        cluster = wider
        cycles.insert(cycle)
        pairs += extra
        isIn.formUnion(extra)
        for pair in extra { variables.formUnion([problem.pairs[pair].from, problem.pairs[pair].to]) }
    }

    /// The cycle to try next: the one with the most pairs inside and the fewest outside.
    func next(_ cyclesOfPair: [[Int]]) -> Int? {
        guard pairs.count < Cluster.mostEdges else { return nil }
        var best: (score: Int, cycle: Int)?
        for pair in pairs {
            for cycle in cyclesOfPair[pair] where !cycles.contains(cycle) && !rejected.contains(cycle) {
                let shared = allCycles[cycle].count { isIn.contains($0) }
                let score = 2 * shared - allCycles[cycle].count
                if best == nil || score > best!.score || (score == best!.score && cycle < best!.cycle) {
                    best = (score, cycle)
                }
            }
        }
        return best?.cycle
    }
}
