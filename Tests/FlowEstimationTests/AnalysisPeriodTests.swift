import FlowEstimation
import SignalModel
import TestSupport
import Testing

@Suite("Analysis periods and the readings that set them")
struct AnalysisPeriodTests {
    private static let scenario = CountScenario.standard(seed: 3)

    private static func estimate(
        network: Network = scenario.network, more readings: [DetectorReading] = [],
        _ change: (inout FlowEstimationSettings) -> Void = { _ in }
    ) throws -> FlowEstimate {
        var settings = FlowEstimationSettings()
        change(&settings)
        return try FlowEstimator.estimate(
            network: network, counts: Counts(readings: scenario.counts.readings + readings), settings: settings)
    }

    private static func readings(of detector: DetectorID) -> [DetectorReading] {
        [-7200, 0, 1e6].map { DetectorReading(detector: detector, start: $0, length: 1, count: 1) }
    }

    @Test("Readings of detectors that the network does not have set neither period nor intervals, and are named")
    func strangers() throws {
        let plain = try Self.estimate()
        let estimate = try Self.estimate(more: Self.readings(of: "stranger") + Self.readings(of: "other"))
        #expect(estimate.flows == plain.flows)
        #expect(estimate.unknownDetectors == ["stranger", "other"])
        #expect(plain.unknownDetectors == [])
    }

    @Test("Detectors for control and inside junctions are no witnesses, and none that are missing")
    func control() throws {
        var network = Self.scenario.network
        let lane = try #require(network.links.first?.lanes.first)
        network.detectors += [
            Detector(id: "control", lane: lane.id, position: 1, purpose: .control),
            Detector(id: "inside", lane: lane.id, position: lane.length, purpose: .inside),
        ]
        let plain = try Self.estimate()
        let silent = try Self.estimate(network: network)
        let heard = try Self.estimate(network: network, more: Self.readings(of: "control"))
        #expect(silent.faults == plain.faults)
        #expect(heard.faults == plain.faults && heard.flows == plain.flows)
        #expect(heard.unknownDetectors == ["control"])
    }

    @Test("The last interval is not lost to rounding", arguments: [3600, 3600 - 1e-5, 3600 + 1e-5])
    func rounding(end: Double) throws {
        let estimate = try Self.estimate { ($0.start, $0.end) = (0, end) }
        #expect(estimate.flows.intervalCount == 12)
        #expect(estimate.rest == 0)
        #expect(estimate.flows.movements == (try Self.estimate().flows.movements))
    }

    @Test("One reading that rounding has shortened is a period")
    func oneReading() throws {
        let detector = Self.scenario.network.detectors[0].id
        let reading = DetectorReading(detector: detector, start: 0.1, length: 299.9999, count: 20)
        var settings = FlowEstimationSettings()
        settings.intervalLength = 300
        let estimate = try FlowEstimator.estimate(
            network: Self.scenario.network, counts: Counts(readings: [reading]), settings: settings)
        #expect(estimate.flows.intervalCount == 1)
    }

    @Test("What is no whole interval is left out and told")
    func rest() throws {
        let estimate = try Self.estimate { ($0.start, $0.end) = (0, 3500) }
        #expect(estimate.flows.intervalCount == 11)
        #expect(abs(estimate.rest - 200) < 1e-9)
    }

    @Test("A detector that is missing most of the time has counted what it did, and no more")
    func countedOfMissing() throws {
        let detector = Self.scenario.network.detectors[0].id
        let counts = Self.scenario.counts(of: detector) { $0.count = $0.start < 900 ? 5 : nil }
        let faults = try FlowEstimator.estimate(network: Self.scenario.network, counts: counts).faults
        let health = try #require(faults.first { $0.detector == detector })
        #expect(health.fault == .missing)
        #expect(health.counted == 15)
    }
}
