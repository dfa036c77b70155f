import CyclicProfile
import SignalModel
import TestSupport
import Testing

@Suite("Cyclic flow profiles of many candidates at once")
struct CyclicEngineTests {
    #if DEBUG
        static let networks: UInt64 = 8
    #else
        static let networks: UInt64 = 60
    #endif

    private func compare(_ one: Double, _ other: Double, floor: Double) -> Double {
        abs(one - other) / max(floor, abs(other))
    }

    @Test("It gives what the double reference gives, within 0.1 %", arguments: 0..<networks)
    func agreement(seed: UInt64) throws {
        var trial = try RandomCase(seed: seed, flow: seed % 3 == 0 ? 900 : 450)
        let candidates = try (0..<5).map { _ in try trial.greens() }
        let found = CyclicEngine(network: trial.cyclic).performances(of: candidates)
        let reference = CyclicReference(network: trial.cyclic)
        for (one, greens) in zip(found, candidates) {
            let other = reference.performance(of: greens)
            #expect(compare(one.uniformDelay, other.uniformDelay, floor: 1) < 1e-3)
            #expect(compare(one.incrementalDelay, other.incrementalDelay, floor: 1) < 1e-3)
            #expect(compare(one.stops, other.stops, floor: 1) < 1e-3)
        }
    }

    @Test("Every departure profile is within 0.003 veh/s of the reference's", arguments: 0..<networks / 2)
    func profiles(seed: UInt64) throws {
        var trial = try RandomCase(seed: seed, flow: seed % 3 == 0 ? 900 : 450)
        let greens = try trial.greens()
        let found = CyclicEngine(network: trial.cyclic).departures(of: greens)
        let expected = CyclicReference(network: trial.cyclic).profiles(of: greens)
        #expect(found.count == expected.count)
        for (one, other) in zip(found, expected) {
            let worst = zip(one, other.departures).reduce(0) { max($0, abs($1.0 - $1.1)) }
            #expect(worst < 0.003, "\(other.link)")
        }
    }

    @Test("Threads change nothing, to the bit, and a candidate little depends on those beside it")
    func threads() throws {
        var trial = try RandomCase(seed: 6)
        let candidates = try (0..<3 * CyclicEngine.width + 7).map { _ in try trial.greens() }
        let engine = CyclicEngine(network: trial.cyclic)
        let one = engine.performances(of: candidates)
        let work = engine.work
        for threads in [2, 3, 8] {
            #expect(engine.performances(of: candidates, threads: threads) == one)
            #expect(engine.work == work)
        }
        let alone = engine.performances(of: [candidates[40]])[0]
        #expect(compare(alone.delay, one[40].delay, floor: 1) < 1e-4)
        #expect(engine.performances(of: []).isEmpty)
    }

    @Test("A stop line without green costs much, but a finite amount")
    func noGreen() throws {
        let arterial = try Arterial()
        let timings = [
            JunctionPlan(
                junction: "A", cycle: 80, offset: 0, greens: [GroupGreens(group: "through", intervals: [])]),
            Arterial.timing("B", offset: 0, green: 30),
        ]
        let greens = try CyclicGreens(timings: timings, network: arterial.cyclic)
        let found = CyclicEngine(network: arterial.cyclic).performances(of: [greens])[0]
        let expected = CyclicReference(network: arterial.cyclic).performance(of: greens)
        let open = try CyclicEngine(network: arterial.cyclic).performances(of: [arterial.greens(offsets: (0, 0))])[0]
        #expect(found.delay.isFinite && found.delay > 100 * open.delay)
        #expect(compare(found.delay, expected.delay, floor: 1) < 1e-3)
    }
}
