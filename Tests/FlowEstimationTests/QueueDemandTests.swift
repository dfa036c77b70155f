import FlowEstimation
import SignalModel
import Testing

/// Demand belongs to the minute and the lane in which it comes, wherever it waits.
@Suite("Demand behind queues")
struct QueueDemandTests {
    /// One approach with a lane for each of two turns.
    private static func approach() -> Network {
        var network = Network(name: "one approach of two lanes")
        network.nodes = [
            Node(id: "in", position: Point(x: 0, y: 0), control: .boundary),
            Node(id: "J", position: Point(x: 200, y: 0), control: .signals),
            Node(id: "beyond", position: Point(x: 400, y: 0), control: .boundary),
        ]
        func link(_ id: String, _ from: NodeID, _ to: NodeID, lanes: Int) -> Link {
            Link(
                id: LinkID(id), from: from, to: to, length: 200,
                lanes: (0..<lanes).map { Lane(id: LaneID("\(id)_\($0)"), length: 200, freeFlowSpeed: 14) })
        }
        network.links = [link("in", "in", "J", lanes: 2), link("on", "J", "beyond", lanes: 1)]
        network.links.append(link("off", "J", "beyond", lanes: 1))
        network.movements = [("on", Turn.through), ("off", .left)].enumerated().map { lane, way in
            Movement(
                id: MovementID(way.0), node: "J", from: "in", to: LinkID(way.0), turn: way.1,
                connections: [
                    LaneConnection(from: LaneID("in_\(lane)"), to: LaneID(way.0 + "_0"), length: 15, speed: 8)
                ])
        }
        network.junctions = [Junction(id: "J", nodes: ["J"], signalGroups: [])]
        network.detectors = DetectorLayout.standard(for: network)
        return network
    }

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
        let estimate = try FlowEstimator.estimate(network: Self.approach(), counts: counts)
        let totals = estimate.flows.totals
        let (through, left) = (totals["on"] ?? 0, totals["off"] ?? 0)
        #expect(estimate.faults.isEmpty)
        #expect(abs(through - on.reduce(0, +)) < 0.04 * 600, "\(through)")
        #expect(abs(left - off.reduce(0, +)) < 0.04 * 600, "\(left)")
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
        let flows = try FlowEstimator.estimate(network: Self.approach(), counts: counts).flows
        let found = try #require(flows.movements.first { $0.movement == "off" }).flowPerHour.map { $0 / 60 }
        #expect(found.count == come.count)
        let misplaced = zip(found, come).reduce(0) { $0 + abs($1.0 - $1.1) }
        #expect(misplaced < 0.25 * come.reduce(0, +), "\(found)")
    }
}
