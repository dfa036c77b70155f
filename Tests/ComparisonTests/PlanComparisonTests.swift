import SignalModel
import Testing

@testable import Comparison

@Suite("Comparison of runs")
struct PlanComparisonTests {
    private func run(_ delay: Double, stops: Double = 1, carbonDioxide: Double? = 100, turns: [RunFigures.Turn] = [])
        -> RunFigures
    {
        RunFigures(vehicles: 100, delay: delay, stops: stops, carbonDioxide: carbonDioxide, movements: turns)
    }

    private func comparison(_ runs: [[RunFigures]]) -> PlanComparison {
        PlanComparison(
            setting: .init(
                network: "street", simulator: "none", begin: 0, end: 3600, demand: "given", definition: "delay",
                seeds: runs[0].indices.map { UInt64($0 + 1) }),
            plans: runs.indices.map { .init(label: "p\($0)", description: "", violations: 0) }, reference: "p0",
            scales: [1], runs: [runs])
    }

    @Test("Differences are taken seed by seed")
    func paired() throws {
        // Seeds differ by far more than plans do.
        let base = [10.0, 100, 40, 70]
        let result = comparison([base.map { run($0) }, zip(base, [1.0, 1.2, 0.9, 1.1]).map { run($0 - $1) }])
        let difference = try #require(result.levels[0].outcomes[1].values[.delay]?.difference)
        #expect(difference.verdict == .lower)
        #expect(abs(difference.interval.mean + 1.05) < 1e-12)
        #expect(result.levels[0].outcomes[0].values[.delay]?.difference == nil)
    }

    @Test("Three plans make two comparisons, each at 97.5 %")
    func level() {
        let result = comparison([[run(1), run(2)], [run(1), run(2)], [run(1), run(2)]])
        #expect(abs(result.differenceLevel - 0.975) < 1e-12)
    }

    @Test("A measure that one run lacks is left out")
    func incomplete() {
        let result = comparison([[run(1), run(2, carbonDioxide: nil)], [run(1), run(2)]])
        #expect(result.levels[0].outcomes[0].values[.carbonDioxide] == nil)
        #expect(result.levels[0].outcomes[1].values[.carbonDioxide]?.difference == nil)
        #expect(result.levels[0].outcomes[1].values[.stops] != nil)
    }

    @Test("Movements are weighted by their vehicles and compared where both plans have some")
    func movements() throws {
        let first = [
            run(1, turns: [.init(movement: "m", vehicles: 10, delay: 4)]),
            run(1, turns: [.init(movement: "m", vehicles: 30, delay: 8), .init(movement: "n", vehicles: 1, delay: 2)]),
        ]
        let second = [run(1, turns: [.init(movement: "m", vehicles: 10, delay: 6)]), run(1)]
        let result = comparison([first, second])
        let row = result.levels[0].outcomes[0].movements[0]
        #expect(row.movement == "m" && row.vehicles == 20 && row.delay == 7)
        #expect(result.levels[0].outcomes[0].movements.count == 2)
        #expect(try #require(result.levels[0].outcomes[1].movements[0].difference).bySeed == [2])
    }

    @Test("The worst-off movement is one with enough vehicles")
    func worst() {
        let figures = run(
            1,
            turns: [
                .init(movement: "few", vehicles: 2, delay: 90), .init(movement: "many", vehicles: 50, delay: 40),
                .init(movement: "quick", vehicles: 70, delay: 3),
            ])
        #expect(figures.worstMovement?.movement == "many")
    }
}
