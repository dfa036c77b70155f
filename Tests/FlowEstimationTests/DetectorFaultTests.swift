import FlowEstimation
import SignalModel
import TestSupport
import Testing

@Suite("Faults of detectors")
struct DetectorFaultTests {
    /// Counts of good detectors by lane, and whether a fault on one of them can be told from chance.
    private struct GoodCounts {
        let scenario: CountScenario
        private var byDetector: [DetectorID: Double] = [:]
        private let linkOfLane: [LaneID: Link]
        private let entered: Set<LaneID>

        init(_ scenario: CountScenario) {
            self.scenario = scenario
            for reading in scenario.counts.readings {
                byDetector[reading.detector, default: 0] += reading.count ?? 0
            }
            linkOfLane = Dictionary(
                uniqueKeysWithValues: scenario.network.links.flatMap { link in link.lanes.map { ($0.id, link) } })
            entered = Set(scenario.network.movements.flatMap { $0.connections.map(\.to) })
        }

        func count(_ detector: DetectorID) -> Double { byDetector[detector] ?? 0 }

        /// Counts of the detectors of one purpose across the detector's link; nil where a lane has none.
        func link(of detector: Detector, _ purpose: DetectorPurpose) -> [Double]? {
            guard let link = linkOfLane[detector.lane] else { return nil }
            let counted = link.lanes.compactMap { lane in
                scenario.network.detectors.first { $0.lane == lane.id && $0.purpose == purpose }.map { count($0.id) }
            }
            return counted.count == link.lanes.count ? counted : nil
        }

        /// Enough vehicles, and both ends of the link counted.
        func showsDead(_ detector: Detector) -> Bool {
            let own = count(detector.id)
            guard let entry = link(of: detector, .entry), let stop = link(of: detector, .stopLine) else { return false }
            let rest = max(entry.reduce(0, +), stop.reduce(0, +)) - own
            return own > 30 + 5 * own.squareRoot() + 0.3 * rest
        }

        /// Enough vehicles and enough of the link's, every lane in use, and none with about twice as many.
        func showsDoubled(_ detector: Detector) -> Bool {
            let own = count(detector.id)
            guard let side = link(of: detector, detector.purpose), let entry = link(of: detector, .entry),
                let stop = link(of: detector, .stopLine)
            else { return false }
            let isUsed = (entry + stop).allSatisfy { $0 > 0 }
            let isAlone = side.allSatisfy { $0 < 1.5 * own || $0 > 2.7 * own }
            return own > 100 && own > 0.3 * side.reduce(0, +) && isUsed && isAlone
        }
    }

    private static func faults(_ network: Network, _ counts: Counts) throws -> [DetectorHealth] {
        try FlowEstimator.estimate(network: network, counts: counts).faults
    }

    @Test("Good detectors are not accused", arguments: 0..<24 as Range<UInt64>)
    func innocent(seed: UInt64) throws {
        let busy = CountScenario(
            network: CountScenario.network(seed: seed), seed: seed, greatestFlowPerLane: seed % 2 == 0 ? 500 : 60)
        let faults = try Self.faults(busy.network, busy.counts)
        #expect(faults.isEmpty, "\(faults)")
    }

    @Test("A few equal counts are no fault: chance makes them")
    func equalByChance() throws {
        let scenario = CountScenario(network: JunctionGenerator.junction(seed: 4), seed: 4, intervalCount: 4)
        let detector = scenario.network.detectors[0].id
        let faults = try Self.faults(scenario.network, scenario.counts(of: detector) { $0.count = 1 })
        #expect(!faults.contains { $0.fault == .stuck })
    }

    @Test("A dead detector is found, named and the only one", arguments: 0..<24 as Range<UInt64>)
    func dead(seed: UInt64) throws {
        try plant(seed, where: { $0.showsDead($1) }, change: { $0.count = 0 }, .dead) { health, good in
            let expected = health.expected ?? 0
            #expect(health.counted == 0)
            #expect(abs(expected - good) < 0.1 * good + 20, "\(expected) for \(good)")
        }
    }

    @Test("A detector that counts twice is found and named, and no other is accused for it")
    func doubled() throws {
        var planted = 0
        var found = 0
        for seed in 0..<24 as Range<UInt64> {
            let scenario = CountScenario.standard(seed: seed)
            let good = GoodCounts(scenario)
            var random = SplitMix64(seed: seed)
            let places = scenario.network.detectors.filter { good.showsDoubled($0) }
            for detector in places.shuffled(using: &random).prefix(4) {
                let faults = try Self.faults(
                    scenario.network, scenario.counts(of: detector.id) { $0.count? *= 2 })
                #expect(faults.allSatisfy { $0.detector == detector.id })
                planted += 1
                guard let health = faults.first, health.fault == .doubled else { continue }
                found += 1
                #expect(health.counted == 2 * good.count(detector.id))
                #expect(health.expected == good.count(detector.id))
            }
        }
        // Demand that leaps from interval to interval hides a few.
        #expect(planted >= 40)
        #expect(Double(found) >= 0.95 * Double(planted), "\(found) of \(planted)")
    }

    @Test("A detector that always counts the same is found, named and the only one", arguments: 0..<24 as Range<UInt64>)
    func stuck(seed: UInt64) throws {
        let level = Double(2 + seed % 40)
        try plant(seed, where: { _, _ in true }, change: { $0.count = level }, .stuck) { health, _ in
            #expect(health.counted == 12 * level)
        }
    }

    @Test("A detector that is covered all the time and counts nothing is stuck", arguments: 0..<20 as Range<UInt64>)
    func covered(seed: UInt64) throws {
        let change: (inout DetectorReading) -> Void = { reading in
            reading.count = 0
            reading.occupancy = 1
        }
        try plant(seed, where: { _, _ in true }, change: change, .stuck) { health, _ in #expect(health.counted == 0) }
    }

    @Test("A detector without readings is missing, and no other is accused for it", arguments: 0..<20 as Range<UInt64>)
    func missing(seed: UInt64) throws {
        try plant(seed, where: { _, _ in true }, change: { $0.count = nil }, .missing) { health, _ in
            #expect(health.counted == 0)
            #expect(health.expected == nil)
        }
    }

    @Test("A dead detector on a way out is found where one stop line feeds its lane alone")
    func deadOnWayOut() throws {
        let scenario = CountScenario(network: JunctionGenerator.junction(seed: 8), seed: 8)
        let good = GoodCounts(scenario)
        var targets: [LaneID: Set<LaneID>] = [:]
        for connection in scenario.network.movements.flatMap(\.connections) {
            targets[connection.from, default: []].insert(connection.to)
        }
        var planted = 0
        for (lane, reached) in targets where reached.count == 1 {
            guard good.count(DetectorID("\(lane)/stop")) > 80, let to = reached.first else { continue }
            let detector = DetectorID("\(to)/entry")
            let faults = try Self.faults(scenario.network, scenario.counts(of: detector) { $0.count = 0 })
            #expect(faults.map(\.detector) == [detector])
            #expect(faults.map(\.fault) == [.dead])
            planted += 1
        }
        #expect(planted > 0)
    }

    /// Plants a fault in up to three good detectors, one at a time.
    private func plant(
        _ seed: UInt64, where canShow: (GoodCounts, Detector) -> Bool,
        change: (inout DetectorReading) -> Void, _ fault: DetectorHealth.Fault,
        check: (DetectorHealth, Double) -> Void
    ) throws {
        let scenario = CountScenario.standard(seed: seed)
        let good = GoodCounts(scenario)
        var random = SplitMix64(seed: seed)
        for detector in scenario.network.detectors.filter({ canShow(good, $0) }).shuffled(using: &random).prefix(3) {
            let faults = try Self.faults(scenario.network, scenario.counts(of: detector.id, changed: change))
            #expect(faults.map(\.detector) == [detector.id])
            #expect(faults.map(\.fault) == [fault])
            if let health = faults.first { check(health, good.count(detector.id)) }
        }
    }
}
