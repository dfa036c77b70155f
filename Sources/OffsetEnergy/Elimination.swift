/// The labels of least cost, by taking away one variable after the other (Bertelè and Brioschi 1972, bucket elimination).
///
/// What a variable adds at its best label is a table over its scope: the variables left that it shares costs with. As
/// only differences count, the table of a scope of k variables has one dimension less. The labels of all its members are
/// relative to the first of the scope, which is the one that the table goes to, because it is the next of them to go.
struct Elimination {
    let problem: CyclicProblem
    let order: EliminationOrder
    let layout: RowLayout
    private var factors: [[FactorTable]]
    private var threeFold: ThreeFold<Double>
    /// Least cost of everything.
    private(set) var value = 0.0

    /// The widest scope that `solve` can deal with.
    static let greatestWidth = 4

    /// - Precondition: The order is one of the problem, of a width of at most ``greatestWidth``.
    init(_ problem: CyclicProblem, _ order: EliminationOrder) {
        precondition(order.width <= Self.greatestWidth)
        self.problem = problem
        self.order = order
        layout = RowLayout(labels: problem.labels)
        threeFold = ThreeFold(layout)
        factors = Array(repeating: [], count: problem.variableCount)
    }

    /// Table values that are looked at.
    static func work(_ order: EliminationOrder, labels: Int) -> Double {
        var sum = 0.0
        for scope in order.scopes {
            var size = 1.0
            for _ in scope { size *= Double(labels) }
            sum += size
        }
        return sum
    }

    /// Finds the best labels.
    mutating func solve() -> [Int] {
        var position = [Int](repeating: 0, count: problem.variableCount)
        for (place, variable) in order.variables.enumerated() { position[variable] = place }
        for pair in problem.pairs { place(pair, position) }
        for triple in problem.triples { place(triple, position) }
        for variable in order.variables { takeAway(variable) }
        var choice = [Int](repeating: 0, count: problem.variableCount)
        for variable in order.variables.reversed() { choice[variable] = bestLabel(of: variable, choice) }
        return choice
    }

    private mutating func place(_ pair: CyclicProblem.Pair, _ position: [Int]) {
        let isForward = position[pair.from] < position[pair.to]
        let (first, second) = isForward ? (pair.from, pair.to) : (pair.to, pair.from)
        let table = isForward ? pair.table : reversedDifferences(pair.table)
        add(FactorTable(places: [order.scopes[first].firstIndex(of: second)!], values: layout.padded(table)), to: first)
    }

    private mutating func place(_ triple: CyclicProblem.Triple, _ position: [Int]) {
        let sorted = triple.members.sorted { position[$0] < position[$1] }
        let labels = problem.labels
        var values = [Double](repeating: 0, count: labels * layout.stride)
        // Labels of the three relative to the first to go.
        for row in 0..<labels {
            for column in 0..<labels {
                func label(_ member: Int) -> Int { member == sorted[0] ? 0 : member == sorted[1] ? row : column }
                let base = label(triple.first)
                let one = remainder(label(triple.second) - base, labels)
                let other = remainder(label(triple.third) - base, labels)
                values[row * layout.stride + column] = triple.table[one * labels + other]
            }
        }
        let places = sorted[1...].map { order.scopes[sorted[0]].firstIndex(of: $0)! }
        add(FactorTable(places: places, values: values), to: sorted[0])
    }

    private mutating func add(_ factor: FactorTable, to variable: Int) {
        if let known = factors[variable].firstIndex(where: { $0.places == factor.places }) {
            factors[variable][known].add(factor.values)
        } else {
            factors[variable].append(factor)
        }
    }

    private mutating func takeAway(_ variable: Int) {
        let scope = order.scopes[variable]
        let own = factors[variable]
        switch scope.count {
        case 0: break
        case 1: value += own.reduce(Double.infinity) { min($0, $1.values[..<problem.labels].min()!) }
        default:
            let table = folded(own, count: scope.count)
            let next = order.scopes[scope[0]]
            let places = scope[1...].map { next.firstIndex(of: $0)! }
            add(FactorTable(places: places, values: table), to: scope[0])
        }
    }

    private mutating func folded(_ own: [FactorTable], count: Int) -> [Double] {
        func table(_ places: [Int]) -> [Double]? { own.first { $0.places == places }?.values }
        let none = [Double](repeating: 0, count: layout.stride)
        if count == 2 { return layout.fold(table([0]) ?? none, table([1]) ?? none, table([0, 1])) }
        guard count == 3, own.allSatisfy({ $0.places.count <= 2 }) else {
            return WideFold(layout: layout, factors: own, count: count).run()
        }
        return threeFold.run(
            (0..<3).map { table([$0]) ?? none }, [table([0, 1]), table([0, 2]), table([1, 2])])
    }

    private func bestLabel(of variable: Int, _ choice: [Int]) -> Int {
        let scope = order.scopes[variable]
        var best = (cost: Double.infinity, label: 0)
        for label in 0..<problem.labels {
            var cost = 0.0
            for factor in factors[variable] {
                var index = 0
                for (depth, place) in factor.places.enumerated() {
                    index *= depth == factor.places.count - 1 ? layout.stride : problem.labels
                    index += remainder(choice[scope[place]] - label, problem.labels)
                }
                cost += factor.values[index]
            }
            if cost < best.cost { best = (cost, label) }
        }
        return best.label
    }
}
