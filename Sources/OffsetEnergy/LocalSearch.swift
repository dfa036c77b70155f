import SignalModel

/// Makes labels better by choosing those of many variables at once, exactly, while the others are held.
struct LocalSearch: Sendable {
    let problem: CyclicProblem
    /// A variable whose label stays, as far as single moves go.
    let held: Int?
    private let neighbours: [[Int]]
    private(set) var choice: [Int]
    private(set) var value: Double
    private var generator: SeededGenerator

    /// Table values that a move may look at which turns out wider than it was to be.
    private static let mostWork = 1e9

    init(_ problem: CyclicProblem, held: Int?, choice: [Int], seed: UInt64) {
        self.problem = problem
        self.held = held
        neighbours = problem.neighbours()
        self.choice = choice
        value = problem.value(of: choice)
        generator = SeededGenerator(seed: seed)
    }

    /// Chooses anew the labels of a random set of variables that is narrow enough; never for the worse.
    ///
    /// - Parameter limit: Width of what is solved, at most that of ``Elimination``.
    mutating func improve(limit: Int) {
        guard problem.variableCount > 1 else { return }
        let free = FreeSet(neighbours: neighbours, held: held, limit: limit, generator: &generator)
        let contraction = Contraction(problem, choice: choice, groups: free.groups, groupCount: free.groupCount)
        guard
            let order = EliminationOrder(
                neighbours: contraction.problem.neighbours(), last: 0, limit: Elimination.greatestWidth),
            order.width <= limit || Elimination.work(order, labels: problem.labels) <= Self.mostWork
        else { return }
        var elimination = Elimination(contraction.problem, order)
        take(contraction.apply(elimination.solve(), to: choice))
    }

    /// Changes labels in many places, makes that better, and keeps of it what is worth keeping, place by place.
    mutating func explore() {
        var other = self
        other.scatter()
        other.improve(limit: 2)
        other.improve(limit: 2)
        other.improve(limit: 3)
        generator = other.generator
        merge(other.choice)
    }

    /// Draws the labels of small neighbourhoods anew.
    private mutating func scatter() {
        let count = 1 + problem.variableCount / 60
        for _ in 0..<count {
            let size = Int.random(in: 2...12, using: &generator)
            var members = [Int.random(in: 0..<problem.variableCount, using: &generator)]
            var isIn = Set(members)
            var place = 0
            while members.count < size, place < members.count {
                if members[place] != held {
                    for neighbour in neighbours[members[place]]
                    where members.count < size && isIn.insert(neighbour).inserted {
                        members.append(neighbour)
                    }
                }
                place += 1
            }
            // All by the same amount, or each for itself.
            let isRigid = Bool.random(using: &generator)
            let shift = Int.random(in: 0..<problem.labels, using: &generator)
            for member in members where member != held {
                let own = isRigid ? shift : Int.random(in: 0..<problem.labels, using: &generator)
                choice[member] = remainder(choice[member] + own, problem.labels)
            }
        }
        value = problem.value(of: choice)
    }

    /// Combines with other labels: where both have the same differences, these stay, and all such parts are shifted anew.
    ///
    /// The result is not worse than either when what is left to choose is narrow, and never worse than before.
    mutating func merge(_ other: [Int]) {
        let labels = problem.labels
        var sets = DisjointSets(count: problem.variableCount)
        for pair in problem.pairs {
            let (one, another) = (choice[pair.to] - choice[pair.from], other[pair.to] - other[pair.from])
            if remainder(one - another, labels) == 0 { sets.join(pair.from, pair.to) }
        }
        var groups = [Int](repeating: 0, count: problem.variableCount)
        var numbers: [Int: Int] = [:]
        for variable in groups.indices {
            let root = sets.root(of: variable)
            if numbers[root] == nil { numbers[root] = numbers.count }
            groups[variable] = numbers[root]!
        }
        guard numbers.count > 1 else { return }
        let contraction = Contraction(problem, choice: choice, groups: groups, groupCount: numbers.count)
        let reduction = Reduction(contraction.problem, keeping: nil)
        let core = reduction.core
        if let order = EliminationOrder(neighbours: core.neighbours(), last: nil, limit: 3) {
            var elimination = Elimination(core, order)
            take(contraction.apply(reduction.extend(elimination.solve()), to: choice))
        } else {
            // From the other's shifts as well as from none.
            var moved = [Int](repeating: 0, count: numbers.count)
            for variable in groups.indices { moved[groups[variable]] = other[variable] - choice[variable] }
            for start in [moved, [Int](repeating: 0, count: numbers.count)] {
                let kept = reduction.kept.map { remainder(start[$0], labels) }
                var search = LocalSearch(core, held: nil, choice: kept, seed: generator.next())
                for _ in 0..<3 { search.improve(limit: 3) }
                take(contraction.apply(reduction.extend(search.choice), to: choice))
            }
        }
    }

    /// Takes labels that are not worse.
    mutating func take(_ other: [Int]) {
        let otherValue = problem.value(of: other)
        if otherValue <= value { (choice, value) = (other, otherValue) }
    }
}
