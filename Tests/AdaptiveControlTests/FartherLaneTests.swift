import SafetyGuard
import SignalModel
import Testing

@testable import AdaptiveControl

@Suite("Vehicles before a node without a signal, on their way to one with a signal")
struct FartherLaneTests {
    /// ``TwoRoads`` with 30 m of two lanes before the signal on the main road, and one lane of 100 m before those.
    private static var network: Network {
        var network = TwoRoads.network
        network.links[0].length = 30
        network.links[0].lanes = ["WC_0", "WC_1"].map { Lane(id: $0, length: 30, freeFlowSpeed: 14) }
        var beside = network.movements[0].connections[0]
        beside.from = "WC_1"
        network.movements[0].connections.append(beside)
        network.links.append(
            Link(id: "VW", from: "V", to: "W", length: 100, lanes: [Lane(id: "VW_0", length: 100, freeFlowSpeed: 14)]))
        network.movements.append(
            Movement(
                id: "VW>WC", node: "W", from: "VW", to: "WC", turn: .through,
                connections: ["WC_0", "WC_1"].map { lane in
                    LaneConnection(
                        from: "VW_0", to: lane, length: 10, speed: 14, saturationFlowPerHour: 1800,
                        saturationFlowSource: .network)
                }))
        return network
    }

    /// What the junction believes when two vehicles have stood at the end of the lane farther up for 20 s, and when the
    /// first of them has driven on to one of the lanes before the signal.
    private static func pictures(comingOn lane: LaneID) throws -> (
        standing: [TrafficPicture.Vehicle], driving: [TrafficPicture.Vehicle]
    ) {
        let layout = try JunctionLayout("J", in: network)
        let plan = AreaDetectorPlan([layout], in: network, reach: 200)
        var estimator = AreaEstimator(layout, plan: plan, junction: 0, settings: AdaptiveSettings())
        let observe = { (estimator: inout AreaEstimator, content: [LaneID: Int]) -> [TrafficPicture.Vehicle] in
            let readings = plan.detectors.map { detector in
                AreaReading(
                    zones: (0..<detector.zoneCount).map { zone in
                        let count = zone == 0 ? content[detector.lane] ?? 0 : 0
                        return .init(vehicles: count, halted: count, meanSpeed: count > 0 ? 0 : -1)
                    })
            }
            let picture = estimator.observe(readings, aspects: layout.rules.isPedestrian.map { _ in .red })
            let main = layout.lanes.indices.filter { layout.lanes[$0].link == "WC" }
            return main.flatMap { picture.lanes[$0] }.sorted { $0.distance < $1.distance }
        }
        var standing: [TrafficPicture.Vehicle] = []
        for _ in 0..<20 { standing = observe(&estimator, ["VW_0": 2]) }
        _ = observe(&estimator, ["VW_0": 1])
        return (standing, observe(&estimator, ["VW_0": 1, lane: 1]))
    }

    @Test("They are seen one after another, and how long they have stood counts")
    func standing() throws {
        let standing = try Self.pictures(comingOn: "WC_0").standing
        #expect(standing.count == 2)
        #expect(standing.allSatisfy { $0.distance >= 40 && $0.distance <= 60 })
        #expect(standing.allSatisfy { $0.waited >= 18 && $0.waited <= 20 })
    }

    @Test("It counts yet when they have passed the node, whatever lane they come on", arguments: ["WC_0", "WC_1"])
    func passed(lane: String) throws {
        let driving = try Self.pictures(comingOn: LaneID(lane)).driving
        #expect(driving.count == 2)
        #expect(driving.first.map { $0.distance <= 30 && $0.waited >= 18 } == true)
        #expect(driving.last.map { $0.distance >= 40 && $0.waited >= 20 } == true)
    }
}
