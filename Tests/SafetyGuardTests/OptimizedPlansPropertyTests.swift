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
        // The own stages of some generated junctions need more than a usual cycle.
        settings.greatestCycle = 600
        return settings
    }

    /// A network whose junctions all have a plan within their rules, whatever their stages.
    private func withoutGreatestGreens(_ network: Network) -> Network {
        var network = network
        for junction in network.junctions.indices {
            for group in network.junctions[junction].signalGroups.indices {
                network.junctions[junction].signalGroups[group].greatestGreen = nil
            }
        }
        return network
    }

    @Test("Optimised plans for generated junctions have no violations", arguments: 0..<4)
    func junctionsPass(batch: UInt64) {
        for number in 0..<Self.junctionsPerBatch {
            let seed = batch * Self.junctionsPerBatch + number
            let network = withoutGreatestGreens(
                seed % 5 == 0 ? JunctionGenerator.joinedJunction(seed: seed) : JunctionGenerator.junction(seed: seed))
            let flows = FlowsGenerator.flows(for: network, seed: seed)
            let optimizer = PlanOptimizer(
                model: NetworkModel(network: network, flows: flows), settings: settings(seed: seed))
            let found = SafetyGuard.violations(of: optimizer.optimize().plan, in: network)
            #expect(found.isEmpty, "seed \(seed): \(found.prefix(3).map(\.description))")
        }
    }

    @Test("Optimised plans for generated networks have no violations", arguments: 0..<3)
    func networksPass(seed: UInt64) {
        let network = withoutGreatestGreens(JunctionGenerator.irregular(rows: 2, columns: 2, seed: seed))
        let flows = FlowsGenerator.flows(for: network, seed: seed, greatestFlowPerLane: 250)
        let optimizer = PlanOptimizer(
            model: NetworkModel(network: network, flows: flows), settings: settings(seed: seed))
        let found = SafetyGuard.violations(of: optimizer.optimize().plan, in: network)
        #expect(found.isEmpty, "seed \(seed): \(found.prefix(3).map(\.description))")
    }
}
