import PerformanceModel
import PlanOptimizer
import SignalModel
import TestSupport
import Testing

@Suite("Plans depend on their input alone")
struct DeterminismTests {
    private func plan(seed: UInt64, stages: OptimizerSettings.StageChoice, threads: Int) throws -> Plan {
        let network = JunctionGenerator.irregular(rows: 2, columns: 2, seed: seed)
        let flows = FlowsGenerator.flows(for: network, seed: seed, greatestFlowPerLane: 250)
        var settings = OptimizerSettings()
        settings.stages = stages
        settings.effort = 12
        settings.threads = threads
        return try PlanOptimizer(model: NetworkModel(network: network, flows: flows), settings: settings).optimize()
            .plan
    }

    @Test(
        "The same plan comes from any number of threads", arguments: [1, 2] as [UInt64],
        OptimizerSettings.StageChoice.allCases)
    func threads(seed: UInt64, stages: OptimizerSettings.StageChoice) throws {
        let one = try plan(seed: seed, stages: stages, threads: 1)
        let two = try plan(seed: seed, stages: stages, threads: 2)
        let three = try plan(seed: seed, stages: stages, threads: 3)
        #expect(one == two)
        #expect(one == three)
    }

    @Test("With own stages none is dropped and none is new", arguments: 1...3 as ClosedRange<UInt64>)
    func ownStages(seed: UInt64) throws {
        let notices = try plan(seed: seed, stages: .own, threads: 1).notices
        let changes = notices.filter { $0.kind != .protectedTurnDropped }
        #expect(changes.isEmpty, "\(changes)")
    }
}
