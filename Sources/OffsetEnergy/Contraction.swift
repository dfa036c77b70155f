/// A problem in which groups of variables keep their differences: what is left to choose is how far each group shifts.
struct Contraction: Sendable {
    /// One variable for each group, whose label is the shift.
    let problem: CyclicProblem
    /// The group of each variable.
    let groups: [Int]

    /// - Parameters:
    ///   - choice: Labels of the problem's variables before any shift.
    ///   - groups: Number of each variable's group.
    init(_ problem: CyclicProblem, choice: [Int], groups: [Int], groupCount: Int) {
        self.groups = groups
        let labels = problem.labels
        var known: [[(other: Int, pair: Int)]] = Array(repeating: [], count: groupCount)
        var pairs: [CyclicProblem.Pair] = []
        /// Adds the table of a pair of variables to that of their groups.
        func add(_ from: Int, _ to: Int, _ value: (Int) -> Double) {
            let isReversed = groups[from] > groups[to]
            let (low, high) = isReversed ? (groups[to], groups[from]) : (groups[from], groups[to])
            let start = choice[to] - choice[from]
            // Lists are kept at the higher number, because group 0 has many neighbours.
            var number = known[high].first { $0.other == low }?.pair
            if number == nil {
                number = pairs.count
                known[high].append((low, pairs.count))
                pairs.append(
                    CyclicProblem.Pair(from: low, to: high, table: [Double](repeating: 0, count: labels)))
            }
            for shift in 0..<labels {
                pairs[number!].table[shift] += value(remainder(start + (isReversed ? -shift : shift), labels))
            }
        }
        for pair in problem.pairs where groups[pair.from] != groups[pair.to] {
            add(pair.from, pair.to) { pair.table[$0] }
        }
        var triples: [CyclicProblem.Triple] = []
        for triple in problem.triples {
            let (a, b, c) = (triple.first, triple.second, triple.third)
            let (row, column) = (choice[b] - choice[a], choice[c] - choice[a])
            func value(_ one: Int, _ other: Int) -> Double {
                triple.table[remainder(one, labels) * labels + remainder(other, labels)]
            }
            switch (groups[a] == groups[b], groups[a] == groups[c], groups[b] == groups[c]) {
            case (true, true, _): break
            case (true, false, _): add(a, c) { value(row, $0) }
            case (false, true, _): add(a, b) { value($0, column) }
            case (false, false, true): add(a, b) { value($0, $0 - row + column) }
            default:
                var table: [Double] = []
                table.reserveCapacity(labels * labels)
                for one in 0..<labels { for other in 0..<labels { table.append(value(row + one, column + other)) } }
                triples.append(
                    CyclicProblem.Triple(first: groups[a], second: groups[b], third: groups[c], table: table))
            }
        }
        self.problem = CyclicProblem(labels: labels, variableCount: groupCount, pairs: pairs, triples: triples)
    }

    /// Labels after the shifts.
    func apply(_ shifts: [Int], to choice: [Int]) -> [Int] {
        choice.indices.map { remainder(choice[$0] + shifts[groups[$0]], problem.labels) }
    }
}
