import CyclicProfile
import Foundation
import PerformanceModel
import TestSupport
import Testing

@Suite("Flows that repeat with the cycle")
struct PeriodicFlowVerificationTests {
    private struct Platoon: Decodable {
        struct Inputs: Decodable {
            var upstream_veh: [Double]
            var interval_s: Double
            var F: Double
            var lag_intervals_each_half: Double
        }
        struct Expected: Decodable {
            var mid_t10_100: [Double]
            var end_t10_120: [Double]
        }
        var inputs: Inputs
        var expected: Expected
        var tolerance: Double
    }

    private struct UniformDelay: Decodable {
        struct Inputs: Decodable {
            var arrival_veh_per_min: Double
            var sat_veh_per_min: Double
            var red_s: Double
            var green_s: Double
            var cycle_s: Double
        }
        var inputs: Inputs
        var expected: [String: Double]
    }

    private struct WebsterDelay: Decodable {
        struct Inputs: Decodable {
            var C: Double
            var g: Double
            var s_veh_h: Double
            var v_veh_h: Double
        }
        var inputs: Inputs
        var expected: [String: Double]
    }

    private static func published<Case: Decodable>(_ name: String) throws -> Case {
        try JSONDecoder().decode(Case.self, from: Data(contentsOf: SharedData.url("cases/\(name).json")))
    }

    private static func random(_ count: Int, seed: UInt64, upTo most: Double = 1) -> [Double] {
        var random = SplitMix64(seed: seed)
        return (0..<count).map { _ in random.chance(0.4) ? 0 : Double.random(in: 0...most, using: &random) }
    }

    @Test(
        "In a cycle that is long enough to forget, the platoon has the published shape half-way and at the end",
        .enabled(if: SharedData.isExpected, SharedData.absence))
    func robertson() throws {
        let published: Platoon = try Self.published("robertson_nptel")
        let step = published.inputs.interval_s
        let wait = step * (1 / published.inputs.F - 1)
        let half = PlatoonDispersion(
            travelTime: published.inputs.lag_intervals_each_half * step + wait, meanWait: wait, step: step)
        let quiet = Array(repeating: 0.0, count: 60)
        let middle = PeriodicFlow.arrivals(of: published.inputs.upstream_veh + quiet, dispersion: half)
        let end = PeriodicFlow.arrivals(of: middle, dispersion: half)
        for (found, value) in zip(middle, published.expected.mid_t10_100) {
            #expect(abs(found - value) <= published.tolerance, "\(found) for \(value)")
        }
        // The source follows the middle to 100 s only: its last value is too small.
        for (found, value) in zip(end, published.expected.end_t10_120).dropLast() {
            #expect(abs(found - value) <= published.tolerance, "\(found) for \(value)")
        }
    }

    @Test("The closed form is what the recursion comes to after many cycles, and no vehicle is lost", arguments: 0..<20)
    func steadyDispersion(seed: Int) {
        let departures = Self.random(40 + 5 * seed, seed: UInt64(seed))
        let dispersion = PlatoonDispersion(travelTime: 3 + 4.3 * Double(seed), alpha: 0.35, beta: 0.8)
        let arrivals = PeriodicFlow.arrivals(of: departures, dispersion: dispersion)
        let turns = 60
        let long = dispersion.arrivals(
            of: (0..<turns).flatMap { _ in departures }, stepCount: turns * departures.count)
        for (found, value) in zip(arrivals, long.suffix(departures.count)) { #expect(abs(found - value) < 1e-12) }
        #expect(abs(arrivals.reduce(0, +) - departures.reduce(0, +)) < 1e-10)
    }

    @Test("The queue is what it comes to after many cycles, and lets out what comes in", arguments: 0..<40)
    func steadyQueue(seed: Int) {
        let cycle = 30 + 2 * seed
        let capacity = Self.random(cycle, seed: UInt64(1000 + seed), upTo: 2)
        var arrivals = Self.random(cycle, seed: UInt64(seed))
        let load = arrivals.reduce(0, +) / capacity.reduce(0, +)
        // Every fifth is full to the last vehicle.
        let target = seed % 5 == 0 ? 1 : 0.97
        if load > target || seed % 5 == 0 { arrivals = arrivals.map { $0 * target / load } }
        let found = PeriodicFlow.queue(arrivals: arrivals, capacity: capacity)
        var queue = 0.0
        var last: (queue: [Double], departures: [Double]) = ([], [])
        for _ in 0..<200 {
            last = ([], [])
            for (come, can) in zip(arrivals, capacity) {
                let next = max(0, queue + come - can)
                last.departures.append(queue + come - next)
                last.queue.append(next)
                queue = next
            }
        }
        for (one, other) in zip(found.queue, last.queue) { #expect(abs(one - other) < 1e-10) }
        for (one, other) in zip(found.departures, last.departures) { #expect(abs(one - other) < 1e-10) }
        #expect(abs(found.departures.reduce(0, +) - arrivals.reduce(0, +)) < 1e-10)
        #expect(zip(found.departures, capacity).allSatisfy { $0 <= $1 + 1e-12 })
        #expect(found.stopped <= arrivals.reduce(0, +) + 1e-12)
    }

    @Test(
        "Even arrivals at a fixed signal wait for the published time",
        .enabled(if: SharedData.isExpected, SharedData.absence))
    func uniformDelay() throws {
        let even: UniformDelay = try Self.published("uniform_delay_byjus")
        try expect(
            even.expected["avg_delay_s"], cycle: even.inputs.cycle_s, green: even.inputs.green_s,
            flow: even.inputs.arrival_veh_per_min / 60, saturation: even.inputs.sat_veh_per_min / 60)
        let webster: WebsterDelay = try Self.published("webster_two_term_delay_otc")
        try expect(
            webster.expected["d_uniform"], cycle: webster.inputs.C, green: webster.inputs.g,
            flow: webster.inputs.v_veh_h / 3600, saturation: webster.inputs.s_veh_h / 3600)
    }

    private func expect(_ delay: Double?, cycle: Double, green: Double, flow: Double, saturation: Double) throws {
        let expected = try #require(delay)
        let red = Int(cycle - green)
        let queue = PeriodicFlow.queue(
            arrivals: Array(repeating: flow, count: Int(cycle)),
            capacity: (0..<Int(cycle)).map { $0 < red ? 0 : saturation })
        let found = queue.queued / (flow * cycle)
        // The queue does not end with a second: less than one second of the last vehicles is at stake.
        #expect(abs(found - expected) < 0.05, "\(found)")
    }
}
