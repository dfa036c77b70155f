import PerformanceModel
import SignalModel
import TestSupport
import Testing

@Suite("Time steps of any length")
struct StepLengthTests {
    private func run(seed: UInt64, step: Double, intervalLength: Double = 300) -> NetworkRun {
        let network = JunctionGenerator.irregular(rows: 2, columns: 2, seed: seed)
        let flows = FlowsGenerator.flows(
            for: network, seed: seed, greatestFlowPerLane: 250, intervalLength: intervalLength, intervalCount: 4)
        var settings = ModelSettings()
        settings.stepLength = step
        let model = NetworkModel(network: network, flows: flows, settings: settings)
        var timings: [JunctionPlan] = []
        for junction in network.junctions { timings.append(junction.programs[0].plan) }
        return model.evaluate(Plan(network: network.name, name: "present", junctions: timings))
    }

    @Test("Delay hardly depends on it", arguments: 0..<12 as Range<UInt64>, [0.5, 2])
    func delay(seed: UInt64, step: Double) {
        let (one, other) = (run(seed: seed, step: 1), run(seed: seed, step: step))
        #expect(abs(other.delay - one.delay) < 0.06 * one.delay, "\(other.delay) and \(one.delay)")
    }

    @Test("No vehicle is lost", arguments: 0..<4 as Range<UInt64>, [0.5, 2, 3, 7])
    func conservation(seed: UInt64, step: Double) {
        // Some of these intervals are no whole number of steps.
        for intervalLength in [300.0, 100.5] {
            let balance = run(seed: seed, step: step, intervalLength: intervalLength).balance()
            #expect(abs(balance.sent - balance.left - balance.stillThere) < 1e-6 * balance.sent)
        }
    }
}
