import SignalModel

/// Four roads with one lane each way that meet at a signal, every movement with a signal group of its own; nobody gives way.
public enum OneLaneCrossroads {
    private static let layout = NodeLayout(
        node: "C",
        legs: (0..<4).map { road in
            .init(inbound: LinkID("in\(road)"), outbound: LinkID("out\(road)"), angle: 90 * Double(road))
        })

    private static let paths = (0..<4).flatMap { from in
        (1..<4).map { turn in
            let to = (from + turn) % 4
            let movement = Movement(
                id: MovementID("\(from)>\(to)"), node: "C", from: layout.legs[from].inbound,
                to: layout.legs[to].outbound, turn: layout.turn(from: from, to: to),
                signalGroup: SignalGroupID("\(from)>\(to)"),
                connections: [
                    LaneConnection(
                        from: LaneID("in\(from)_0"), to: LaneID("out\(to)_0"), length: 20, speed: 8,
                        signalIndex: 3 * from + turn - 1)
                ])
            return NodeLayout.Path(from: from, to: to, movement: movement)
        }
    }

    /// One road after the other has green.
    public static var network: Network {
        var network = Network(name: "crossroads")
        network.nodes = [Node(id: "C", position: Point(x: 0, y: 0), control: .signals)]
        for (road, place) in [(200.0, 0.0), (0, 200), (-200, 0), (0, -200)].enumerated() {
            let end = Point(x: place.0, y: place.1)
            network.nodes.append(Node(id: NodeID("\(road)"), position: end, control: .boundary))
            for (id, from, to) in [("in", "\(road)", "C"), ("out", "C", "\(road)")] {
                network.links.append(
                    Link(
                        id: LinkID("\(id)\(road)"), from: NodeID(from), to: NodeID(to), length: 200,
                        lanes: [Lane(id: LaneID("\(id)\(road)_0"), length: 200, freeFlowSpeed: 14)],
                        shape: [end, Point(x: 0, y: 0)]))
            }
        }
        network.movements = paths.map { path in
            var movement = path.movement
            movement.foes = paths.filter { layout.meet(path, $0) }.map(\.movement.id)
            return movement
        }
        network.junctions = [junction]
        return network
    }

    private static var junction: Junction {
        let groups = paths.map { SignalGroupID($0.movement.id.text) }
        var junction = Junction(
            id: "J", nodes: ["C"], signalGroups: groups.map { SignalGroup(id: $0) }, signalCount: paths.count)
        for (group, path) in zip(groups, paths) {
            junction.intergreens += zip(groups, paths).filter { layout.meet(path, $0.1) }.map {
                Intergreen(ending: group, starting: $0.0, seconds: 5)
            }
        }
        junction.stages = (0..<4).map { road in
            Stage(id: StageID("\(road)"), groups: zip(groups, paths).filter { $0.1.from == road }.map(\.0))
        }
        let plan = JunctionPlan(
            junction: "J", cycle: 80, offset: 0, offsetReference: .cycleStart,
            greens: zip(groups, paths).map { group, path in
                GroupGreens(
                    group: group, intervals: [GreenInterval(start: 20 * Double(path.from), duration: 15)])
            })
        junction.programs = [Program(id: "day", kind: .fixed, plan: plan, sequence: junction.stages.map(\.id))]
        return junction
    }
}
