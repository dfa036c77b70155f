/// Takes away the variables with at most two neighbours, exactly, again and again.
///
/// What a variable with two neighbours adds at its best label depends on the difference of their labels alone: the
/// min-plus convolution of its two tables. With one neighbour it is a constant. So trees and whatever else is
/// series-parallel disappear.
struct Reduction: Sendable {
    /// A variable that was taken away, and what decides its label.
    private struct Step: Sendable {
        let variable: Int
        /// Neighbours with the costs of (own label − neighbour's label).
        let costs: [(neighbour: Int, table: [Double])]
    }

    /// What is left; its variables are numbered anew.
    let core: CyclicProblem
    /// Number before the reduction of each variable that is left.
    let kept: [Int]
    /// Least cost of what was taken away for good.
    let constant: Double
    private let steps: [Step]
    private let variableCount: Int

    init(_ problem: CyclicProblem, keeping reference: Int?) {
        let layout = RowLayout(labels: problem.labels)
        var tables = problem.pairs.map(\.table)
        var adjacent = [[(neighbour: Int, pair: Int)]](repeating: [], count: problem.variableCount)
        // Tables of a new pair go from the lower to the higher number, as all do.
        for (number, pair) in problem.pairs.enumerated() {
            adjacent[pair.from].append((pair.to, number))
            adjacent[pair.to].append((pair.from, number))
        }
        var isHeld = [Bool](repeating: false, count: problem.variableCount)
        for triple in problem.triples { for member in triple.members { isHeld[member] = true } }
        if let reference { isHeld[reference] = true }
        var isGone = [Bool](repeating: false, count: problem.variableCount)
        var ends = problem.pairs.map { ($0.from, $0.to) }
        var steps: [Step] = []
        var constant = 0.0
        var waiting = Array((0..<problem.variableCount).reversed())
        while let variable = waiting.popLast() {
            guard !isGone[variable], !isHeld[variable], adjacent[variable].count <= 2 else { continue }
            isGone[variable] = true
            let costs = adjacent[variable].map { neighbour, pair in
                (neighbour, neighbour < variable ? tables[pair] : reversedDifferences(tables[pair]))
            }
            steps.append(Step(variable: variable, costs: costs))
            for (neighbour, _) in costs {
                adjacent[neighbour].removeAll { $0.neighbour == variable }
                waiting.append(neighbour)
            }
            if costs.count == 1 { constant += costs[0].1.min()! }
            guard costs.count == 2 else { continue }
            let (low, high) = costs[0].0 < costs[1].0 ? (costs[0], costs[1]) : (costs[1], costs[0])
            // x_high − x_low = (own − low) − (own − high).
            let joined = layout.fold(reversedDifferences(low.1), reversedDifferences(high.1), nil)
            let table = Array(joined[..<problem.labels])
            if let known = adjacent[low.0].first(where: { $0.neighbour == high.0 })?.pair {
                for label in table.indices { tables[known][label] += table[label] }
            } else {
                adjacent[low.0].append((high.0, tables.count))
                adjacent[high.0].append((low.0, tables.count))
                ends.append((low.0, high.0))
                tables.append(table)
            }
        }
        let kept = (0..<problem.variableCount).filter { !isGone[$0] }
        var place = [Int](repeating: -1, count: problem.variableCount)
        for (number, variable) in kept.enumerated() { place[variable] = number }
        var pairs: [CyclicProblem.Pair] = []
        for (number, (from, to)) in ends.enumerated() where !isGone[from] && !isGone[to] {
            pairs.append(CyclicProblem.Pair(from: place[from], to: place[to], table: tables[number]))
        }
        let triples = problem.triples.map {
            CyclicProblem.Triple(
                first: place[$0.first], second: place[$0.second], third: place[$0.third], table: $0.table)
        }
        core = CyclicProblem(labels: problem.labels, variableCount: kept.count, pairs: pairs, triples: triples)
        self.kept = kept
        self.constant = constant
        self.steps = steps
        variableCount = problem.variableCount
    }

    /// Labels of all variables from those of the core: the best for each that was taken away.
    func extend(_ choice: [Int]) -> [Int] {
        let labels = core.labels
        var result = [Int](repeating: 0, count: variableCount)
        for (number, variable) in kept.enumerated() { result[variable] = choice[number] }
        for step in steps.reversed() {
            var best = (cost: Double.infinity, label: 0)
            for label in 0..<labels {
                var cost = 0.0
                for (neighbour, table) in step.costs { cost += table[remainder(label - result[neighbour], labels)] }
                if cost < best.cost { best = (cost, label) }
            }
            result[step.variable] = best.label
        }
        return result
    }
}
