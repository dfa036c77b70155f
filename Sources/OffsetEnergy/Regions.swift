import SignalModel

/// Connected sets of variables that do not touch each other: a problem cut along random lines.
struct Regions: Sendable {
    /// Variables of each region; those at the borders are in none.
    private(set) var members: [[Int]]
    private let region: [Int]

    /// Grows regions around random variables until they meet.
    ///
    /// - Parameter held: A variable that is in none, and through which none grows.
    init(neighbours: [[Int]], held: Int?, size: Int, generator: inout SeededGenerator) {
        let count = neighbours.count
        var nearest = [Int](repeating: -1, count: count)
        let candidates = (0..<count).filter { $0 != held }.shuffled(using: &generator)
        var front = Array(candidates[..<min(candidates.count, max(1, count / size))])
        for (number, variable) in front.enumerated() { nearest[variable] = number }
        members = Array(repeating: [], count: front.count)
        while !front.isEmpty {
            var next: [Int] = []
            for variable in front {
                for neighbour in neighbours[variable] where nearest[neighbour] < 0 && neighbour != held {
                    nearest[neighbour] = nearest[variable]
                    next.append(neighbour)
                }
            }
            front = next
        }
        // Of two neighbours in different regions the one with the higher number is held.
        var region = nearest
        for variable in 0..<count {
            for neighbour in neighbours[variable]
            where neighbour < variable && region[neighbour] >= 0 && region[neighbour] != nearest[variable] {
                region[variable] = -1
            }
        }
        self.region = region
        for variable in 0..<count where region[variable] >= 0 { members[region[variable]].append(variable) }
    }

    /// The costs in which a member of each region takes part.
    func problems(of problem: CyclicProblem) -> [CyclicProblem] {
        var result = members.map { _ in
            CyclicProblem(labels: problem.labels, variableCount: problem.variableCount, pairs: [])
        }
        for pair in problem.pairs {
            let own = max(region[pair.from], region[pair.to])
            if own >= 0 { result[own].pairs.append(pair) }
        }
        for triple in problem.triples {
            let own = max(region[triple.first], region[triple.second], region[triple.third])
            if own >= 0 { result[own].triples.append(triple) }
        }
        return result
    }
}
