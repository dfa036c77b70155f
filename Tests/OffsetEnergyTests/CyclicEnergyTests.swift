import OffsetEnergy
import Testing

@Suite struct CyclicEnergyTests {
    static let one = EnergyEdge(from: 0, to: 1, cost: .difference([1, 2, 3, 4, 5, 6]))

    @Test func valueReadsDifferencesForwardAndGeneralTablesByRow() throws {
        let general = EnergyEdge(from: 1, to: 2, cost: .general((0..<12).map(Double.init)))
        let energy = try CyclicEnergy(labelCounts: [6, 6, 2], unary: [2: [100, 200]], edges: [Self.one, general])
        // Difference 1 − 5 = −4 is 2 on a cycle of 6; general table at row 1, column 1.
        #expect(energy.value(of: [5, 1, 1]) == 3 + 3 + 200)
    }

    @Test func bothDirectionsOfARoadAreOneEdge() throws {
        let back = EnergyEdge(from: 1, to: 0, cost: .difference([10, 20, 30]))
        let energy = try CyclicEnergy(labelCounts: [6, 6], edges: [back, Self.one])
        #expect(energy.edges.count == 1)
        let (forward, backward): ([Double], [Double]) = ([1, 2, 3, 4, 5, 6], [10, 20, 30])
        var separate: [Double] = []
        for from in 0..<6 {
            for to in 0..<6 { separate.append(forward[(to - from + 6) % 6] + backward[(from - to + 6) % 3]) }
        }
        var merged: [Double] = []
        for from in 0..<6 { for to in 0..<6 { merged.append(energy.value(of: [from, to])) } }
        #expect(merged == separate)
    }

    @Test func generalTablesTurnWithTheirEdge() throws {
        let table = (0..<6).map(Double.init)
        let energy = try CyclicEnergy(
            labelCounts: [2, 3], edges: [EnergyEdge(from: 1, to: 0, cost: .general(table))])
        #expect(energy.value(of: [1, 2]) == 5)
        #expect(energy.value(of: [1, 0]) == 1)
    }

    @Test(arguments: [
        ([0, 6], [:], [EnergyEdge](), EnergyError.labelCount(variable: 0, count: 0)),
        ([6, 1025], [:], [], .labelCount(variable: 1, count: 1025)),
        ([6, 6], [2: [1]], [], .unknownVariable(2, variableCount: 2)),
        ([6, 6], [1: [1]], [], .unarySize(variable: 1, expected: 6, found: 1)),
        ([2, 2], [1: [1, .nan]], [], .cost(.variable(1), value: 1)),
        ([6, 6], [:], [EnergyEdge(from: 0, to: 2, cost: .difference([1]))], .unknownVariable(2, variableCount: 2)),
        ([6, 6], [:], [EnergyEdge(from: -1, to: 0, cost: .difference([1]))], .unknownVariable(-1, variableCount: 2)),
        ([6, 6], [:], [EnergyEdge(from: 1, to: 1, cost: .difference([1]))], .loop(edge: 0, variable: 1)),
        (
            [6, 3], [:], [EnergyEdge(from: 0, to: 1, cost: .difference([1, 2]))],
            .differenceSize(edge: 0, labelCounts: [6, 3], found: 2)
        ),
        (
            [6, 3], [:], [EnergyEdge(from: 0, to: 1, cost: .difference([]))],
            .differenceSize(edge: 0, labelCounts: [6, 3], found: 0)
        ),
        (
            [6, 3], [:], [EnergyEdge(from: 0, to: 1, cost: .general([1]))],
            .generalSize(edge: 0, expected: 18, found: 1)
        ),
        (
            [6, 6], [:], [one, EnergyEdge(from: 0, to: 1, cost: .difference([0, .infinity]))],
            .cost(.edge(1), value: 1)
        ),
        ([6, 6], [:], [EnergyEdge(from: 0, to: 1, cost: .difference([-1e16]))], .cost(.edge(0), value: 0)),
    ])
    func malformedEnergiesAreRefused(
        _ counts: [Int], _ unary: [Int: [Double]], _ edges: [EnergyEdge], _ error: EnergyError
    ) {
        #expect(throws: error) { try CyclicEnergy(labelCounts: counts, unary: unary, edges: edges) }
        #expect(!error.description.isEmpty)
    }

    @Test func variablesWithoutACommonCycleAreRefused() throws {
        let edge = EnergyEdge(from: 0, to: 1, cost: .difference([1]))
        let energy = try CyclicEnergy(labelCounts: [1009, 1013], edges: [edge])
        #expect(throws: EnergyError.noCommonCycle(variable: 0, common: 1009 * 1013)) {
            try EnergySolver.solve(energy, settings: SolverSettings(variableCount: 2, seed: 1))
        }
    }
}
