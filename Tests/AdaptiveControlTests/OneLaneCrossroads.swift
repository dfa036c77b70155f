import SignalModel

/// Four roads with one lane each way, every movement with a signal group of its own.
enum OneLaneCrossroads {
    /// Traffic keeps to the right: the ends of each road lie beside each other on a circle, first the way out.
    private struct Path {
        var from: Int
        var to: Int

        var id: String { "\(from)>\(to)" }
        var turn: Turn { [.right, .through, .left][(to - from + 4) % 4 - 1] }

        func meets(_ other: Path) -> Bool {
            guard from != other.from else { return false }
            return to == other.to || separates(other.start) != separates(other.end)
        }

        private var start: Int { 2 * from + 1 }
        private var end: Int { 2 * to }

        private func separates(_ place: Int) -> Bool { (min(start, end)...max(start, end)).contains(place) }
    }

    private static let paths = (0..<4).flatMap { from in (1..<4).map { Path(from: from, to: (from + $0) % 4) } }

    /// One road after the other has green.
    static var network: Network {
        var network = Network(name: "crossroads")
        network.nodes = [Node(id: "C", position: Point(x: 0, y: 0), control: .signals)]
        for (road, place) in [(0.0, -200.0), (200, 0), (0, 200), (-200, 0)].enumerated() {
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
        var junction = Junction(
            id: "J", nodes: ["C"], signalGroups: paths.map { SignalGroup(id: SignalGroupID($0.id)) },
            signalCount: paths.count)
        for (number, path) in paths.enumerated() {
            let foes = paths.filter { path.meets($0) }
            network.movements.append(
                Movement(
                    id: MovementID(path.id), node: "C", from: LinkID("in\(path.from)"), to: LinkID("out\(path.to)"),
                    turn: path.turn, signalGroup: SignalGroupID(path.id),
                    connections: [
                        LaneConnection(
                            from: LaneID("in\(path.from)_0"), to: LaneID("out\(path.to)_0"), length: 20, speed: 8,
                            saturationFlowPerHour: 1800, saturationFlowSource: .network, signalIndex: number)
                    ], foes: foes.map { MovementID($0.id) }, givesWayTo: []))
            junction.intergreens += foes.map {
                Intergreen(ending: SignalGroupID(path.id), starting: SignalGroupID($0.id), seconds: 5)
            }
        }
        junction.stages = (0..<4).map { road in
            Stage(
                id: StageID("\(road)"), groups: paths.filter { $0.from == road }.map { SignalGroupID($0.id) })
        }
        let greens = paths.map {
            GroupGreens(
                group: SignalGroupID($0.id),
                intervals: [GreenInterval(start: Double(20 * $0.from), duration: 15)])
        }
        let plan = JunctionPlan(
            junction: "J", cycle: 80, offset: 0, offsetReference: .cycleStart, greens: greens)
        junction.programs = [Program(id: "day", kind: .fixed, plan: plan, sequence: junction.stages.map(\.id))]
        network.junctions = [junction]
        return network
    }
}
