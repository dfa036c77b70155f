import PerformanceModel
import SignalModel
import Testing

/// A road of 9 m with a lane that is always green and one that is green too seldom; each lane of the road before leads to
/// one of them.
@Suite("Who wants another lane than the full one")
struct FullLaneTests {
    private static func link(_ id: String, _ from: NodeID, _ to: NodeID, _ length: Double, lanes: Int) -> Link {
        Link(
            id: LinkID(id), from: from, to: to, length: length,
            lanes: (0..<lanes).map { Lane(id: LaneID("\(id)_\($0)"), length: length, freeFlowSpeed: 14) })
    }

    private static func movement(
        _ from: String, _ to: String, at node: NodeID, group: SignalGroupID?, _ lanes: [(Int, Int)]
    ) -> Movement {
        Movement(
            id: MovementID("\(from)>\(to)"), node: node, from: LinkID(from), to: LinkID(to), turn: .through,
            signalGroup: group,
            connections: lanes.map {
                LaneConnection(from: LaneID("\(from)_\($0.0)"), to: LaneID("\(to)_\($0.1)"), length: 8, speed: 10)
            })
    }

    private static var network: Network {
        var network = Network(name: "short road")
        network.nodes = [
            ("W", NodeControl.boundary), ("N", .priority), ("J", .signals), ("E", .boundary), ("S", .boundary),
        ]
        .enumerated().map { Node(id: NodeID($1.0), position: Point(x: Double(100 * $0), y: 0), control: $1.1) }
        network.links = [
            link("WN", "W", "N", 300, lanes: 2), link("NJ", "N", "J", 9, lanes: 2), link("JE", "J", "E", 100, lanes: 1),
            link("JS", "J", "S", 100, lanes: 1),
        ]
        network.movements = [
            movement("WN", "NJ", at: "N", group: nil, [(0, 0), (1, 1)]),
            movement("NJ", "JE", at: "J", group: "free", [(0, 0)]),
            movement("NJ", "JS", at: "J", group: "rare", [(1, 0)]),
        ]
        network.junctions = [
            Junction(id: "J", nodes: ["J"], signalGroups: [SignalGroup(id: "free"), SignalGroup(id: "rare")])
        ]
        return network
    }

    private static func performance(passingShare: Double) -> NetworkPerformance {
        func flow(_ movement: String, _ perHour: Double, _ shares: [Double]) -> MovementFlow {
            MovementFlow(
                movement: MovementID(movement), flowPerHour: [perHour], standardErrorPerHour: [0], laneShares: shares)
        }
        var settings = ModelSettings()
        settings.passingShare = passingShare
        let flows = Flows(
            start: 0, intervalLength: 900, intervalCount: 1, sources: [LinkFlow(link: "WN", flowPerHour: [900])],
            movements: [flow("WN>NJ", 900, [0.6, 0.4]), flow("NJ>JE", 540, [1]), flow("NJ>JS", 360, [1])])
        let plan = JunctionPlan(
            junction: "J", cycle: 60, offset: 0,
            greens: [
                GroupGreens(group: "free", intervals: [GreenInterval(start: 0, duration: 60)]),
                GroupGreens(group: "rare", intervals: [GreenInterval(start: 0, duration: 8)]),
            ])
        return NetworkModel(network: network, flows: flows, settings: settings)
            .performance(of: Plan(network: network.name, name: "p", junctions: [plan]))
    }

    @Test("The more of them get past, the less is lost and the more come through")
    func passing() throws {
        let runs = [0, ModelSettings().passingShare, 1].map { Self.performance(passingShare: $0) }
        let through = try runs.map { run in try #require(run.movements.first { $0.movement == "NJ>JE" }).vehicles }
        #expect(runs[0].delay > runs[1].delay && runs[1].delay > runs[2].delay, "\(runs.map(\.delay))")
        #expect(through[0] < through[1] && through[1] < through[2], "\(through)")
        // The full lane itself lets no more through: 135 vehicles want to go, of whom 8 s of green take a part.
        #expect(through[2] < 136)
    }
}
