/// A part of a problem that is narrow enough to be solved exactly, whatever its costs: how one goes about it.
struct Cluster: Sendable {
    /// A variable with its scope: those that its best label depends on when it is taken away.
    struct Bucket: Sendable {
        /// Variables in the scope, at most three.
        var scopeCount: Int
        /// For each place in the scope, the edge to it from the bucket's variable, or -1.
        var edges: [Int] = [-1, -1, -1]
        /// The triple of the variable and the places (0, 1), (0, 2), (1, 2), or -1.
        var triples: [Int] = [-1, -1, -1]
        /// The bucket that the message goes to, or -1 when it is a number.
        var parent = -1
        /// The place, or the pair of places, that the message belongs to there.
        var parentSlot = -1
        /// Buckets whose messages come here.
        var children: [Int] = []
    }

    /// An edge of the cluster: a pair of the problem, seen from the variable that is taken away first.
    struct Edge: Sendable {
        var pair: Int
        var isReversed: Bool
    }

    /// A triple of the problem that belongs to this cluster alone.
    struct Triple: Sendable {
        var number: Int
        /// Which of the three is taken away first, second and third: ranks of its members.
        var ranks: [Int]
    }

    /// In the order in which the variables are taken away.
    private(set) var buckets: [Bucket] = []
    private(set) var edges: [Edge] = []
    private(set) var triples: [Triple] = []

    /// The most pairs that keep sums in range (see ``WholeCosts``).
    static let mostEdges = 60
    static let greatestWidth = 3
    /// Places of a scope by the number of their pair.
    static let slots = [(0, 1), (0, 2), (1, 2)]

    /// - Parameters:
    ///   - pairs: Numbers of pairs of the problem.
    ///   - triples: Numbers of triples of the problem, all of whose pairs are there.
    /// - Returns: nil when it is too wide.
    init?(_ problem: CyclicProblem, pairs: [Int], triples: [Int] = []) {
        var local: [Int: Int] = [:]
        var variables: [Int] = []
        func number(_ variable: Int) -> Int {
            if let known = local[variable] { return known }
            local[variable] = variables.count
            variables.append(variable)
            return variables.count - 1
        }
        var neighbours: [[Int]] = []
        for pair in pairs {
            let (from, to) = (number(problem.pairs[pair].from), number(problem.pairs[pair].to))
            while neighbours.count < variables.count { neighbours.append([]) }
            neighbours[from].append(to)
            neighbours[to].append(from)
        }
        guard let order = EliminationOrder(neighbours: neighbours, last: nil, limit: Self.greatestWidth) else {
            return nil
        }
        var position = [Int](repeating: 0, count: variables.count)
        for (place, variable) in order.variables.enumerated() { position[variable] = place }
        buckets = order.variables.map { Bucket(scopeCount: order.scopes[$0].count) }
        for (place, variable) in order.variables.enumerated() {
            let scope = order.scopes[variable]
            guard scope.count >= 2 else { continue }
            let parent = position[scope[0]]
            let places = scope[1...].map { order.scopes[scope[0]].firstIndex(of: $0)! }
            buckets[place].parent = parent
            buckets[place].parentSlot =
                places.count == 1 ? places[0] : Self.slots.firstIndex { $0 == (places[0], places[1]) }!
            buckets[parent].children.append(place)
        }
        for pair in pairs {
            let (from, to) = (local[problem.pairs[pair].from]!, local[problem.pairs[pair].to]!)
            let isReversed = position[from] > position[to]
            let (first, second) = isReversed ? (to, from) : (from, to)
            buckets[position[first]].edges[order.scopes[first].firstIndex(of: second)!] = edges.count
            edges.append(Edge(pair: pair, isReversed: isReversed))
        }
        for number in triples {
            let members = problem.triples[number].members.map { local[$0]! }
            let sorted = members.sorted { position[$0] < position[$1] }
            let places = sorted[1...].map { order.scopes[sorted[0]].firstIndex(of: $0)! }
            let slot = Self.slots.firstIndex { $0 == (places[0], places[1]) }!
            buckets[position[sorted[0]]].triples[slot] = self.triples.count
            self.triples.append(Triple(number: number, ranks: members.map { sorted.firstIndex(of: $0)! }))
        }
    }
}
