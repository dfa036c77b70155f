import SignalModel
import Testing

@testable import PerformanceModel

/// A road with a lane that is always green and one that is green too seldom; each lane of the road before leads to one of them.
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

    private static func network(length: Double) -> Network {
        var network = Network(name: "short road")
        network.nodes = [
            ("W", NodeControl.boundary), ("N", .priority), ("J", .signals), ("E", .boundary), ("S", .boundary),
        ]
        .enumerated().map { Node(id: NodeID($1.0), position: Point(x: Double(100 * $0), y: 0), control: $1.1) }
        network.links = [
            link("WN", "W", "N", 300, lanes: 2), link("NJ", "N", "J", length, lanes: 2),
            link("JE", "J", "E", 100, lanes: 1), link("JS", "J", "S", 100, lanes: 1),
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

    private static func model(
        length: Double, settings: ModelSettings, rare: Double = 360, onShortRoad: Double = 0
    ) -> NetworkModel {
        func flow(_ movement: String, _ perHour: Double, _ shares: [Double]) -> MovementFlow {
            MovementFlow(
                movement: MovementID(movement), flowPerHour: [perHour], standardErrorPerHour: [0], laneShares: shares)
        }
        let flows = Flows(
            start: 0, intervalLength: 900, intervalCount: 1,
            sources: [
                LinkFlow(link: "WN", flowPerHour: [900]), LinkFlow(link: "NJ", flowPerHour: [onShortRoad]),
            ],
            movements: [
                flow("WN>NJ", 900, [0.5, 0.5]), flow("NJ>JE", 900 - rare + onShortRoad, [1]), flow("NJ>JS", rare, [1]),
            ])
        return NetworkModel(network: network(length: length), flows: flows, settings: settings)
    }

    private static func performance(
        length: Double, _ change: (inout ModelSettings) -> Void = { _ in }
    ) throws -> (network: NetworkPerformance, free: NetworkPerformance.MovementFigures) {
        var settings = ModelSettings()
        change(&settings)
        let plan = JunctionPlan(
            junction: "J", cycle: 60, offset: 0,
            greens: [
                GroupGreens(group: "free", intervals: [GreenInterval(start: 0, duration: 60)]),
                GroupGreens(group: "rare", intervals: [GreenInterval(start: 0, duration: 8)]),
            ])
        let model = model(length: length, settings: settings)
        let performance = model.performance(of: Plan(network: "short road", name: "p", junctions: [plan]))
        return (performance, try #require(performance.movements.first { $0.movement == "NJ>JE" }))
    }

    @Test("On a longer road, the more of them get past, the less is lost and the more come through")
    func passing() throws {
        let runs = try [0, ModelSettings().passingShare, 1].map { share in
            try Self.performance(length: 65) { $0.passingShare = share }
        }
        let through = runs.map(\.free.vehicles)
        let delays = runs.map(\.network.delay)
        #expect(delays[0] > delays[1] && delays[1] > delays[2], "\(delays)")
        #expect(through[0] < through[1] && through[1] < through[2], "\(through)")
        // The full lane itself lets no more through: 135 vehicles want to go, of whom 8 s of green take a part.
        #expect(through[2] < 136)
    }

    @Test("Before a short road they are in another lane, and the full one does not concern them")
    func sorted() throws {
        let apart = try Self.performance(length: 9)
        let together = try Self.performance(length: 9) { $0.sortedLength = 0 }
        #expect(apart.free.vehicles > 125)
        #expect(apart.free.delay < 3, "\(apart.free.delay)")
        #expect(together.free.vehicles < 105, "\(together.free.vehicles)")
    }

    @Test("Lanes before a short road are used as its own lanes are, however they were counted")
    func lanesBefore() {
        func shares(sortedLength: Double) -> [Double] {
            var settings = ModelSettings()
            settings.sortedLength = sortedLength
            let model = Self.model(length: 9, settings: settings)
            return model.structure.streams.filter { $0.movement == 0 }.map(\.share)
        }
        #expect(zip(shares(sortedLength: 60), [0.6, 0.4]).allSatisfy { abs($0 - $1) < 1e-9 })
        #expect(zip(shares(sortedLength: 0), [0.5, 0.5]).allSatisfy { abs($0 - $1) < 1e-9 })
    }

    @Test("Vehicles that begin on a short road take no lane that nobody wants")
    func begun() throws {
        let model = Self.model(length: 9, settings: ModelSettings(), rare: 0, onShortRoad: 60)
        let plan = JunctionPlan(
            junction: "J", cycle: 60, offset: 0,
            greens: [
                GroupGreens(group: "free", intervals: [GreenInterval(start: 0, duration: 60)]),
                GroupGreens(group: "rare", intervals: []),
            ])
        let found = model.performance(of: Plan(network: "short road", name: "p", junctions: [plan]))
        let free = try #require(found.movements.first { $0.movement == "NJ>JE" })
        // All but those of the last seconds, who are still on their way.
        #expect(abs(free.vehicles - 240) < 10, "\(free.vehicles)")
        #expect(free.delay < 3, "\(free.delay)")
    }

    @Test(
        "Who finds a lane full waits on the way over the node before, where nobody crosses it",
        arguments: [false, true])
    func roomOverNode(isCrossed: Bool) throws {
        func storage(way: Double) throws -> Double {
            var network = Self.network(length: 9)
            network.movements[0].connections[1].length = way
            if isCrossed { network.movements[0].foes = ["NJ>JE"] }
            let model = NetworkModel(
                network: network, flows: Self.model(length: 9, settings: ModelSettings()).flows,
                settings: ModelSettings())
            return try #require(model.lanes.first { $0.lane == "NJ_1" }).storage
        }
        // Two vehicles' lengths, of which the usual share can be used.
        let more = try storage(way: 8 + 15) - storage(way: 8)
        #expect(abs(more - (isCrossed ? 0 : 2 * ModelSettings().usableStorage)) < 1e-9)
    }
}
