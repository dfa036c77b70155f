import SignalModel
import Testing

@Suite("Standard layout of detectors")
struct DetectorLayoutTests {
    static func network(laneLength: Double, use: LaneUse = .general, isSignalised: Bool = true) -> Network {
        var network = Network(name: "one link")
        network.nodes = [
            Node(id: "a", position: Point(x: 0, y: 0), control: .boundary),
            Node(id: "b", position: Point(x: laneLength, y: 0), control: isSignalised ? .signals : .boundary),
        ]
        network.links = [
            Link(
                id: "ab", from: "a", to: "b", length: laneLength,
                lanes: [Lane(id: "ab_0", length: laneLength, freeFlowSpeed: 14, use: use)])
        ]
        if isSignalised { network.junctions = [Junction(id: "b", nodes: ["b"], signalGroups: [])] }
        return network
    }

    @Test("A long lane to a signal has a detector 15 m from its start and one 1 m before the stop line")
    func longLane() {
        let expected = [
            Detector(id: "ab_0/entry", lane: "ab_0", position: 15, purpose: .entry),
            Detector(id: "ab_0/stop", lane: "ab_0", position: 199, purpose: .stopLine),
        ]
        #expect(DetectorLayout.standard(for: Self.network(laneLength: 200)) == expected)
    }

    @Test("A lane that does not end at a signal has no detector at its end")
    func unsignalised() {
        let detectors = DetectorLayout.standard(for: Self.network(laneLength: 200, isSignalised: false))
        #expect(detectors.map(\.purpose) == [.entry])
    }

    @Test(
        "Lanes for vehicles have detectors, others have none",
        arguments: [LaneUse.general, .bus, .cycle, .pedestrian, .tram])
    func uses(_ use: LaneUse) {
        let detectors = DetectorLayout.standard(for: Self.network(laneLength: 200, use: use))
        #expect(detectors.isEmpty == !(use == .general || use == .bus))
    }

    @Test(
        "Detectors lie on the lane, in order, and beyond 5 m wherever the lane has room",
        arguments: [0.2, 1, 2.9, 3, 5, 7, 10, 12, 20, 29.9, 30, 30.1, 40, 1000])
    func shortLanes(_ length: Double) {
        let detectors = DetectorLayout.standard(for: Self.network(laneLength: length))
        let positions = detectors.map(\.position)
        #expect(positions.allSatisfy { $0 >= 0 && $0 <= length })
        #expect(positions == positions.sorted())
        #expect(detectors.count == (length < 3 ? 1 : 2))
        if length >= 12 { #expect(positions[0] > 5) }
    }
}
