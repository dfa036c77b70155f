import Bandwidth
import Foundation
import SignalModel
import TestSupport
import Testing

@Suite("MAXBAND: optima that are known or can be counted")
struct MaxBandVerificationTests {
    /// Greens and travel times in whole seconds of a cycle, for counting.
    private struct Counted {
        static let cycle = 30
        var arterial: Arterial
        /// By direction: travel times of the roads, s.
        var outboundTimes: [Int]
        var inboundTimes: [Int]
    }

    private func random(seed: UInt64, signals: Int) -> Counted {
        var random = SeededGenerator(seed: seed)
        func whole(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
        let cycle = Double(Counted.cycle)
        let speed = 10.0
        let outboundTimes = (1..<signals).map { _ in whole(5...50) }
        let inboundTimes = (1..<signals).map { _ in whole(5...50) }
        func roads(_ times: [Int]) -> [Arterial.Road] {
            times.map { Arterial.Road(length: Double($0) * speed, leastSpeed: speed, greatestSpeed: speed) }
        }
        let described = (0..<signals).map { number in
            ArterialSignal(
                name: "\(number)",
                patterns: (0..<2).map { pattern in
                    func green() -> ArterialSignal.Green {
                        .init(start: Double(whole(0...29)) / cycle, length: Double(whole(8...20)) / cycle)
                    }
                    return .init(name: "\(pattern)", outbound: green(), inbound: green())
                })
        }
        return Counted(
            arterial: Arterial(
                signals: described, outbound: roads(outboundTimes), inbound: roads(inboundTimes)),
            outboundTimes: outboundTimes, inboundTimes: inboundTimes)
    }

    /// The longest run of seconds at which a vehicle finds every signal green, by looking at each.
    private func width(_ greens: [ArterialSignal.Green], offsets: [Int], times: [Int]) -> Int {
        let cycle = Counted.cycle
        let starts = greens.map { Int(($0.start * Double(cycle)).rounded()) }
        let lengths = greens.map { Int(($0.length * Double(cycle)).rounded()) }
        var passes = Array(repeating: true, count: cycle)
        var elapsed = 0
        for signal in greens.indices {
            if signal > 0 { elapsed += times[signal - 1] }
            for second in 0..<cycle {
                let since = (second + elapsed - offsets[signal] - starts[signal] + 2 * cycle) % cycle
                if since >= lengths[signal] { passes[second] = false }
            }
        }
        guard passes.contains(false) else { return cycle }
        var longest = 0
        var run = 0
        for second in 0..<(2 * cycle) {
            run = passes[second % cycle] ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }

    /// The greatest weighted sum over all offsets in whole seconds and all patterns, s.
    private func counted(_ case: Counted, weights: (outbound: Double, inbound: Double)) -> Double {
        let signals = `case`.arterial.signals
        var best = 0.0
        func extend(_ patterns: [Int], _ offsets: [Int]) {
            guard patterns.count < signals.count else {
                let chosen = zip(signals, patterns).map { $0.patterns[$1] }
                let ahead = width(chosen.map(\.outbound), offsets: offsets, times: `case`.outboundTimes)
                let back = width(
                    chosen.map(\.inbound).reversed(), offsets: offsets.reversed(),
                    times: `case`.inboundTimes.reversed())
                best = max(best, weights.outbound * Double(ahead) + weights.inbound * Double(back))
                return
            }
            for pattern in signals[patterns.count].patterns.indices {
                for offset in 0..<(patterns.isEmpty ? 1 : Counted.cycle) {
                    extend(patterns + [pattern], offsets + [offset])
                }
            }
        }
        extend([], [])
        return best
    }

    @Test("Fixed cycle and speeds: no timing in whole seconds is better, and one is nearly as good", arguments: 0..<12)
    func exhaustive(seed: UInt64) throws {
        let problem = random(seed: seed, signals: 3)
        let weights = seed.isMultiple(of: 2) ? (outbound: 1.0, inbound: 1.0) : (outbound: 1.0, inbound: 0.4)
        let cycle = Double(Counted.cycle)
        let search = MaxBand(
            arterial: problem.arterial, cycles: cycle...cycle,
            balance: .weights(outbound: weights.outbound, inbound: weights.inbound))
        let solution = try search.solve()
        let best = counted(problem, weights: weights)
        let value = solution.value * cycle
        #expect(solution.isProvenOptimal)
        #expect(value >= best - 1e-6, "\(value) s, counted \(best) s")
        // An offset that is moved by half a second or less to a whole one takes at most a second off each band.
        #expect(value <= best + weights.outbound + weights.inbound + 1e-6, "\(value) s, counted \(best) s")
        let faults = BandWalk(arterial: problem.arterial, solution: solution, queues: search.queues).faults()
        #expect(faults.isEmpty, "\(faults.prefix(3))")
    }

    @Test("Little's ten signals: the proven optimum is that of another solver on another form of the program")
    func tenSignals() throws {
        let search = MaxBand(
            arterial: TenSignals.arterial, cycles: TenSignals.cycles, balance: .fixedRatio(1))
        let solution = try search.solve()
        #expect(solution.isProvenOptimal)
        #expect(abs(solution.bound - solution.value) < 1e-6)
        #expect(abs(solution.value - 0.5628271) < 1e-5)
        #expect(TenSignals.cycles.contains(solution.timing.cycle))
        let faults = BandWalk(arterial: search.arterial, solution: solution, queues: search.queues).faults()
        #expect(faults.isEmpty, "\(faults.prefix(3))")
    }

    @Test("Ten signals with free cycle, speeds and sequence are solved to a proven optimum")
    func tenSignalsWithLeftTurns() throws {
        let search = MaxBand(
            arterial: TenSignals.withLeftTurns, cycles: TenSignals.cycles, balance: .fixedRatio(1))
        let solution = try search.solve()
        #expect(solution.isProvenOptimal)
        #expect(abs(solution.bound - solution.value) < 1e-6)
        #expect(abs(solution.value - 0.7628271) < 1e-5)
        let faults = BandWalk(arterial: search.arterial, solution: solution, queues: search.queues).faults()
        #expect(faults.isEmpty, "\(faults.prefix(3))")
        // What may be chosen is worth no less than each of the sequences by itself.
        for sequence in [0, 2] {
            var fixed = search
            for signal in fixed.arterial.signals.indices {
                fixed.arterial.signals[signal].patterns = [search.arterial.signals[signal].patterns[sequence]]
            }
            #expect(try fixed.solve().value <= solution.value + 1e-7)
        }
    }

    @Test("Equally spaced signals at half a cycle's drive have the whole green both ways")
    func alternate() throws {
        // The alternate system: the road takes half a cycle, and each signal is green when its neighbour is red.
        let road = Arterial.Road(length: 450, leastSpeed: 15, greatestSpeed: 15)
        let arterial = Arterial(
            signals: (0..<6).map { ArterialSignal(name: "\($0)", red: 0.5) },
            outbound: Array(repeating: road, count: 5), inbound: Array(repeating: road, count: 5))
        let solution = try MaxBand(arterial: arterial, cycles: 60...60).solve()
        #expect(abs(solution.outbound.width - 30) < 1e-6)
        #expect(abs((solution.inbound?.width ?? 0) - 30) < 1e-6)
        for (number, offset) in solution.timing.offsets.enumerated() {
            let expected = number.isMultiple(of: 2) ? 0.0 : 30.0
            let distance = abs(offset - expected)
            #expect(min(distance, 60 - distance) < 1e-6)
        }
    }

    @Test("A quarter of a cycle apart two signals lose half a red between them")
    func quarter() throws {
        // Loop 2t = ½: the greens' middles are a quarter of a cycle off what either direction wants; b + b̄ = 2g − ½ each
        // way round (Morgan and Little 1964, theorem 1: signals are in phase or in opposition).
        let road = Arterial.Road(length: 225, leastSpeed: 15, greatestSpeed: 15)
        let arterial = Arterial(
            signals: (0..<2).map { ArterialSignal(name: "\($0)", red: 0.4) }, outbound: [road], inbound: [road])
        let solution = try MaxBand(arterial: arterial, cycles: 60...60, balance: .fixedRatio(1)).solve()
        #expect(abs(solution.outbound.width - 21) < 1e-6)
        #expect(abs((solution.inbound?.width ?? 0) - 21) < 1e-6)
    }

    private struct Published: Decodable {
        struct Inputs: Decodable {
            var bandwidth_s: Double
            var C: Double
            var headway_s: Double
        }
        struct Expected: Decodable {
            var efficiency_pct: Double
            var veh_h_lane: Double
        }
        var inputs: Inputs
        var expected: Expected
    }

    @Test(
        "The band of a street whose shortest green is the published band has the published efficiency",
        .enabled(if: SharedData.isExpected, SharedData.absence))
    func efficiency() throws {
        let published = try JSONDecoder().decode(
            Published.self, from: Data(contentsOf: SharedData.url("cases/bandwidth_nptel.json")))
        let greens = [24, published.inputs.bandwidth_s, 30]
        let road = Arterial.Road(length: 200, leastSpeed: 12, greatestSpeed: 12)
        let street = Arterial(
            signals: greens.map { ArterialSignal(name: "\($0)", red: 1 - $0 / published.inputs.C) },
            outbound: [road, road])
        let cycle = published.inputs.C
        let band = try MaxBand(arterial: street, cycles: cycle...cycle).solve().outbound
        #expect(abs(band.efficiency * 100 - published.expected.efficiency_pct) < 0.005)
        #expect(abs(band.capacityPerHour(headway: published.inputs.headway_s) - published.expected.veh_h_lane) < 1e-3)
    }
}
