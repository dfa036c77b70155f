import PerformanceModel
import PlanOptimizer
import SignalModel
import TestSupport
import Testing

@Suite("Splits by Webster's rule")
struct StageSplitsTests {
    private func splits(seed: UInt64, factor: Double) -> (splits: StageSplits, rules: JunctionRules) {
        let network = JunctionGenerator.junction(seed: seed)
        var flows = FlowsGenerator.flows(for: network, seed: seed, greatestFlowPerLane: 150)
        for number in flows.movements.indices {
            flows.movements[number].flowPerHour = flows.movements[number].flowPerHour.map { $0 * factor }
        }
        let model = NetworkModel(network: network, flows: flows)
        return (StageSplits(model: model, junction: 0, settings: .init()), model.rules[0])
    }

    @Test("Timings have the cycle that was asked for, in any order of the stages", arguments: 0..<40 as Range<UInt64>)
    func cycles(seed: UInt64) {
        let (splits, rules) = splits(seed: seed, factor: 1)
        guard let cycle = splits.websterCycle, let shortest = splits.shortestCycle else { return }
        #expect(cycle >= shortest)
        #expect(cycle <= OptimizerSettings().greatestCycle)
        guard let plan = splits.timing(of: splits.stages, cycle: cycle) else { return }
        #expect(plan.cycle(under: rules) == cycle)
        #expect(plan.stages.map(\.groups) == splits.stages)
        let order = Array(plan.stages.indices.reversed())
        guard let turned = splits.reordered(plan, order: order, cycle: cycle) else { return }
        #expect(turned.cycle(under: rules) == cycle)
        #expect(turned.stages.map(\.groups) == order.map { plan.stages[$0].groups })
    }

    @Test("Most generated junctions have a Webster cycle and a timing of it")
    func most() {
        let seeds = 0..<40 as Range<UInt64>
        let found = seeds.count { seed in
            let (splits, _) = splits(seed: seed, factor: 1)
            return splits.websterCycle.map { splits.timing(of: splits.stages, cycle: $0) != nil } ?? false
        }
        #expect(found >= 36, "\(found) of \(seeds.count)")
    }

    @Test("More traffic never has a shorter Webster cycle", arguments: 0..<20 as Range<UInt64>)
    func monotone(seed: UInt64) {
        let cycles = [0.5, 1, 1.5, 2, 4].map { splits(seed: seed, factor: $0).splits.websterCycle }
        for (less, more) in zip(cycles, cycles.dropFirst()) {
            #expect(less ?? 0 <= more ?? 0, "\(cycles)")
        }
    }
}
