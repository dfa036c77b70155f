import PerformanceModel
import SignalModel

/// A left turn against one opposing lane, and a plan for both.
enum LeftTurn {
    /// The turn and the lane that it gives way to, both under one signal group.
    static func network(waitingInside: Int) -> Network {
        let lane = { (name: String) in Lane(id: LaneID(name), length: 150, freeFlowSpeed: 13.9) }
        let link = { (name: String, from: NodeID, to: NodeID) in
            Link(id: LinkID(name), from: from, to: to, length: 150, lanes: [lane(name + "_0")])
        }
        let connection = { (from: LaneID, to: LaneID) in
            LaneConnection(from: from, to: to, length: 15, speed: 8, saturationFlowPerHour: 1700)
        }
        return Network(
            name: "left turn",
            nodes: [Node(id: "middle", position: .init(x: 0, y: 0), control: .signals)]
                + [("west", -150.0, 0.0), ("east", 150, 0), ("north", 0, 150)].map { name, x, y in
                    Node(id: NodeID(name), position: .init(x: x, y: y), control: .boundary)
                },
            links: [
                link("in", "west", "middle"), link("against", "east", "middle"), link("up", "middle", "north"),
                link("out", "middle", "west"),
            ],
            movements: [
                Movement(
                    id: "left", node: "middle", from: "in", to: "up", turn: .left, signalGroup: "main",
                    connections: [connection("in_0", "up_0")], foes: ["through"], givesWayTo: ["through"],
                    waitingInside: waitingInside),
                Movement(
                    id: "through", node: "middle", from: "against", to: "out", turn: .through, signalGroup: "main",
                    connections: [connection("against_0", "out_0")], foes: ["left"]),
            ],
            junctions: [Junction(id: "middle", nodes: ["middle"], signalGroups: [SignalGroup(id: "main")])])
    }

    static func model(
        left: Double, against: Double, waitingInside: Int, intervals: Int = 12,
        settings: ModelSettings = .init()
    ) -> NetworkModel {
        model(
            left: left, against: Array(repeating: against, count: intervals), intervalLength: 300,
            waitingInside: waitingInside, settings: settings)
    }

    /// - Parameter against: What opposes the turn in each interval, veh/h.
    static func model(
        left: Double, against: [Double], intervalLength: Double, waitingInside: Int, settings: ModelSettings = .init()
    ) -> NetworkModel {
        let demands = [("left", "in", against.map { _ in left }), ("through", "against", against)]
        return NetworkModel(
            network: network(waitingInside: waitingInside),
            flows: Flows(
                start: 0, intervalLength: intervalLength, intervalCount: against.count,
                sources: demands.map { LinkFlow(link: LinkID($0.1), flowPerHour: $0.2) },
                movements: demands.map {
                    MovementFlow(
                        movement: MovementID($0.0), flowPerHour: $0.2, standardErrorPerHour: against.map { _ in 0 },
                        laneShares: [1])
                }), settings: settings)
    }

    static let plan = Plan(
        network: "left turn", name: "test",
        junctions: [
            JunctionPlan(
                junction: "middle", cycle: 75, offset: 0,
                // It is red until the first have come to the stop line: green without opposing traffic is capacity too.
                greens: [GroupGreens(group: "main", intervals: [GreenInterval(start: 40, duration: 35)])])
        ])
}
