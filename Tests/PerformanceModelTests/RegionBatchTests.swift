import PerformanceModel
import SignalModel
import TestSupport
import Testing

@Suite("Timings of one junction, simulated many at once")
struct RegionBatchTests {
    #if DEBUG
        private static let networks: UInt64 = 4
    #else
        private static let networks: UInt64 = 40
    #endif

    /// A recorded run of a random network with random timings, and timings to try at one of its junctions.
    private struct Trial {
        let junction: Int
        let region: Region
        let greens: GreenTable
        let timings: [JunctionPlan]
        let model: NetworkModel

        /// Sums of the scalar kernel, which stands for itself.
        func scalar(_ timing: JunctionPlan, against reference: [Double] = []) -> [Double] {
            let own = GreenTable(model: model)
            own.copy(from: greens)
            own.set(timing, at: junction)
            return NetworkSimulator(model: model)
                .performanceIndex(in: region, greens: own, against: reference)
        }

        func batch(_ timings: [JunctionPlan], against reference: [Double] = []) -> [[Double]] {
            RegionBatch(region: region, junction: junction, greens: greens)
                .performanceIndices(of: timings, against: reference)
        }
    }

    private func network(seed: UInt64) -> Network {
        switch seed % 4 {
        case 0: JunctionGenerator.joinedJunction(seed: seed)
        case 1: JunctionGenerator.irregular(rows: 2, columns: 2, seed: seed)
        case 2: JunctionGenerator.grid(rows: 2, columns: 2, seed: seed)
        default: JunctionGenerator.junction(seed: seed)
        }
    }

    /// - Parameter flow: Greatest flow that enters on one lane, veh/h; 900 fills roads up.
    private func trials(seed: UInt64, flow: Double, turnsOnRed: Bool = false, count: Int = 8, intervals: Int = 6)
        -> [Trial]
    {
        var network = network(seed: seed)
        if turnsOnRed {
            for junction in network.junctions.indices {
                for group in network.junctions[junction].signalGroups.indices where group % 3 == 0 {
                    network.junctions[junction].signalGroups[group].turnOnRed = true
                }
            }
        }
        let flows = FlowsGenerator.flows(
            for: network, seed: seed, greatestFlowPerLane: flow, intervalLength: 900 / Double(intervals),
            intervalCount: intervals)
        let model = NetworkModel(network: network, flows: flows)
        var random = SplitMix64(seed: seed)
        let makers = network.junctions.map { SafePlanMaker($0) }
        let greens = GreenTable(model: model)
        for (junction, maker) in makers.enumerated() {
            greens.set(maker.plan(stages: maker.stages(random: &random), random: &random), at: junction)
        }
        let run = NetworkSimulator(model: model).run(greens)
        return makers.indices.map { junction in
            let timings = (0..<count).map { _ in
                makers[junction].plan(stages: makers[junction].stages(random: &random), random: &random)
            }
            return Trial(
                junction: junction,
                region: Region(junction: junction, isFollowed: (seed / 4 + UInt64(junction)) % 2 == 0, of: run),
                greens: greens, timings: timings, model: model)
        }
    }

    @Test(
        "each costs what the double-precision kernel says", arguments: 0..<networks, [200.0, 500, 900])
    func agreement(seed: UInt64, flow: Double) {
        for turnsOnRed in [false, true] {
            for trial in trials(seed: seed, flow: flow, turnsOnRed: turnsOnRed) {
                for (timing, sums) in zip(trial.timings, trial.batch(trial.timings)) {
                    let expected = trial.scalar(timing)
                    let worst = zip(expected, sums).map { abs($0 - $1) / max(1, $0) }.max() ?? 0
                    #expect(expected.count == sums.count)
                    #expect(worst < 5e-3, "seed \(seed), junction \(trial.junction): \(worst)")
                }
            }
        }
    }

    @Test("what one costs does not depend on its place, and on the others only by rounding", arguments: 0..<networks)
    func places(seed: UInt64) {
        for trial in trials(seed: seed, flow: 600) {
            let together = trial.batch(trial.timings)
            #expect(trial.batch(trial.timings.reversed()) == together.reversed())
            for (number, alone) in trial.timings.map({ trial.batch([$0])[0] }).enumerated() {
                let worst = zip(alone, together[number]).map { abs($0 - $1) / max(1, $0) }.max() ?? 0
                #expect(worst < 2e-4, "seed \(seed), timing \(number): \(worst)")
            }
        }
    }

    @Test(
        "those that fall behind are given up where the double-precision kernel gives them up", arguments: 0..<networks,
        [4, 6, 12])
    func givingUp(seed: UInt64, intervals: Int) throws {
        // More than a batch, so that those left close up over those given up.
        for trial in trials(seed: seed, flow: 600, count: 19, intervals: intervals) {
            let whole = trial.timings.map { trial.scalar($0) }
            let best = try #require(whole.min { ($0.last ?? 0) < ($1.last ?? 0) })
            let lead = 1 + trial.model.settings.hopelessLead
            for (number, sums) in trial.batch(trial.timings, against: best).enumerated() {
                let expected = trial.scalar(trial.timings[number], against: best)
                let isBorderline = zip(whole[number], best).contains { abs($0 - $1 * lead) < 1e-3 * $0 }
                let worst = zip(expected, sums).map { abs($0 - $1) / max(1, $0) }.max() ?? 0
                #expect(isBorderline || sums.count == expected.count, "seed \(seed), timing \(number)")
                #expect(worst < 5e-3, "seed \(seed), timing \(number): \(worst)")
            }
        }
    }
}
