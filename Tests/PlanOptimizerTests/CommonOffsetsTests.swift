import CyclicProfile
import PerformanceModel
import SignalModel
import TestSupport
import Testing

@testable import PlanOptimizer

@Suite("Offsets of all junctions at once")
struct CommonOffsetsTests {
    private let sweeps: NetworkSweeps
    /// Twenty seconds longer than the junction that needs most.
    private let cycle: Int
    private var model: NetworkModel { sweeps.model }

    init() {
        var network = JunctionGenerator.irregular(rows: 2, columns: 3, seed: 8)
        // A greatest green can forbid a common cycle.
        for junction in network.junctions.indices {
            for group in network.junctions[junction].signalGroups.indices {
                network.junctions[junction].signalGroups[group].greatestGreen = nil
            }
        }
        let flows = FlowsGenerator.flows(for: network, seed: 8, greatestFlowPerLane: 120)
        var settings = OptimizerSettings()
        settings.greatestCycle = 300
        let sweeps = NetworkSweeps(
            model: NetworkModel(network: network, flows: flows), settings: settings, isStopped: { false })
        let shortest = network.junctions.indices.compactMap { junction in
            sweeps.limits(of: junction).shortestCycle(of: Self.start(sweeps.pools[junction]))
        }
        self.sweeps = sweeps
        cycle = (shortest.max() ?? 0) / 2 * 2 + 20
    }

    private static func start(_ pool: StagePool) -> StagePlan {
        StagePlan(stages: pool.own.map { .init(groups: $0, green: 10) })
    }

    /// Timings of a common cycle, or half of it for some junctions, with offsets drawn at random.
    private func plans(seed: UInt64) throws -> (plans: [StagePlan], cycles: [Int]) {
        var generator = SeededGenerator(seed: seed)
        var cycles: [Int] = []
        let plans = try model.network.junctions.indices.map { junction in
            let limits = sweeps.limits(of: junction)
            var start = Self.start(sweeps.pools[junction])
            start.offset = Int.random(in: 0..<cycle, using: &generator)
            let half = junction % 3 == 0 ? limits.legalised(start, cycle: cycle / 2) : nil
            cycles.append(half == nil ? cycle : cycle / 2)
            return try #require(half ?? limits.legalised(start, cycle: cycle))
        }
        return (plans, cycles)
    }

    private func index(of plans: [StagePlan]) throws -> Double {
        let network = try CyclicNetwork(model: model, cycle: cycle, greensPerGroup: 4)
        let timings = plans.enumerated().map { junction, plan in
            plan.junctionPlan(for: model.network.junctions[junction].id, under: model.rules[junction])
        }
        return CyclicReference(network: network)
            .performance(of: try CyclicGreens(timings: timings, network: network))
            .index(secondsPerStop: network.settings.secondsPerStop)
    }

    @Test("They cost less in the cyclic model than offsets at random")
    func improve() throws {
        var (before, after) = (0.0, 0.0)
        for seed in 0..<8 as Range<UInt64> {
            let (plans, cycles) = try plans(seed: seed)
            let offsets = CommonOffsets(model: model, cycles: cycles, settings: .init())
            let found = try #require(offsets.improved(plans))
            // Only offsets change.
            #expect(found.map(\.stages) == plans.map(\.stages))
            before += try index(of: plans)
            after += try index(of: found)
            // Profiles settle anew, so that a single plan may come out a little worse.
            #expect(try index(of: found) < 1.03 * index(of: plans))
        }
        #expect(after < 0.99 * before, "\(after) and \(before)")
    }

    @Test(
        "Again and again, they come near their own bound", arguments: 0..<4 as Range<UInt64>)
    func bound(seed: UInt64) throws {
        let (plans, cycles) = try plans(seed: seed)
        let offsets = CommonOffsets(model: model, cycles: cycles, settings: .init())
        let first = try #require(offsets.improved(plans))
        // Again and again, each time under the profiles of the last: what was found last is near its own bound.
        var current = first
        for _ in 0..<4 { current = try #require(offsets.improved(current)) }
        let known = try #require(offsets.certificate(of: current))
        #expect(known.cycle == cycle)
        #expect(known.bound <= known.delay)
        #expect(try known.delay <= #require(offsets.certificate(of: first)).delay * 1.001)
        #expect(known.gap < 0.1, "\(known)")
    }

    @Test("Where no road leads from one signal to another there is nothing to seek")
    func alone() throws {
        let network = JunctionGenerator.junction(seed: 3)
        let model = NetworkModel(network: network, flows: FlowsGenerator.flows(for: network, seed: 3))
        let sweeps = NetworkSweeps(model: model, settings: .init(), isStopped: { false })
        let plan = try #require(sweeps.limits(of: 0).legalised(Self.start(sweeps.pools[0]), cycle: nil))
        let cycle = plan.cycle(under: model.rules[0])
        #expect(CommonOffsets(model: model, cycles: [cycle], settings: .init()).improved([plan]) == nil)
        #expect(CommonOffsets(model: model, cycles: [cycle], settings: .init()).certificate(of: [plan]) == nil)
    }
}
