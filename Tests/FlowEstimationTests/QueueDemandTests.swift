import FlowEstimation
import SignalModel
import Testing

/// Demand belongs to the minute and the lane in which it comes, wherever it waits.
@Suite("Demand behind queues")
struct QueueDemandTests {
    private let network = Approach.network([("on", .through), ("off", .left)])

    /// Counts by the minute, of detectors without occupancy.
    private static func counts(_ byDetector: [DetectorID: [Double]]) -> Counts {
        var readings: [DetectorReading] = []
        for (detector, values) in byDetector.sorted(by: { $0.key < $1.key }) {
            for (minute, count) in values.enumerated() {
                readings.append(
                    DetectorReading(detector: detector, start: Double(minute) * 60, length: 60, count: count))
            }
        }
        return Counts(readings: readings)
    }

    @Test("A queue that grows belongs to the turn in whose lane it stands")
    func growingQueue() throws {
        let on = (0..<60).map { $0 % 2 == 0 ? 11.0 : 9 }
        let off = (0..<60).map { $0 % 3 == 0 ? 4.0 : 2.5 }
        let discharge = (0..<60).map { $0 % 2 == 0 ? 8.0 : 6 }
        let counts = Self.counts([
            "in_0/entry": on, "in_1/entry": off, "in_0/stop": discharge, "in_1/stop": off, "on_0/entry": discharge,
            "off_0/entry": off,
        ])
        let estimate = try FlowEstimator.estimate(network: network, counts: counts)
        let totals = estimate.flows.totals
        let (through, left) = (totals["on"] ?? 0, totals["off"] ?? 0)
        #expect(estimate.faults.isEmpty)
        #expect(abs(through - on.reduce(0, +)) < 0.04 * 600, "\(through)")
        #expect(abs(left - off.reduce(0, +)) < 0.04 * 600, "\(left)")
    }

    @Test("Who begins behind the detectors at the entry of a link counts where its stop lines are crossed")
    func beginningBehindEntry() throws {
        let on = (0..<60).map { $0 % 2 == 0 ? 11.0 : 9 }
        let off = (0..<60).map { $0 % 3 == 0 ? 4.0 : 2.5 }
        let counts = Self.counts([
            "in_0/entry": on.map { $0 - 3 }, "in_1/entry": off, "in_0/stop": on, "in_1/stop": off, "on_0/entry": on,
            "off_0/entry": off,
        ])
        let flows = try FlowEstimator.estimate(network: network, counts: counts).flows
        let all = (on + off).reduce(0, +)
        #expect(abs((flows.totals["on"] ?? 0) - 600) < 12, "\(flows.totals)")
        #expect(abs((flows.totals["off"] ?? 0) - 180) < 6, "\(flows.totals)")
        let begun = try #require(flows.sources.first { $0.link == "in" }).flowPerHour.reduce(0, +) / 60
        #expect(abs(begun - all) < 0.02 * all, "\(begun) of \(all)")
    }

    @Test("Vehicles count in the minute in which they come, not in that in which they leave")
    func waitingTurn() throws {
        let steady = (0..<60).map { $0 % 2 == 0 ? 7.0 : 5 }
        var come = Array(repeating: 0.0, count: 60)
        var leave = come
        // Every ten minutes twelve come at once, and leave by fours from two minutes later on.
        for start in stride(from: 3, to: 55, by: 10) {
            come[start] = 12
            for later in 2...4 { leave[start + later] = 4 }
        }
        let counts = Self.counts([
            "in_0/entry": steady, "in_1/entry": come, "in_0/stop": steady, "in_1/stop": leave, "on_0/entry": steady,
            "off_0/entry": leave,
        ])
        let flows = try FlowEstimator.estimate(network: network, counts: counts).flows
        let found = try #require(flows.movements.first { $0.movement == "off" }).flowPerHour.map { $0 / 60 }
        #expect(found.count == come.count)
        let misplaced = zip(found, come).reduce(0) { $0 + abs($1.0 - $1.1) }
        #expect(misplaced < 0.25 * come.reduce(0, +), "\(found)")
    }
}
