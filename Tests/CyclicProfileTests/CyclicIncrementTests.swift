import CyclicProfile
import SignalModel
import TestSupport
import Testing

@Suite("Evaluating a change at one junction")
struct CyclicIncrementTests {
    /// A case with the plan that is changed, and candidates that differ from it at one junction.
    private func trial(seed: UInt64, flow: Double = 450, junction: Int? = nil, count: Int = 40) throws
        -> (case: RandomCase, base: CyclicGreens, junction: Int, candidates: [CyclicGreens])
    {
        var trial = try RandomCase(seed: seed, flow: flow)
        let base = try trial.greens()
        let junction = junction ?? Int(seed) % trial.network.junctions.count
        let candidates = try (0..<count).map { number in
            var greens = base
            if number % 2 == 0 {
                greens.shift(junction: junction, by: Double(number))
            } else {
                try greens.set(trial.timing(of: junction), at: junction, network: trial.cyclic)
            }
            return greens
        }
        return (trial, base, junction, candidates)
    }

    @Test("It gives what evaluating the whole network gives", arguments: 0..<CyclicEngineTests.networks)
    func equality(seed: UInt64) throws {
        let (trial, base, junction, candidates) = try trial(seed: seed, flow: seed % 3 == 0 ? 900 : 450)
        let full = CyclicEngine(network: trial.cyclic).performances(of: candidates)
        let increment = CyclicIncrement(network: trial.cyclic, greens: base)
        let found = increment.performances(of: candidates, changedAt: junction)
        let again = increment.performances(of: candidates, changedAt: junction)
        #expect(found == again)
        for (one, other) in zip(found, full) {
            #expect(abs(one.delay - other.delay) < 1e-3 * other.delay)
            #expect(abs(one.stops - other.stops) < 1e-3 * other.stops)
        }
    }

    @Test("The plan itself costs what it costs, and a new plan can be taken")
    func rebase() throws {
        let (trial, base, junction, candidates) = try trial(seed: 5)
        let engine = CyclicEngine(network: trial.cyclic)
        let increment = CyclicIncrement(network: trial.cyclic, greens: base)
        #expect(abs(increment.performance.delay - engine.performances(of: [base])[0].delay) < 1e-2)
        let same = increment.performances(of: [base], changedAt: junction)[0]
        #expect(abs(same.delay - increment.performance.delay) < 1e-4 * same.delay)
        increment.rebase(on: candidates[1])
        #expect(increment.greens == candidates[1])
        let full = engine.performances(of: [candidates[1]])[0]
        #expect(abs(increment.performance.delay - full.delay) < 1e-4 * full.delay)
        let back = increment.performances(of: [base], changedAt: junction)[0]
        #expect(abs(back.delay - same.delay) < 1e-3 * same.delay)
    }

    @Test("Work is in proportion to what is reached, and stays near the junction when told to")
    func work() throws {
        let (trial, base, _, candidates) = try trial(seed: 2, junction: 0)
        let engine = CyclicEngine(network: trial.cyclic)
        let full = engine.performances(of: candidates)
        let increment = CyclicIncrement(network: trial.cyclic, greens: base)
        var bins: [Int] = []
        var errors: [Double] = []
        for reach in [CyclicIncrement.Reach.roads(0), .roads(1), .roads(2), .untilSettled] {
            let found = increment.performances(of: candidates, changedAt: 0, reach: reach)
            bins.append(increment.work.linkBins)
            errors.append(zip(found, full).reduce(0) { max($0, abs($1.0.delay - $1.1.delay) / $1.1.delay) })
        }
        #expect(bins == bins.sorted())
        #expect(bins[0] * 4 < engine.work.linkBins)
        #expect(errors[3] < 1e-3)
        #expect(errors[0] > errors[3])
    }
}
