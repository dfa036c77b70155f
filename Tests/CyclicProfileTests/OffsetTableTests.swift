import CyclicProfile
import PerformanceModel
import SignalModel
import TestSupport
import Testing

@Suite("Costs of a road for all offset differences")
struct OffsetTableTests {
    @Test("On a one-way street the table is what evaluating every offset gives")
    func arterial() throws {
        let arterial = try Arterial()
        let engine = CyclicEngine(network: arterial.cyclic)
        let tables = engine.offsetTables(of: try arterial.greens(offsets: (3, 50), green: 35), secondsPerStop: 6)
        #expect(tables.count == 1)
        #expect(tables[0].link == "between" && tables[0].upstream == 0 && tables[0].downstream == 1)
        #expect(tables[0].costs.count == 80)
        let reference = CyclicReference(network: arterial.cyclic)
        for shift in 0..<80 {
            for offsets in [(3.0 + Double(shift), 50.0), (3.0, 50.0 - Double(shift))] {
                let greens = try arterial.greens(offsets: offsets, green: 35)
                let road = reference.profiles(of: greens)[1].performance
                let expected = road.uniformDelay + 6 * road.stops
                #expect(abs(tables[0].costs[shift] - expected) < 1e-3 * expected + 0.02)
            }
        }
    }

    @Test(
        "Every table is that of the double reference with the arrivals turned",
        arguments: 0..<CyclicEngineTests.networks)
    func reference(seed: UInt64) throws {
        var trial = try RandomCase(seed: seed, flow: seed % 3 == 0 ? 900 : 450)
        let greens = try trial.greens()
        let tables = CyclicEngine(network: trial.cyclic).offsetTables(of: greens)
        let profiles = CyclicReference(network: trial.cyclic).profiles(of: greens)
        #expect(trial.network.junctions.count == 1 || !tables.isEmpty)
        var turned = 0
        for table in tables {
            #expect(table.upstream != table.downstream)
            let members = profiles.filter { $0.link == table.link }
            let present = members.reduce(0) {
                $0 + $1.performance.uniformDelay + trial.cyclic.settings.secondsPerStop * $1.performance.stops
            }
            #expect(abs(table.costs[0] - present) < 2e-3 * present + 0.02)
            // Turning all arrivals is turning those of the one junction that they come from; few flows enter in between.
            guard tables.count(where: { $0.link == table.link }) == 1 else { continue }
            turned += 1
            for shift in stride(from: 0, to: trial.cyclic.cycle, by: 7) {
                let cost = members.reduce(0.0) { sum, profile in
                    let come = profile.arrivals.reduce(0, +)
                    let served = min(1, max(profile.capacity.reduce(0, +), 1e-3 * come) / come)
                    let arrivals = profile.arrivals.indices.map {
                        profile.arrivals[($0 - shift + trial.cyclic.cycle) % trial.cyclic.cycle] * served
                    }
                    let queue = PeriodicFlow.queue(arrivals: arrivals, capacity: profile.capacity)
                    return sum + queue.queued + trial.cyclic.settings.secondsPerStop * queue.stopped
                }
                #expect(abs(table.costs[shift] - cost) < 2e-3 * cost + 0.05)
            }
        }
        if trial.network.junctions.count > 1 { #expect(turned > 0) }
    }
}
