import FlowEstimation
import SignalModel
import TestSupport
import Testing

/// What only the times of the counts tell.
@Suite("Turns and the times of vehicles")
struct TurnTimingTests {
    /// Two approaches of one lane each, from which left and right turns lead to the same two exits.
    ///
    /// - Parameter lanes: Lanes of the first exit; where there are two, what comes from the first approach leads to the
    ///   second.
    private static func junction(lanes: Int = 1) -> Network {
        var network = Network(name: "two approaches")
        network.nodes = [
            Node(id: "A", position: Point(x: 0, y: 0), control: .boundary),
            Node(id: "B", position: Point(x: 400, y: 0), control: .boundary),
            Node(id: "J", position: Point(x: 200, y: 0), control: .signals),
            Node(id: "N", position: Point(x: 200, y: 200), control: .boundary),
        ]
        func link(_ id: String, _ from: NodeID, _ to: NodeID, lanes: Int = 1) -> Link {
            Link(
                id: LinkID(id), from: from, to: to, length: 200,
                lanes: (0..<lanes).map { Lane(id: LaneID("\(id)_\($0)"), length: 200, freeFlowSpeed: 14) })
        }
        network.links = [
            link("a", "A", "J"), link("b", "B", "J"), link("x", "J", "N", lanes: lanes), link("y", "J", "N"),
        ]
        network.movements = ["a", "b"].flatMap { from in
            ["x", "y"].map { to in
                Movement(
                    id: MovementID("\(from)>\(to)"), node: "J", from: LinkID(from), to: LinkID(to),
                    turn: to == "x" ? .left : .right,
                    connections: [
                        LaneConnection(
                            from: LaneID(from + "_0"), to: LaneID(to + (from + to == "ax" ? "_\(lanes - 1)" : "_0")),
                            length: 15, speed: 8)
                    ])
            }
        }
        network.junctions = [Junction(id: "J", nodes: ["J"], signalGroups: [])]
        network.detectors = DetectorLayout.standard(for: network)
        return network
    }

    /// One hour of vehicles that cross the stop lines at random and need 3 to 9 s to the next detector.
    private static func counts(left: [String: Double], length: Double) -> (Counts, totals: [MovementID: Double]) {
        var random = SplitMix64(seed: 7)
        var times: [DetectorID: [Double]] = [:]
        var totals: [MovementID: Double] = [:]
        for (from, share) in left.sorted(by: { $0.key < $1.key }) {
            for _ in 0..<600 {
                let time = Double.random(in: 40..<3590, using: &random)
                let to = Double.random(in: 0..<1, using: &random) < share ? "x" : "y"
                times[DetectorID(from + "_0/entry"), default: []].append(time - 25)
                times[DetectorID(from + "_0/stop"), default: []].append(time)
                times[DetectorID(to + "_0/entry"), default: []]
                    .append(time + Double.random(in: 3..<9, using: &random))
                totals[MovementID(from + ">" + to), default: 0] += 1
            }
        }
        var readings: [DetectorReading] = []
        for (detector, passed) in times.sorted(by: { $0.key < $1.key }) {
            var numbers = Array(repeating: 0.0, count: Int(3600 / length))
            for time in passed where time < 3600 { numbers[Int(time / length)] += 1 }
            for (number, count) in numbers.enumerated() {
                readings.append(
                    DetectorReading(detector: detector, start: Double(number) * length, length: length, count: count))
            }
        }
        return (Counts(readings: readings), totals)
    }

    @Test("Turns that every total leaves open are told apart by when vehicles come", arguments: [5.0, 10, 20])
    func sharedExits(length: Double) throws {
        let (counts, totals) = Self.counts(left: ["a": 0.2, "b": 0.7], length: length)
        let estimate = try FlowEstimator.estimate(network: Self.junction(), counts: counts)
        let found = estimate.flows.totals
        #expect(estimate.faults.isEmpty)
        for (movement, total) in totals {
            let value = found[movement] ?? 0
            #expect(abs(value - total) < 45, "\(movement): \(value) for \(total)")
        }
    }

    @Test("Who changes lanes before the next detectors is not taken for one who turned elsewhere")
    func changedLanes() throws {
        // All are counted in the lane that those from the first approach do not head for.
        var (counts, totals) = Self.counts(left: ["a": 1, "b": 0.5], length: 10)
        counts.readings += (0..<360).map {
            DetectorReading(detector: "x_1/entry", start: Double($0) * 10, length: 10, count: 0)
        }
        let found = try FlowEstimator.estimate(network: Self.junction(lanes: 2), counts: counts).flows.totals
        for (movement, total) in totals {
            let value = found[movement] ?? 0
            #expect(abs(value - total) < 45, "\(movement): \(value) for \(total)")
        }
    }

    @Test("Readings of five seconds are as good as those of ten")
    func shortReadings() throws {
        let five = try FlowEstimator.estimate(
            network: Self.junction(), counts: Self.counts(left: ["a": 0.4, "b": 0.6], length: 5).0)
        let ten = try FlowEstimator.estimate(
            network: Self.junction(), counts: Self.counts(left: ["a": 0.4, "b": 0.6], length: 10).0)
        #expect(five.flows.weightedError(against: ten.flows) < 1e-6)
    }
}
