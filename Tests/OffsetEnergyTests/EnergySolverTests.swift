import OffsetEnergy
import OffsetInstances
import SignalModel
import Testing

@Suite struct EnergySolverTests {
    /// Settings for small energies, without elimination of what is left after the reduction where that is wanted.
    static func settings(seed: UInt64 = 1, threads: Int = 1, eliminates: Bool) -> SolverSettings {
        var settings = SolverSettings(variableCount: 10, seed: seed, threads: threads)
        settings.boundSweeps = 3
        settings.searchRounds = 3
        settings.starts = 2
        if !eliminates { settings.eliminationWork = -1 }
        return settings
    }

    @Test(arguments: RandomEnergy.Kind.allCases, UInt64(1)...6)
    func eliminationFindsTheLeastValueOfAll(_ kind: RandomEnergy.Kind, _ seed: UInt64) throws {
        // At most five variables in all: the widest scope has four.
        let energy = try RandomEnergy.make(
            kind, variables: kind == .differences || kind == .halfCycles ? 5 : 4, labels: 6, density: 1.4, seed: seed)
        let solution = try EnergySolver.solve(energy, settings: Self.settings(eliminates: true))
        let least = RandomEnergy.leastValue(energy)
        #expect(solution.isExact)
        #expect(abs(solution.value - least) < 1e-9)
        #expect(solution.lowerBound == solution.value)
        #expect(energy.value(of: solution.labels) == solution.value)
    }

    @Test(arguments: RandomEnergy.Kind.allCases, UInt64(1)...6)
    func boundIsNotAboveTheLeastValueNorTheLabelsBelow(_ kind: RandomEnergy.Kind, _ seed: UInt64) throws {
        let energy = try RandomEnergy.make(kind, variables: 6, labels: 6, density: 1.2, seed: seed)
        var settings = Self.settings(eliminates: false)
        settings.searchRounds = 24
        let solution = try EnergySolver.solve(energy, settings: settings)
        let least = RandomEnergy.leastValue(energy)
        #expect(solution.lowerBound <= least + 1e-9)
        #expect(solution.value >= least - 1e-9)
        #expect(!solution.isExact)
        #expect(energy.value(of: solution.labels) == solution.value)
        // Six variables are few for moves that choose nearly all of them at once.
        #expect(solution.value - least < 1e-9)
    }

    @Test func seriesParallelNetworksAreExactWithoutElimination() throws {
        // An arterial with side roads, a ring, and a junction by itself.
        var edges: [EnergyEdge] = []
        var generator = SeededGenerator(seed: 3)
        for (from, to) in [(0, 1), (1, 2), (2, 3), (3, 0), (1, 4), (4, 5), (5, 1), (5, 6)] {
            edges.append(
                EnergyEdge(from: from, to: to, cost: .difference((0..<4).map { _ in generator.nextShare() })))
        }
        let energy = try CyclicEnergy(labelCounts: Array(repeating: 4, count: 8), edges: edges)
        var settings = Self.settings(eliminates: true)
        settings.eliminationWork = 0
        let solution = try EnergySolver.solve(energy, settings: settings)
        #expect(solution.isExact)
        #expect(abs(solution.value - RandomEnergy.leastValue(energy)) < 1e-12)
    }

    @Test(arguments: UInt64(1)...3)
    func clustersProveMoreThanSinglePairs(_ seed: UInt64) throws {
        let energy = try RandomEnergy.grid(rows: 4, columns: 5, labels: 12, seed: seed)
        let exact = try EnergySolver.solve(energy, settings: Self.settings(eliminates: true))
        let other = try EnergySolver.solve(energy, settings: Self.settings(eliminates: false))
        #expect(exact.isExact)
        #expect(!other.isExact)
        #expect(other.lowerBound <= exact.value * (1 + 1e-9))
        #expect(other.value >= exact.value * (1 - 1e-9))
        // The least costs of the pairs are all zero.
        #expect(other.lowerBound > 0.9 * exact.value)
        #expect(other.value < 1.02 * exact.value)
    }

    @Test func plantedLabelsAreFoundAndProved() throws {
        // Every road of a town has its least delay at the same labels.
        let town = try CityEnergy.make(junctionCount: 60, cycleTime: 30, seed: 5)
        var generator = SeededGenerator(seed: 6)
        let planted = RandomEnergy.labels(town, &generator)
        var least = 0.0
        let edges = town.edges.map { edge in
            guard case .difference(let costs) = edge.cost else { return edge }
            let best = costs.indices.min { costs[$0] < costs[$1] }!
            let turn = best - (planted[edge.to] - planted[edge.from]) + 60
            least += costs[best]
            return EnergyEdge(
                from: edge.from, to: edge.to, cost: .difference(costs.indices.map { costs[($0 + turn) % costs.count] }))
        }
        let energy = try CyclicEnergy(labelCounts: town.labelCounts, edges: edges)
        let solution = try EnergySolver.solve(energy, settings: Self.settings(eliminates: false))
        #expect(abs(energy.value(of: planted) - least) < 1e-9)
        #expect(abs(solution.value - least) < 1e-9)
        #expect(solution.lowerBound <= least + 1e-9)
        #expect(solution.gap < 1e-4)
    }

    @Test func boundOfATownIsBelowAllLabelsAndNearTheBest() throws {
        let energy = try CityEnergy.make(junctionCount: 60, cycleTime: 36, seed: 2)
        let solution = try EnergySolver.solve(energy, settings: Self.settings(eliminates: false))
        var generator = SeededGenerator(seed: 7)
        let others = (0..<200).map { _ in energy.value(of: RandomEnergy.labels(energy, &generator)) }
        #expect(others.allSatisfy { $0 > solution.value })
        #expect(solution.lowerBound <= solution.value)
        #expect(solution.gap < 0.01)
    }

    @Test func resultsAreTheSameOnAnyNumberOfThreads() throws {
        // Large enough for several regions.
        let energy = try CityEnergy.make(junctionCount: 450, cycleTime: 30, seed: 4)
        let solutions = try [1, 2, 5].map {
            try EnergySolver.solve(energy, settings: Self.settings(threads: $0, eliminates: false))
        }
        #expect(solutions[0] == solutions[1])
        #expect(solutions[0] == solutions[2])
        #expect(!solutions[0].isExact)
    }

    @Test func theSameSeedGivesTheSame() throws {
        let energy = try RandomEnergy.grid(rows: 6, columns: 6, labels: 12, seed: 1)
        let first = try EnergySolver.solve(energy, settings: Self.settings(seed: 1, eliminates: false))
        let again = try EnergySolver.solve(energy, settings: Self.settings(seed: 1, eliminates: false))
        #expect(first == again)
    }

    @Test func stoppingAtOnceLeavesLabelsAndABound() throws {
        let energy = try RandomEnergy.grid(rows: 5, columns: 6, labels: 10, seed: 1)
        var settings = Self.settings(eliminates: false)
        settings.shouldStop = { true }
        let solution = try EnergySolver.solve(energy, settings: settings)
        #expect(energy.value(of: solution.labels) == solution.value)
        #expect(solution.lowerBound <= solution.value)
    }

    @Test func anEnergyOfNothingIsSolved() throws {
        let empty = try EnergySolver.solve(
            CyclicEnergy(labelCounts: [], edges: []), settings: Self.settings(eliminates: true))
        let lonely = try EnergySolver.solve(
            CyclicEnergy(labelCounts: [3, 1], unary: [0: [2, 1, 4]], edges: []),
            settings: Self.settings(eliminates: true))
        #expect(empty == EnergySolution(labels: [], value: 0, lowerBound: 0, isExact: true))
        #expect(lonely == EnergySolution(labels: [1, 0], value: 1, lowerBound: 1, isExact: true))
        #expect(empty.gap == 0)
    }
}
