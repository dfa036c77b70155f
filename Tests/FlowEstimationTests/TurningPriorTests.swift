import FlowEstimation
import SignalModel
import Testing

@Suite("Turns that no count tells apart")
struct TurningPriorTests {
    /// One approach of one lane, from which all turns go to links without detectors, as given.
    private static func approach(_ turns: [Turn]) -> Network {
        var network = Network(name: "one approach")
        network.nodes = [
            Node(id: "in", position: Point(x: 0, y: 0), control: .boundary),
            Node(id: "J", position: Point(x: 200, y: 0), control: .signals),
            Node(id: "beyond", position: Point(x: 400, y: 0), control: .boundary),
        ]
        func link(_ id: String, _ from: NodeID, _ to: NodeID) -> Link {
            Link(
                id: LinkID(id), from: from, to: to, length: 200,
                lanes: [Lane(id: LaneID(id + "_0"), length: 200, freeFlowSpeed: 14)])
        }
        network.links = [link("in", "in", "J")] + turns.map { link("\($0)", "J", "beyond") }
        network.movements = turns.map { turn in
            Movement(
                id: MovementID("\(turn)"), node: "J", from: "in", to: LinkID("\(turn)"), turn: turn,
                connections: [LaneConnection(from: "in_0", to: LaneID("\(turn)_0"), length: 15, speed: 8)])
        }
        network.junctions = [Junction(id: "J", nodes: ["J"], signalGroups: [])]
        network.detectors = [
            Detector(id: "entry", lane: "in_0", position: 15, purpose: .entry),
            Detector(id: "stop", lane: "in_0", position: 199, purpose: .stopLine),
        ]
        return network
    }

    private static func counts(_ detectors: [DetectorID: Double]) -> Counts {
        var readings: [DetectorReading] = []
        for (detector, total) in detectors.sorted(by: { $0.key < $1.key }) {
            for interval in 0..<12 {
                // Not the same throughout, which would be a fault.
                let count = total / 12 * (interval % 2 == 0 ? 1.1 : 0.9)
                readings.append(
                    DetectorReading(detector: detector, start: Double(interval) * 300, length: 300, count: count))
            }
        }
        return Counts(readings: readings)
    }

    @Test("Most go straight on, as many left as right, hardly anybody turns back")
    func priors() throws {
        let network = Self.approach([.left, .through, .right, .uTurn])
        let estimate = try FlowEstimator.estimate(network: network, counts: Self.counts(["entry": 600, "stop": 600]))
        let totals = estimate.flows.totals
        let sum = totals.values.reduce(0, +)
        let (left, through) = (totals["left"] ?? 0, totals["through"] ?? 0)
        let (right, back) = (totals["right"] ?? 0, totals["uTurn"] ?? 0)
        #expect(estimate.faults.isEmpty)
        #expect(abs(sum - 600) < 6)
        #expect(abs(through - 0.7 * 600) < 10)
        #expect(abs(left - right) < 1e-6)
        #expect(abs(left - 0.15 * 600) < 10)
        #expect(back < 0.02 * 600)
    }

    @Test("A guess is not passed off as a count: its standard error is near the flow itself")
    func priorErrors() throws {
        let network = Self.approach([.left, .through])
        let flows = try FlowEstimator.estimate(network: network, counts: Self.counts(["entry": 600, "stop": 600])).flows
        for flow in flows.movements {
            let (value, error) = (flow.flowPerHour[3], flow.standardErrorPerHour[3])
            #expect(error > 0.25 * value, "\(flow.movement): \(value) ± \(error) veh/h")
        }
    }

    @Test("Counts beyond the junction overrule the belief", arguments: [30.0, 150, 300, 450, 570])
    func countsWin(left: Double) throws {
        var network = Self.approach([.left, .through])
        network.detectors += [
            Detector(id: "left", lane: "left_0", position: 15, purpose: .entry),
            Detector(id: "through", lane: "through_0", position: 15, purpose: .entry),
        ]
        let all: [DetectorID: Double] = ["entry": 600, "stop": 600, "left": left, "through": 600 - left]
        let totals = try FlowEstimator.estimate(network: network, counts: Self.counts(all)).flows.totals
        let found = totals["left"] ?? 0
        #expect(abs(found - left) < 0.02 * 600, "\(found) veh for \(left)")
    }

    @Test("An approach without traffic has none, whatever is believed of its turns")
    func noTraffic() throws {
        let network = Self.approach([.left, .through, .right])
        let readings = (0..<12).flatMap { interval in
            (["entry", "stop"] as [DetectorID]).map {
                DetectorReading(detector: $0, start: Double(interval) * 300, length: 300, count: 0)
            }
        }
        let flows = try FlowEstimator.estimate(network: network, counts: Counts(readings: readings)).flows
        #expect(flows.movements.allSatisfy { $0.flowPerHour.allSatisfy { $0 < 1 } })
    }
}
