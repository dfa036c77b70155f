import Bandwidth
import SignalModel
import Testing

@Suite("MAXBAND: balance, queues, limits and bad input")
struct MaxBandTests {
    func arterial(seed: UInt64, signals: Int = 6) -> Arterial {
        var random = SeededGenerator(seed: seed)
        func roads() -> [Arterial.Road] {
            (1..<signals).map { _ in
                Arterial.Road(
                    length: Double.random(in: 120...480, using: &random), leastSpeed: 11, greatestSpeed: 15)
            }
        }
        return Arterial(
            signals: (0..<signals).map {
                ArterialSignal(
                    name: "\($0)", commonRed: Double.random(in: 0.25...0.45, using: &random),
                    outboundLeft: Double.random(in: 0...0.15, using: &random),
                    inboundLeft: Double.random(in: 0...0.15, using: &random))
            }, outbound: roads(), inbound: roads(), greatestSlownessChange: 0.01)
    }

    /// The same street seen from its other end: in and out change places.
    private func mirrored(_ arterial: Arterial) -> Arterial {
        Arterial(
            signals: arterial.signals.reversed().map { signal in
                ArterialSignal(
                    name: signal.name,
                    patterns: signal.patterns.map { .init(name: $0.name, outbound: $0.inbound, inbound: $0.outbound) },
                    outboundQueueClearance: signal.inboundQueueClearance,
                    inboundQueueClearance: signal.outboundQueueClearance)
            }, outbound: arterial.inbound!.reversed(), inbound: arterial.outbound.reversed(),
            greatestSlownessChange: arterial.greatestSlownessChange)
    }

    @Test("Bands hold what they say: nothing in them meets a red", arguments: 0..<6 as Range<UInt64>)
    func walked(seed: UInt64) throws {
        var street = arterial(seed: seed)
        for number in street.signals.indices {
            street.signals[number].outboundQueueClearance = Double((number + Int(seed)) % 3)
            street.signals[number].inboundQueueClearance = Double((number + 1) % 2) * 2
        }
        for queues in [MaxBand.QueueTreatment.bandAdvances, .bandWaits] {
            let search = MaxBand(arterial: street, cycles: 50...80, queues: queues)
            let solution = try search.solve()
            #expect(solution.isProvenOptimal)
            #expect(solution.outbound.width > 0 || solution.inbound!.width > 0)
            let faults = BandWalk(arterial: street, solution: solution, queues: queues).faults()
            #expect(faults.isEmpty, "\(queues): \(faults.prefix(3))")
            let measured = street.bands(under: solution.timing, queues: queues)
            #expect(measured.outbound.width >= solution.outbound.width - 1e-4)
            #expect(measured.inbound!.width >= solution.inbound!.width - 1e-4)
            // What is measured cannot be worth more than the optimum.
            let sum = (measured.outbound.width + measured.inbound!.width) / solution.timing.cycle
            #expect(sum <= solution.value + 1e-5)
        }
    }

    @Test("The walk sees a signal that is out of step")
    func walkIsStrict() throws {
        let street = arterial(seed: 3)
        let solution = try MaxBand(arterial: street, cycles: 50...80).solve()
        var shifted = street
        for pattern in shifted.signals[2].patterns.indices {
            shifted.signals[2].patterns[pattern].outbound.start -= 0.5
            shifted.signals[2].patterns[pattern].inbound.start -= 0.5
        }
        #expect(!BandWalk(arterial: shifted, solution: solution, queues: .bandAdvances).faults().isEmpty)
    }

    @Test("The other way round a street has the same optimum", arguments: 0..<4 as Range<UInt64>)
    func mirror(seed: UInt64) throws {
        let street = arterial(seed: seed, signals: 5)
        let forward = try MaxBand(
            arterial: street, cycles: 50...80, balance: .weights(outbound: 1, inbound: 0.5)
        ).solve()
        let backward = try MaxBand(
            arterial: mirrored(street), cycles: 50...80, balance: .weights(outbound: 0.5, inbound: 1)
        ).solve()
        #expect(abs(forward.value - backward.value) < 1e-6)
    }

    @Test(
        "A street that is its own mirror gives both directions the same and loses nothing by it", arguments: [3, 4, 7])
    func symmetric(signals: Int) throws {
        let lengths = [210.0, 340, 175].prefix(signals / 2)
        let ahead = Array(lengths.prefix((signals - 1) / 2))
        let middle = signals.isMultiple(of: 2) ? [260.0] : []
        let roads = (ahead + middle + ahead.reversed()).map {
            Arterial.Road(length: $0, leastSpeed: 13, greatestSpeed: 13)
        }
        let street = Arterial(
            signals: (0..<signals).map {
                ArterialSignal(name: "\($0)", red: 0.45 + 0.02 * Double(min($0, signals - 1 - $0)))
            },
            outbound: roads, inbound: roads)
        let equal = try MaxBand(arterial: street, cycles: 70...70, balance: .fixedRatio(1)).solve()
        let free = try MaxBand(arterial: street, cycles: 70...70).solve()
        #expect(abs(equal.outbound.width - equal.inbound!.width) < 1e-6)
        // Morgan and Little (1964): with greens alike both ways, equal bands have the greatest sum while neither is lost.
        if free.outbound.width > 1e-6, free.inbound!.width > 1e-6 {
            #expect(abs(equal.value - free.value) < 1e-6)
        }
        #expect(equal.value <= free.value + 1e-7)
    }

    @Test("Ratios are kept")
    func ratios() throws {
        let street = arterial(seed: 9)
        let fixed = try MaxBand(arterial: street, cycles: 50...80, balance: .fixedRatio(0.5)).solve()
        #expect(abs(fixed.inbound!.width - 0.5 * fixed.outbound.width) < 1e-6)
        let least = try MaxBand(arterial: street, cycles: 50...80, balance: .leastRatio(0.5)).solve()
        #expect(least.inbound!.width >= 0.5 * least.outbound.width - 1e-6)
        let more = try MaxBand(arterial: street, cycles: 50...80, balance: .leastRatio(2)).solve()
        #expect(more.inbound!.width <= 2 * more.outbound.width + 1e-6)
        let outbound = try MaxBand(arterial: street, cycles: 50...80, balance: .fixedRatio(0)).solve()
        #expect(outbound.inbound!.width < 1e-6)
        #expect(outbound.outbound.width >= fixed.outbound.width - 1e-6)
    }

    @Test("More freedom is never worth less")
    func freedom() throws {
        let street = arterial(seed: 5)
        let free = try MaxBand(arterial: street, cycles: 50...80).solve()
        let cycle = try MaxBand(arterial: street, cycles: 65...65).solve()
        var slow = street
        slow.greatestSlownessChange = 0
        let even = try MaxBand(arterial: slow, cycles: 50...80).solve()
        #expect(cycle.value <= free.value + 1e-7)
        #expect(even.value <= free.value + 1e-7)
        let speeds = even.timing.outboundSpeeds
        #expect(speeds.allSatisfy { abs($0 - speeds[0]) < 1e-5 })
    }

    @Test("One way, the band is the shortest green")
    func oneWay() throws {
        var street = arterial(seed: 2)
        street.inbound = nil
        for number in street.signals.indices { street.signals[number].patterns.removeLast(3) }
        let solution = try MaxBand(arterial: street, cycles: 60...60).solve()
        let shortest = street.signals.map { $0.patterns[0].outbound.length }.min()! * 60
        #expect(abs(solution.outbound.width - shortest) < 1e-6)
        #expect(solution.inbound == nil)
        #expect(BandWalk(arterial: street, solution: solution, queues: .bandAdvances).faults().isEmpty)
    }

    @Test("The same search gives the same bands")
    func deterministic() throws {
        let search = MaxBand(arterial: arterial(seed: 1), cycles: 50...80)
        #expect(try search.solve() == search.solve())
    }

    @Test("Values without a meaning are named")
    func badInput() {
        let good = arterial(seed: 1)
        var cases: [(Arterial, String)] = []
        func spoil(_ name: String, _ change: (inout Arterial) -> Void) {
            var street = good
            change(&street)
            cases.append((street, name))
        }
        spoil("signals") { $0.signals = [] }
        spoil("signals[1].patterns") { $0.signals[1].patterns = [] }
        spoil("signals[2].patterns[0].inbound") { $0.signals[2].patterns[0].inbound.length = 1.5 }
        spoil("signals[2].patterns[1].outbound") { $0.signals[2].patterns[1].outbound.start = .nan }
        spoil("signals[0].outboundQueueClearance") { $0.signals[0].outboundQueueClearance = -1 }
        spoil("outbound") { $0.outbound.removeLast() }
        spoil("inbound[3]") { $0.inbound?[3].leastSpeed = 0 }
        spoil("outbound[0]") { $0.outbound[0].length = .infinity }
        spoil("greatestSlownessChange") { $0.greatestSlownessChange = -0.1 }
        for (street, name) in cases {
            let error = #expect(throws: BandwidthError.self) { try MaxBand(arterial: street, cycles: 60...60).solve() }
            guard case .unfit(let value, _, _) = error else {
                Issue.record("\(name): \(String(describing: error))")
                continue
            }
            #expect(value == name)
        }
        #expect(throws: BandwidthError.self) { try MaxBand(arterial: good, cycles: 0...60).solve() }
        #expect(throws: BandwidthError.self) {
            try MaxBand(arterial: good, cycles: 60...60, balance: .fixedRatio(-1)).solve()
        }
        #expect(throws: BandwidthError.self) {
            try MaxBand(arterial: good, cycles: 60...60, balance: .weights(outbound: 0, inbound: 0)).solve()
        }
    }

    @Test("Limits that exclude each other are said to")
    func conflict() {
        var street = arterial(seed: 1)
        street.outbound[1].leastSpeed = 20
        street.outbound[1].greatestSpeed = 20
        street.greatestSlownessChange = 0.0001
        #expect(throws: BandwidthError.noBands) { try MaxBand(arterial: street, cycles: 60...60).solve() }
        var queued = arterial(seed: 1)
        queued.signals[2].outboundQueueClearance = 70
        #expect(throws: BandwidthError.noBands) {
            try MaxBand(arterial: queued, cycles: 60...60, queues: .bandWaits).solve()
        }
    }

    @Test("Greens too short for a single vehicle both ways have no bands, those of one direction alone have")
    func tooShort() throws {
        let road = Arterial.Road(length: 225, leastSpeed: 15, greatestSpeed: 15)
        var street = Arterial(
            signals: (0..<2).map { ArterialSignal(name: "\($0)", red: 0.9) }, outbound: [road], inbound: [road])
        // There and back takes half a cycle, and the greens give way by two tenths of it.
        #expect(throws: BandwidthError.noBands) { try MaxBand(arterial: street, cycles: 60...60).solve() }
        street.inbound = nil
        #expect(abs(try MaxBand(arterial: street, cycles: 60...60).solve().outbound.width - 6) < 1e-6)
    }

    @Test(
        "A search that ends at its limit says so, and its bands and its bound are true",
        arguments: 0..<4 as Range<UInt64>)
    func limited(seed: UInt64) throws {
        let street = arterial(seed: seed, signals: 12)
        var search = MaxBand(arterial: street, cycles: 50...80)
        let best = try search.solve()
        search.limits = .init(nodes: 1)
        do {
            let solution = try search.solve()
            #expect(solution.isProvenOptimal == (solution.bound - solution.value < 1e-6))
            #expect(solution.value <= best.value + 1e-6)
            #expect(solution.bound >= best.value - 1e-6)
            let faults = BandWalk(arterial: street, solution: solution, queues: search.queues).faults()
            #expect(faults.isEmpty, "\(faults.prefix(3))")
        } catch {
            #expect(error == .nothingFound)
        }
    }
}
