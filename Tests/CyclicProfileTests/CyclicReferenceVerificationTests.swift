import CyclicProfile
import PerformanceModel
import SignalModel
import TestSupport
import Testing

@Suite("Cyclic flow profiles in double precision")
struct CyclicReferenceVerificationTests {
    @Test(
        "What comes to a stop line that is not overloaded leaves it, and no more ever leaves than can",
        arguments: 0..<24)
    func conservation(seed: UInt64) throws {
        var trial = try RandomCase(seed: seed, flow: seed % 3 == 0 ? 900 : 350)
        let profiles = CyclicReference(network: trial.cyclic).profiles(of: try trial.greens())
        var overloaded = 0
        for profile in profiles {
            let come = profile.arrivals.reduce(0, +)
            let can = profile.capacity.reduce(0, +)
            let leave = profile.departures.reduce(0, +)
            if profile.degreeOfSaturation > 1 { overloaded += 1 }
            #expect(abs(leave - min(come, can)) <= 1e-3 * come + 1e-8 || can < 1e-3 * come)
            #expect(zip(profile.departures, profile.capacity).allSatisfy { $0 <= $1 + 1e-9 })
            #expect(profile.queue.allSatisfy { $0 >= 0 })
        }
        if seed % 3 == 0 { #expect(overloaded > 0) }
    }

    @Test("All that enters and is not held back leaves at the boundary or ends its journey", arguments: [1, 2, 3, 5])
    func throughput(seed: UInt64) throws {
        // So little that no stop line is overloaded: every road then has the flow that the demand brings.
        var trial = try RandomCase(seed: seed, flow: 60)
        let profiles = CyclicReference(network: trial.cyclic).profiles(of: try trial.greens())
        let brought = Dictionary(
            grouping: trial.model.flows.movements,
            by: { flow in
                trial.network.movements.first { $0.id == flow.movement }!.from
            }
        ).mapValues { $0.reduce(0) { $0 + $1.flowPerHour[0] } }
        let served = Dictionary(grouping: profiles, by: \.link).mapValues { members in
            members.flatMap(\.departures).reduce(0, +) / Double(trial.cyclic.cycle) * 3600
        }
        #expect(!served.isEmpty)
        for (link, flow) in served where profiles.allSatisfy({ $0.degreeOfSaturation < 1 }) {
            #expect(abs(flow - brought[link]!) < 0.01 * brought[link]! + 0.01, "\(link)")
        }
    }

    @Test("Moving every offset by the same time changes nothing but the clock", arguments: 0..<8)
    func sameShift(seed: UInt64) throws {
        var trial = try RandomCase(seed: seed)
        let reference = CyclicReference(network: trial.cyclic)
        let greens = try trial.greens()
        var moved = greens
        for junction in trial.network.junctions.indices { moved.shift(junction: junction, by: 17) }
        let one = reference.performance(of: greens)
        let other = reference.performance(of: moved)
        #expect(abs(one.delay - other.delay) < 1e-3 * one.delay)
        #expect(abs(one.stops - other.stops) < 1e-3 * one.stops)
    }

    @Test(
        "Even arrivals have the uniform delay of the handbook, and full stop lines that of X = 1",
        arguments: [200.0, 600, 1000])
    func uniformDelay(flow: Double) throws {
        let arterial = try Arterial()
        let green = 40 * Arterial.flowPerHour / flow
        guard green < 79 else { return }
        let first = CyclicReference(network: arterial.cyclic).profiles(
            of: try arterial.greens(offsets: (0, 0), green: green))[0]
        let capacity = 1800 * green / 80
        let expected = HCM.uniformDelay(
            cycle: 80, effectiveGreen: green, degreeOfSaturation: Arterial.flowPerHour / capacity)
        let served = min(Arterial.flowPerHour, capacity) / 3600 * 80
        #expect(abs(first.performance.uniformDelay / served - expected) < 0.03 * expected + 0.3)
        #expect(abs(first.degreeOfSaturation - Arterial.flowPerHour / capacity) < 1e-6)
    }

    @Test("A green wave waits less than its opposite, and stops fewer")
    func greenWave() throws {
        let arterial = try Arterial()
        let reference = CyclicReference(network: arterial.cyclic)
        let costs = try (0..<80).map { offset in
            reference.profiles(of: try arterial.greens(offsets: (0, Double(offset))))[1].performance
        }
        let best = costs.indices.min { costs[$0].uniformDelay < costs[$1].uniformDelay }!
        // 315 m at 15 m/s and the drivers' wait behind the first of the platoon.
        #expect((15...30).contains(best), "\(best)")
        #expect(costs[(best + 40) % 80].uniformDelay > 3 * costs[best].uniformDelay)
        #expect(costs[(best + 40) % 80].stops > 1.5 * costs[best].stops)
    }

    @Test("Profiles are what the recursions come to when they run on and on from empty streets")
    func simulation() throws {
        let arterial = try Arterial()
        let profiles = CyclicReference(network: arterial.cyclic).profiles(
            of: try arterial.greens(offsets: (13, 55), green: 31.5))
        let turns = 40
        let dispersion = PlatoonDispersion(travelTime: 20, alpha: 0.35, beta: 0.8)
        var come = Array(repeating: Arterial.flowPerHour / 3600, count: 80 * turns)
        for profile in profiles {
            let arrivals = dispersion.arrivals(of: come, stepCount: come.count)
            var queue = 0.0
            come = []
            for (second, arrival) in arrivals.enumerated() {
                let next = max(0, queue + arrival - profile.capacity[second % 80])
                come.append(queue + arrival - next)
                queue = next
            }
            for (found, value) in zip(profile.departures, come.suffix(80)) { #expect(abs(found - value) < 1e-9) }
            // One second across the junction.
            come = [0] + come.dropLast()
        }
    }
}
