import PerformanceModel
import PlanOptimizer
import SafetyGuard
import SignalModel
import TestSupport
import Testing

@Suite("Plans that the optimiser emits")
struct OptimizedPlansPropertyTests {
    #if DEBUG
        private static let junctionsPerBatch: UInt64 = 60
    #else
        private static let junctionsPerBatch: UInt64 = 750
    #endif

    private func settings(seed: UInt64) -> OptimizerSettings {
        var settings = OptimizerSettings()
        settings.stages = seed.isMultiple(of: 2) ? .own : .free
        settings.seed = seed
        settings.effort = 6
        settings.threads = 1
        return settings
    }

    @Test("Optimised plans for generated junctions have no violations", arguments: 0..<4)
    func junctionsPass(batch: UInt64) {
        var infeasible = 0
        for number in 0..<Self.junctionsPerBatch {
            let seed = batch * Self.junctionsPerBatch + number
            let network =
                seed % 5 == 0 ? JunctionGenerator.joinedJunction(seed: seed) : JunctionGenerator.junction(seed: seed)
            let flows = FlowsGenerator.flows(for: network, seed: seed)
            let optimizer = PlanOptimizer(
                model: NetworkModel(network: network, flows: flows), settings: settings(seed: seed))
            guard let plan = try? optimizer.optimize().plan else {
                infeasible += 1
                continue
            }
            let found = SafetyGuard.violations(of: plan, in: network)
            #expect(found.isEmpty, "seed \(seed): \(found.prefix(3).map(\.description))")
        }
        // Rules that leave no timing within the greatest cycle are rare, and said to be so.
        #expect(infeasible * 20 < Self.junctionsPerBatch, "\(infeasible) without a plan")
    }

    @Test("Optimised plans for generated networks have no violations", arguments: 0..<3)
    func networksPass(seed: UInt64) throws {
        let network = JunctionGenerator.irregular(rows: 2, columns: 2, seed: seed)
        let flows = FlowsGenerator.flows(for: network, seed: seed, greatestFlowPerLane: 250)
        let optimizer = PlanOptimizer(
            model: NetworkModel(network: network, flows: flows), settings: settings(seed: seed))
        let found = SafetyGuard.violations(of: try optimizer.optimize().plan, in: network)
        #expect(found.isEmpty, "seed \(seed): \(found.prefix(3).map(\.description))")
    }
}
