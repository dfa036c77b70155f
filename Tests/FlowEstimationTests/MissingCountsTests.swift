import FlowEstimation
import SignalModel
import TestSupport
import Testing

@Suite("Missing counts")
struct MissingCountsTests {
    /// Sum of the standard errors of some intervals, veh/h.
    private static func uncertainty(_ flows: Flows, _ intervals: Range<Int> = 0..<12) -> Double {
        flows.movements.reduce(0) { $0 + $1.standardErrorPerHour[intervals].reduce(0, +) }
    }

    /// Counts with a share of the readings lost: half of those come without a count, the others do not come.
    private static func lossy(_ scenario: CountScenario, share: Double, seed: UInt64) -> Counts {
        var random = SplitMix64(seed: seed)
        return Counts(
            readings: scenario.counts.readings.compactMap { reading in
                guard random.chance(share) else { return reading }
                var empty = reading
                empty.count = nil
                return random.chance(0.5) ? empty : nil
            })
    }

    @Test("Where a tenth of the readings is lost, estimates stay near and say that they know less")
    func droppedReadings() throws {
        var changes: [Double] = []
        var inside = 0
        var all = 0
        for seed in 0..<24 as Range<UInt64> {
            let scenario = CountScenario.standard(seed: seed, isSteady: true)
            let full = try FlowEstimator.estimate(network: scenario.network, counts: scenario.counts)
            let counts = Self.lossy(scenario, share: 0.1, seed: seed)
            let lossy = try FlowEstimator.estimate(network: scenario.network, counts: counts)
            changes.append(lossy.flows.weightedError(against: full.flows))
            let growth = Self.uncertainty(lossy.flows) / Self.uncertainty(full.flows)
            #expect(lossy.faults.isEmpty)
            #expect(growth > 1.02, "standard errors of network \(seed) grew \(growth) times")
            let demand = scenario.demandByMovement
            for flow in lossy.flows.movements {
                for interval in 1..<12 {
                    let difference = flow.flowPerHour[interval] - (demand[flow.movement]?[interval] ?? 0)
                    inside += abs(difference) <= 1.96 * flow.standardErrorPerHour[interval] ? 1 : 0
                    all += 1
                }
            }
        }
        let mean = changes.reduce(0, +) / Double(changes.count)
        let coverage = Double(inside) / Double(all)
        #expect(mean < 0.06, "changed by \(mean)")
        // One lane for all turns, and no signal that makes them come at different times: there turns stay a guess.
        #expect(changes.allSatisfy { $0 < 0.3 }, "\(changes)")
        #expect((0.92...0.995).contains(coverage), "\(coverage)")
    }

    @Test(
        "Standard errors grow most in the intervals that were lost, and nowhere shrink",
        arguments: 0..<20 as Range<UInt64>)
    func lostIntervals(seed: UInt64) throws {
        let scenario = CountScenario.standard(seed: seed, isSteady: true)
        var counts = scenario.counts
        counts.readings.removeAll { (4..<6).contains(Int($0.start / 300)) }
        let full = try FlowEstimator.estimate(network: scenario.network, counts: scenario.counts).flows
        let lossy = try FlowEstimator.estimate(network: scenario.network, counts: counts).flows
        let inside = Self.uncertainty(lossy, 4..<6) / Self.uncertainty(full, 4..<6)
        let outside = Self.uncertainty(lossy, 6..<12) / Self.uncertainty(full, 6..<12)
        let change = lossy.weightedError(against: full)
        #expect(outside > 0.99)
        #expect(inside > outside + 0.01, "\(inside) inside, \(outside) outside")
        #expect(change < 0.15, "changed by \(change)")
    }

    @Test("The more is lost, the greater the standard errors")
    func monotonic() throws {
        let scenario = CountScenario(network: JunctionGenerator.junction(seed: 12), seed: 12, isSteady: true)
        let errors = try [0, 1, 2, 3, 4, 5].map { gap in
            var counts = scenario.counts
            counts.readings.removeAll { (3..<(3 + gap)).contains(Int($0.start / 300)) }
            return Self.uncertainty(try FlowEstimator.estimate(network: scenario.network, counts: counts).flows)
        }
        #expect(zip(errors, errors.dropFirst()).allSatisfy { $0 < $1 }, "\(errors)")
    }

    @Test("A stop-line detector that is lost is named, and the flows stay near and are less sure")
    func lostDetector() throws {
        var changes: [Double] = []
        var uncertainty = (full: 0.0, lossy: 0.0)
        for seed in 0..<24 as Range<UInt64> {
            let scenario = CountScenario.standard(seed: seed, isSteady: true)
            var random = SplitMix64(seed: seed)
            let stops = scenario.network.detectors.filter { $0.purpose == .stopLine }
            let detector = try #require(stops.randomElement(using: &random))
            let full = try FlowEstimator.estimate(network: scenario.network, counts: scenario.counts)
            let lossy = try FlowEstimator.estimate(
                network: scenario.network, counts: scenario.counts(of: detector.id) { $0.count = nil })
            changes.append(lossy.flows.weightedError(against: full.flows))
            uncertainty.full += Self.uncertainty(full.flows)
            uncertainty.lossy += Self.uncertainty(lossy.flows)
            #expect(lossy.faults.map(\.detector) == [detector.id])
            #expect(lossy.faults.map(\.fault) == [.missing])
        }
        let mean = changes.reduce(0, +) / Double(changes.count)
        #expect(mean < 0.05, "changed by \(mean)")
        #expect(changes.allSatisfy { $0 < 0.3 }, "\(changes)")
        #expect(uncertainty.lossy > 1.005 * uncertainty.full, "\(uncertainty)")
    }
}
