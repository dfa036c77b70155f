import CyclicProfile
import PerformanceModel
import SignalModel

/// Two signals in line on a one-way street of one lane, which nobody joins or leaves.
struct Arterial {
    static let flowPerHour = 600.0
    let cyclic: CyclicNetwork

    init(cycle: Int = 80, length: Double = 300, settings: CyclicSettings = .init()) throws {
        func link(_ name: String, _ from: NodeID, _ to: NodeID) -> Link {
            Link(
                id: LinkID(name), from: from, to: to, length: length,
                lanes: [Lane(id: LaneID("\(name)_0"), length: length, freeFlowSpeed: 15)])
        }
        func movement(_ from: String, _ to: String, _ node: NodeID) -> Movement {
            Movement(
                id: MovementID("\(from)>\(to)"), node: node, from: LinkID(from), to: LinkID(to), turn: .through,
                signalGroup: "through",
                connections: [
                    LaneConnection(
                        from: LaneID("\(from)_0"), to: LaneID("\(to)_0"), length: 15, speed: 15,
                        saturationFlowPerHour: 1800)
                ])
        }
        let network = Network(
            name: "arterial",
            nodes: [("west", NodeControl.boundary), ("A", .signals), ("B", .signals), ("east", .boundary)]
                .enumerated().map { place, node in
                    Node(id: NodeID(node.0), position: .init(x: Double(place) * length, y: 0), control: node.1)
                },
            links: [link("in", "west", "A"), link("between", "A", "B"), link("out", "B", "east")],
            movements: [movement("in", "between", "A"), movement("between", "out", "B")],
            junctions: ["A", "B"].map {
                Junction(id: JunctionID($0), nodes: [NodeID($0)], signalGroups: [SignalGroup(id: "through")])
            })
        let flows = Flows(
            start: 0, intervalLength: 900, intervalCount: 1,
            sources: [LinkFlow(link: "in", flowPerHour: [Self.flowPerHour])],
            movements: network.movements.map {
                MovementFlow(
                    movement: $0.id, flowPerHour: [Self.flowPerHour], standardErrorPerHour: [0], laneShares: [1])
            })
        cyclic = try CyclicNetwork(
            model: NetworkModel(network: network, flows: flows), cycle: cycle, settings: settings)
    }

    /// A timing with a green that is as long, in effect, as it says.
    static func timing(_ junction: JunctionID, cycle: Double = 80, offset: Double, green: Double) -> JunctionPlan {
        JunctionPlan(
            junction: junction, cycle: cycle, offset: offset,
            greens: [
                GroupGreens(
                    group: "through",
                    intervals: [GreenInterval(start: 0, duration: green + DischargeBehaviour.lostPerGreen)])
            ])
    }

    func greens(offsets: (Double, Double), green: Double = 40) throws -> CyclicGreens {
        try CyclicGreens(
            timings: [
                Self.timing("A", offset: offsets.0, green: green), Self.timing("B", offset: offsets.1, green: green),
            ], network: cyclic)
    }
}
