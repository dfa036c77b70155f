/// A sum of costs of labels, of one variable or of two, to be made least: for offsets, the delay of a network.
///
/// Each variable (junction) has a label (offset in steps) in 0 ..< its label count (steps of its cycle). Costs of two
/// variables mostly depend on the difference of their labels alone and are kept as one value per difference. Edges that
/// join the same variables are merged. All costs have one unit of the caller's choice, such as vehicle-hours per hour.
public struct CyclicEnergy: Sendable, Equatable {
    /// The most labels that a variable may have.
    public static let greatestLabelCount = 1024
    /// The greatest cost in size.
    public static let greatestCost = 1e15

    /// Number of labels of each variable.
    public let labelCounts: [Int]
    /// Costs of each variable's labels; empty for one without.
    public let unary: [[Double]]
    /// The edges, `from` less than `to`, in this order; at most one of each kind of cost for two variables.
    public let edges: [EnergyEdge]

    /// Checks costs and takes them.
    ///
    /// - Parameters:
    ///   - labelCounts: Number of labels of each variable.
    ///   - unary: Costs of labels by variable; none for those that are not named.
    ///   - edges: Costs of pairs; several may join the same variables.
    /// - Throws: ``EnergyError`` for the first table that does not fit.
    public init(labelCounts: [Int], unary: [Int: [Double]] = [:], edges: [EnergyEdge]) throws(EnergyError) {
        for (variable, count) in labelCounts.enumerated() where !(1...Self.greatestLabelCount).contains(count) {
            throw .labelCount(variable: variable, count: count)
        }
        var tables = [[Double]](repeating: [], count: labelCounts.count)
        for (variable, values) in unary.sorted(by: { $0.key < $1.key }) {
            guard labelCounts.indices.contains(variable) else {
                throw .unknownVariable(variable, variableCount: labelCounts.count)
            }
            guard values.count == labelCounts[variable] else {
                throw .unarySize(variable: variable, expected: labelCounts[variable], found: values.count)
            }
            try Self.check(values, .variable(variable))
            tables[variable] = values
        }
        for (number, edge) in edges.enumerated() { try Self.check(edge, number, labelCounts) }
        self.labelCounts = labelCounts
        self.unary = tables
        self.edges = Self.merged(edges, labelCounts)
    }

    /// The cost of labels.
    ///
    /// - Precondition: There is a label in 0 ..< its count for each variable.
    public func value(of labels: [Int]) -> Double {
        precondition(labels.count == labelCounts.count, "expected a label for each of \(labelCounts.count) variables")
        for (label, count) in zip(labels, labelCounts) {
            precondition((0..<count).contains(label), "expected a label in 0 ..< \(count), found \(label)")
        }
        var sum = 0.0
        for (variable, table) in unary.enumerated() where !table.isEmpty { sum += table[labels[variable]] }
        for edge in edges {
            switch edge.cost {
            case .difference(let table):
                sum += table[remainder(labels[edge.to] - labels[edge.from], table.count)]
            case .general(let table):
                sum += table[labels[edge.from] * labelCounts[edge.to] + labels[edge.to]]
            }
        }
        return sum
    }

    private static func check(_ edge: EnergyEdge, _ number: Int, _ labelCounts: [Int]) throws(EnergyError) {
        for end in [edge.from, edge.to] where !labelCounts.indices.contains(end) {
            throw .unknownVariable(end, variableCount: labelCounts.count)
        }
        guard edge.from != edge.to else { throw .loop(edge: number, variable: edge.from) }
        let counts = [labelCounts[edge.from], labelCounts[edge.to]]
        switch edge.cost {
        case .difference(let values):
            guard !values.isEmpty, counts.allSatisfy({ $0 % values.count == 0 }) else {
                throw .differenceSize(edge: number, labelCounts: counts, found: values.count)
            }
        case .general(let values):
            guard values.count == counts[0] * counts[1] else {
                throw .generalSize(edge: number, expected: counts[0] * counts[1], found: values.count)
            }
        }
        try check(edge.cost.values, .edge(number))
    }

    private static func check(_ values: [Double], _ place: EnergyPlace) throws(EnergyError) {
        if let wrong = values.firstIndex(where: { !($0.magnitude <= greatestCost) }) {
            throw .cost(place, value: wrong)
        }
    }
}

/// The remainder in 0 ..< divisor.
func remainder(_ number: Int, _ divisor: Int) -> Int {
    let rest = number % divisor
    return rest < 0 ? rest + divisor : rest
}
