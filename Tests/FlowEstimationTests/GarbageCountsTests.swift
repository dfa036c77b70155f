import FlowEstimation
import SignalModel
import TestSupport
import Testing

@Suite("Garbage in counts")
struct GarbageCountsTests {
    private static let garbage: [Double] = [
        .nan, .infinity, -.infinity, -1, -0.001, -1e300, 1e300, 1e6, 302, .signalingNaN, .greatestFiniteMagnitude,
    ]

    private static func isSound(_ flows: Flows) -> Bool {
        let movements = flows.movements.allSatisfy { flow in
            (flow.flowPerHour + flow.standardErrorPerHour + flow.laneShares).allSatisfy { $0.isFinite && $0 >= 0 }
                && flow.flowPerHour.count == flows.intervalCount
                && flow.standardErrorPerHour.count == flows.intervalCount
        }
        return movements && flows.sources.allSatisfy { $0.flowPerHour.allSatisfy { $0.isFinite && $0 >= 0 } }
    }

    @Test("A count that cannot be is as good as none", arguments: garbage)
    func impossibleCounts(_ value: Double) throws {
        let scenario = CountScenario(network: JunctionGenerator.junction(seed: 3), seed: 3)
        var random = SplitMix64(seed: 1)
        var broken = scenario.counts
        var absent = scenario.counts
        for number in broken.readings.indices where random.chance(0.15) {
            broken.readings[number].count = value
            absent.readings[number].count = nil
        }
        let one = try FlowEstimator.estimate(network: scenario.network, counts: broken)
        let other = try FlowEstimator.estimate(network: scenario.network, counts: absent)
        #expect(one.flows == other.flows)
        #expect(one.faults == other.faults)
    }

    @Test("Impossible occupancies tell nothing", arguments: [Double.nan, .infinity, -5, 1.5, 1e300])
    func impossibleOccupancy(_ value: Double) throws {
        let scenario = CountScenario(network: JunctionGenerator.junction(seed: 3), seed: 3)
        var broken = scenario.counts
        for number in broken.readings.indices { broken.readings[number].occupancy = value }
        let one = try FlowEstimator.estimate(network: scenario.network, counts: broken)
        let other = try FlowEstimator.estimate(network: scenario.network, counts: scenario.counts)
        #expect(one.flows == other.flows)
        #expect(one.faults == other.faults)
    }

    @Test("Whatever is in the readings, the estimate is sound or refused", arguments: 0..<24 as Range<UInt64>)
    func damage(seed: UInt64) throws {
        let scenario = CountScenario.standard(seed: seed)
        var random = SplitMix64(seed: seed)
        let places: [Double] = Self.garbage + [0, 1e-300, 1e12, 1e17, 1e18, -1e18, 299.9, 3600, 1e9]
        var counts = scenario.counts
        for number in counts.readings.indices where random.chance(0.05) {
            let value = places.randomElement(using: &random) ?? 0
            switch Int.random(in: 0..<6, using: &random) {
            case 0: counts.readings[number].count = value
            case 1: counts.readings[number].occupancy = value
            case 2: counts.readings[number].speed = value
            case 3: counts.readings[number].length = value
            case 4: counts.readings[number].start = value
            default: counts.readings[number].detector = "no such detector"
            }
        }
        var settings = FlowEstimationSettings()
        if random.chance(0.7) {
            settings.start = 0
            settings.end = 3600
        }
        do {
            let estimate = try FlowEstimator.estimate(network: scenario.network, counts: counts, settings: settings)
            #expect(Self.isSound(estimate.flows))
            if settings.start != nil {
                // A twentieth of the readings is spoilt: what is left still carries the estimate.
                let error = estimate.flows.weightedError(against: scenario.driven)
                #expect(error < 0.6, "\(error)")
            }
        } catch FlowEstimationError.badPeriod {
            #expect(settings.start == nil)
        }
    }

    @Test("A reading that comes twice counts once")
    func duplicates() throws {
        let scenario = CountScenario(network: JunctionGenerator.junction(seed: 5), seed: 5)
        let twice = Counts(readings: scenario.counts.readings + scenario.counts.readings)
        let one = try FlowEstimator.estimate(network: scenario.network, counts: scenario.counts)
        let other = try FlowEstimator.estimate(network: scenario.network, counts: twice)
        #expect(one.flows.weightedError(against: other.flows) < 1e-9)
        #expect(other.faults.isEmpty)
    }

    @Test("Readings may come in any order")
    func order() throws {
        let scenario = CountScenario(network: JunctionGenerator.grid(rows: 2, columns: 2, seed: 5), seed: 5)
        var random = SplitMix64(seed: 1)
        let shuffled = Counts(readings: scenario.counts.readings.shuffled(using: &random))
        let one = try FlowEstimator.estimate(network: scenario.network, counts: scenario.counts)
        let other = try FlowEstimator.estimate(network: scenario.network, counts: shuffled)
        #expect(one.flows == other.flows)
    }

    @Test("Counts that allow no estimate are refused with the reason")
    func refusals() {
        let network = CountScenario(network: JunctionGenerator.junction(seed: 1), seed: 1).network
        let detector = network.detectors[0].id
        func refusal(_ readings: [DetectorReading], _ change: (inout FlowEstimationSettings) -> Void = { _ in })
            -> FlowEstimationError?
        {
            var settings = FlowEstimationSettings()
            change(&settings)
            do {
                _ = try FlowEstimator.estimate(network: network, counts: Counts(readings: readings), settings: settings)
                return nil
            } catch { return error }
        }
        let good = DetectorReading(detector: detector, start: 0, length: 300, count: 5)
        let stranger = DetectorReading(detector: "stranger", start: 0, length: 300, count: 5)
        let timeless = DetectorReading(detector: detector, start: .nan, length: 300, count: 5)
        let backwards = DetectorReading(detector: detector, start: 0, length: -300, count: 5)
        let far = DetectorReading(detector: detector, start: 1e17, length: 300, count: 5)
        #expect(refusal([good]) == nil)
        #expect(refusal([]) == .noReadings)
        #expect(refusal([timeless, backwards]) == .noReadings)
        #expect(refusal([stranger]) == .noKnownDetector)
        #expect(refusal([far]) == .badPeriod(start: 1e17, end: 1e17 + 300))
        #expect(refusal([good]) { $0.end = -300 } == .badPeriod(start: 0, end: -300))
        #expect(refusal([good]) { $0.end = 1e9 } == .badPeriod(start: 0, end: 1e9))
        #expect(refusal([good]) { $0.intervalLength = 0 } == .badPeriod(start: 0, end: 300))
        #expect(refusal([good]) { $0.intervalLength = -60 } == .badPeriod(start: 0, end: 300))
    }
}
