import PerformanceModel
import PlanOptimizer
import SafetyGuard
import SignalModel
import Synchronization
import TestSupport
import Testing

@Suite("Plans sought near one that runs")
struct WarmStartTests {
    private let network = JunctionGenerator.irregular(rows: 2, columns: 2, seed: 3)

    private func model(seed: UInt64, greatest: Double = 300) -> NetworkModel {
        NetworkModel(
            network: network,
            flows: FlowsGenerator.flows(
                for: network, seed: seed, greatestFlowPerLane: greatest, intervalCount: 3))
    }

    private func optimizer(
        _ model: NetworkModel, threads: Int = 1, isStopped: @Sendable @escaping () -> Bool = { false }
    ) -> PlanOptimizer {
        var settings = OptimizerSettings()
        settings.effort = 6
        settings.threads = threads
        return PlanOptimizer(model: model, settings: settings, isStopped: isStopped)
    }

    private func cost(_ plan: Plan, _ model: NetworkModel) -> Double { model.evaluate(plan).performanceIndex }

    @Test(
        "The plan is safe, better for another demand, and near in cycle and stages", arguments: 4..<8 as Range<UInt64>)
    func better(seed: UInt64) throws {
        let start = try optimizer(model(seed: 3)).optimize().plan
        let other = model(seed: seed)
        let found = try optimizer(other).improved(from: start, cycleStep: 6).plan
        #expect(SafetyGuard.violations(of: found, in: network).isEmpty)
        #expect(cost(found, other) <= cost(start, other))
        let (before, after) = (start.timings, found.timings)
        for junction in network.junctions {
            let one = try #require(before[junction.id]), other = try #require(after[junction.id])
            #expect(abs(one.cycle - other.cycle) <= 6)
            let rules = JunctionRules(junction)
            let stages = try (StagePlan(one, under: rules), StagePlan(other, under: rules))
            #expect(stages.0.stages.map(\.groups) == stages.1.stages.map(\.groups))
        }
    }

    @Test("A common cycle stays common")
    func commonCycle() throws {
        let cold = try optimizer(model(seed: 3)).optimize()
        let limits = network.junctions.map { JunctionRules($0) }
        var start = cold.plan
        // Every junction at the longest cycle, by its longest stage.
        let longest = start.junctions.map { Int($0.cycle) }.max() ?? 0
        for (number, rules) in limits.enumerated() {
            var plan = try StagePlan(start.junctions[number], under: rules)
            let stage = plan.stages.indices.max { plan.stages[$0].green < plan.stages[$1].green }!
            plan.stages[stage].green += longest - plan.cycle(under: rules)
            start.junctions[number] = plan.junctionPlan(for: network.junctions[number].id, under: rules)
        }
        for seed in 4..<8 as Range<UInt64> {
            let found = try optimizer(model(seed: seed)).improved(from: start, cycleStep: 8).plan
            let cycles = Set(found.junctions.map { Int($0.cycle) })
            #expect(cycles.count == 1 && cycles.isSubset(of: [longest - 8, longest, longest + 8]), "\(cycles)")
            #expect(SafetyGuard.violations(of: found, in: network).isEmpty)
        }
    }

    @Test("Stopped at any time it is no worse than its start, and it is the same on any number of threads")
    func stopped() throws {
        let start = try optimizer(model(seed: 3)).optimize().plan
        let other = model(seed: 5)
        for questions in [0, 3, 30, 300] {
            let asked = Mutex(0)
            let found = try optimizer(other) {
                asked.withLock { count in
                    count += 1
                    return count > questions
                }
            }.improved(from: start, cycleStep: 6).plan
            #expect(cost(found, other) <= cost(start, other))
            #expect(SafetyGuard.violations(of: found, in: network).isEmpty)
        }
        let one = try optimizer(other).improved(from: start, cycleStep: 6).plan
        #expect(try optimizer(other, threads: 3).improved(from: start, cycleStep: 6).plan == one)
    }

    @Test("It simulates a fraction of what a search from nothing does")
    func quicker() throws {
        let start = try optimizer(model(seed: 3)).optimize().plan
        let other = model(seed: 5)
        // How often a search asks whether to stop goes with what it simulates.
        func questions(_ search: (PlanOptimizer) throws -> Void) rethrows -> Int {
            let asked = Mutex(0)
            try search(
                optimizer(other) {
                    asked.withLock { $0 += 1 }
                    return false
                })
            return asked.withLock { $0 }
        }
        let warm = try questions { _ = try $0.improved(from: start, cycleStep: 6) }
        let cold = try questions { _ = try $0.optimize() }
        #expect(warm > 0 && warm * 2 < cold, "\(warm) of \(cold)")
    }

    @Test("A start that lacks a junction, or is no sequence of stages, is named")
    func badStart() throws {
        let model = model(seed: 3)
        var start = try optimizer(model).optimize().plan
        let last = start.junctions.removeLast()
        #expect(throws: PlanOptimizerError.noTiming(last.junction)) {
            try optimizer(model).improved(from: start, cycleStep: 6)
        }
        var broken = last
        broken.cycle += 0.5
        start.junctions.append(broken)
        #expect(throws: PlanOptimizerError.notStages(last.junction, .unreadable(nil))) {
            try optimizer(model).improved(from: start, cycleStep: 6)
        }
    }
}
