/// A part of an energy that shares no costs with the rest, on one common cycle.
struct EnergyComponent: Sendable {
    /// The variables of the energy, in the order of the problem's, without the reference.
    let variables: [Int]
    /// Whether the problem's variable 0 is a reference, added because some costs depend on labels themselves.
    let hasReference: Bool
    let problem: CyclicProblem

    /// Labels of the energy's variables from labels of the problem's.
    func place(_ choice: [Int], in labels: inout [Int], _ labelCounts: [Int]) {
        let first = hasReference ? 1 : 0
        let zero = hasReference ? choice[0] : 0
        for (place, variable) in variables.enumerated() {
            let label = remainder(choice[place + first] - zero, problem.labels)
            labels[variable] = label % labelCounts[variable]
        }
    }

    /// All components, in the order of their first variables.
    ///
    /// - Throws: ``EnergyError/noCommonCycle(variable:common:)``.
    static func all(of energy: CyclicEnergy) throws(EnergyError) -> [EnergyComponent] {
        var groups = DisjointSets(count: energy.labelCounts.count)
        for edge in energy.edges { groups.join(edge.from, edge.to) }
        var members: [Int: [Int]] = [:]
        var order: [Int] = []
        for variable in energy.labelCounts.indices {
            let root = groups.root(of: variable)
            if members[root] == nil { order.append(root) }
            members[root, default: []].append(variable)
        }
        var edges: [Int: [EnergyEdge]] = [:]
        for edge in energy.edges { edges[groups.root(of: edge.from), default: []].append(edge) }
        var result: [EnergyComponent] = []
        for root in order {
            result.append(try EnergyComponent(energy, members[root]!, edges[root] ?? []))
        }
        return result
    }

    private init(_ energy: CyclicEnergy, _ variables: [Int], _ edges: [EnergyEdge]) throws(EnergyError) {
        self.variables = variables
        let counts = variables.map { energy.labelCounts[$0] }
        let isCyclic = edges.contains { if case .difference = $0.cost { true } else { false } }
        let labels = isCyclic ? counts.reduce(1, leastCommonMultiple) : counts.max()!
        guard labels <= CyclicEnergy.greatestLabelCount else {
            throw .noCommonCycle(variable: variables[0], common: labels)
        }
        let isPadded = !isCyclic && counts.contains { $0 < labels }
        let hasTables = edges.contains { if case .general = $0.cost { true } else { false } }
        hasReference = hasTables || isPadded || variables.contains { !energy.unary[$0].isEmpty }
        let shift = hasReference ? 1 : 0
        let place = Dictionary(uniqueKeysWithValues: variables.enumerated().map { ($1, $0 + shift) })
        // A label beyond a variable's own costs more than all that can be saved by it.
        var beyond = 1.0
        for table in variables.map({ energy.unary[$0] }) + edges.map(\.cost.values) where !table.isEmpty {
            beyond += 2 * (table.max()! - table.min()!)
        }
        var pairs: [CyclicProblem.Pair] = []
        for variable in variables {
            let (own, count) = (energy.unary[variable], energy.labelCounts[variable])
            guard !own.isEmpty || (isPadded && count < labels) else { continue }
            let table = (0..<labels).map { label in
                (own.isEmpty ? 0 : own[label % count]) + (isPadded && label >= count ? beyond : 0)
            }
            pairs.append(CyclicProblem.Pair(from: 0, to: place[variable]!, table: table))
        }
        var triples: [CyclicProblem.Triple] = []
        for edge in edges {
            let (from, to) = (place[edge.from]!, place[edge.to]!)
            switch edge.cost {
            case .difference(let values):
                let table = (0..<labels).map { values[$0 % values.count] }
                pairs.append(CyclicProblem.Pair(from: from, to: to, table: table))
            case .general(let values):
                let (rows, columns) = (energy.labelCounts[edge.from], energy.labelCounts[edge.to])
                let table = (0..<labels).flatMap { row in
                    (0..<labels).map { values[row % rows * columns + $0 % columns] }
                }
                triples.append(CyclicProblem.Triple(first: 0, second: from, third: to, table: table))
            }
        }
        // Clusters exchange costs of pairs: those of a triple have to be there.
        let none = [Double](repeating: 0, count: labels)
        var known = Set(pairs.map { [$0.from, $0.to] })
        for triple in triples {
            for (from, to) in [(0, triple.second), (0, triple.third), (triple.second, triple.third)]
            where known.insert([from, to]).inserted {
                pairs.append(CyclicProblem.Pair(from: from, to: to, table: none))
            }
        }
        problem = CyclicProblem(
            labels: labels, variableCount: variables.count + shift, pairs: pairs, triples: triples)
    }
}
