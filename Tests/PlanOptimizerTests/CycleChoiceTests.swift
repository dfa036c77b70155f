import PerformanceModel
import PlanOptimizer
import SafetyGuard
import SignalModel
import TestSupport
import Testing

@Suite("Cycles at the edge of what the settings allow")
struct CycleChoiceTests {
    private let network = JunctionGenerator.irregular(rows: 2, columns: 2, seed: 3)

    private func model(greatest: Double = 300) -> NetworkModel {
        NetworkModel(
            network: network,
            flows: FlowsGenerator.flows(for: network, seed: 3, greatestFlowPerLane: greatest, intervalCount: 3))
    }

    private func optimizer(
        _ cycles: ClosedRange<Int>, _ model: NetworkModel? = nil, without: Set<OptimizerSettings.Part> = []
    ) -> PlanOptimizer {
        var settings = OptimizerSettings()
        settings.leftOut = without
        settings.effort = 6
        settings.leastCycle = cycles.lowerBound
        settings.greatestCycle = cycles.upperBound
        return PlanOptimizer(model: model ?? self.model(), settings: settings)
    }

    @Test(
        "A cycle that the engineer fixes is common to all, odd or even, and has its offsets sought",
        arguments: [80, 81])
    func fixed(cycle: Int) throws {
        let found = try optimizer(cycle...cycle).optimize()
        #expect(found.plan.junctions.allSatisfy { Int($0.cycle) == cycle })
        #expect(found.subareas.map(\.isCoordinated) == [true])
        #expect(found.subareas[0].offsets != nil)
        #expect(SafetyGuard.violations(of: found.plan, in: network).isEmpty)
    }

    @Test("Without coordination no cycle is common, and no offsets are sought")
    func withoutCoordination() throws {
        let found = try optimizer(80...80, without: [.coordination]).optimize()
        #expect(found.subareas.map(\.isCoordinated) == [false])
        #expect(found.subareas[0].offsets == nil)
    }

    @Test("Half of a common cycle does not become shorter than the settings allow")
    func halves() throws {
        let start = try plan(cycles: [160, 160, 160, 80])
        let least = 79
        let found = try optimizer(least...170, model(greatest: 60)).improved(from: start, cycleStep: 8).plan
        #expect(found.junctions.allSatisfy { Int($0.cycle) >= least })
    }

    @Test("A junction whose cycle is longer than the settings allow is improved within that cycle")
    func outside() throws {
        let start = try plan(cycles: [180, 100, 90, 80])
        let model = model()
        let found = try optimizer(32...150, model).improved(from: start, cycleStep: 8).plan
        #expect(found.junctions[0].cycle == 180)
        #expect(found.junctions[0] != start.junctions[0])
        #expect(model.evaluate(found).performanceIndex < model.evaluate(start).performanceIndex)
    }

    @Test("A junction without a signal group is named")
    func noGroups() throws {
        var network = network
        let empty = network.junctions[0].id
        network.junctions[0].signalGroups = []
        network.junctions[0].intergreens = []
        network.junctions[0].permittedConflicts = []
        network.junctions[0].stages = []
        network.junctions[0].programs = []
        network.junctions[0].ringBarrier = nil
        for number in network.movements.indices
        where network.junctions[0].nodes.contains(network.movements[number].node) {
            network.movements[number].signalGroup = nil
        }
        let model = NetworkModel(
            network: network,
            flows: FlowsGenerator.flows(for: network, seed: 3, greatestFlowPerLane: 100, intervalCount: 3))
        #expect(throws: PlanOptimizerError.noLegalPlan(empty)) { try optimizer(32...150, model).optimize() }
    }

    @Test("Without any traffic the stages of a junction are as long as one another, within their least greens")
    func noTraffic() throws {
        let junction = JunctionGenerator.junction(seed: 1)
        var flows = FlowsGenerator.flows(for: junction, seed: 1, greatestFlowPerLane: 100)
        for number in flows.movements.indices {
            flows.movements[number].flowPerHour = flows.movements[number].flowPerHour.map { _ in 0 }
        }
        for number in flows.sources.indices {
            flows.sources[number].flowPerHour = flows.sources[number].flowPerHour.map { _ in 0 }
        }
        let splits = StageSplits(model: NetworkModel(network: junction, flows: flows), junction: 0, settings: .init())
        let plan = try #require(splits.timing(of: splits.stages, cycle: 120))
        let greens = plan.stages.map(\.green)
        #expect(greens.max()! <= 2 * greens.min()!, "\(greens)")
    }

    /// Timings with a cycle of its own for each junction.
    private func plan(cycles: [Int]) throws -> Plan {
        var plans: [Int: Plan] = [:]
        for cycle in Set(cycles) { plans[cycle] = try optimizer(cycle...cycle, model(greatest: 60)).optimize().plan }
        return Plan(
            network: network.name, name: "start",
            junctions: cycles.enumerated().compactMap { plans[$0.element]?.junctions[$0.offset] })
    }
}
