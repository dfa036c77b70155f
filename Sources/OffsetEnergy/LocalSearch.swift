import SignalModel

/// Makes labels better by choosing those of many variables at once, exactly, while the others are held.
struct LocalSearch: Sendable {
    let problem: CyclicProblem
    private let neighbours: [[Int]]
    private(set) var choice: [Int]
    private(set) var value: Double
    private var generator: SeededGenerator

    init(_ problem: CyclicProblem, choice: [Int], seed: UInt64) {
        self.problem = problem
        neighbours = problem.neighbours()
        self.choice = choice
        value = problem.value(of: choice)
        generator = SeededGenerator(seed: seed)
    }

    /// Chooses anew the labels of a random set of variables that is narrow enough.
    mutating func improve(limit: Int) {
        guard problem.variableCount > 1 else { return }
        let free = FreeSet(neighbours: neighbours, held: nil, limit: limit, generator: &generator)
        shift(free.groups, free.groupCount)
    }

    private mutating func shift(_ groups: [Int], _ groupCount: Int) {
        let contraction = Contraction(problem, choice: choice, groups: groups, groupCount: groupCount)
        guard
            let order = EliminationOrder(
                neighbours: contraction.problem.neighbours(), last: 0, limit: Elimination.greatestWidth)
        else { return }
        var elimination = Elimination(contraction.problem, order)
        let better = contraction.apply(elimination.solve(), to: choice)
        let betterValue = problem.value(of: better)
        if betterValue <= value { (choice, value) = (better, betterValue) }
    }

    /// Shifts a random connected set of variables at random, improves, and goes back unless that was worth it.
    mutating func perturb(size: Int, limit: Int, rounds: Int) {
        let before = self.choice
        let valueBefore = value
        var members = [Int.random(in: 0..<problem.variableCount, using: &generator)]
        var isIn = Set(members)
        var place = 0
        while members.count < size, place < members.count {
            for neighbour in neighbours[members[place]] where members.count < size && isIn.insert(neighbour).inserted {
                members.append(neighbour)
            }
            place += 1
        }
        for member in members { choice[member] = Int.random(in: 0..<problem.labels, using: &generator) }
        value = problem.value(of: choice)
        for _ in 0..<rounds { improve(limit: limit) }
        if value > valueBefore { (choice, value) = (before, valueBefore) }
    }
}
