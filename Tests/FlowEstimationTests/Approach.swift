import SignalModel

/// A road to a stop line with a lane for each turn, and nothing else; it has the standard detectors.
enum Approach {
    /// - Parameter turns: Names of the links that the turns lead to, which those have too, in the order of the lanes.
    static func network(_ turns: [(name: String, turn: Turn)]) -> Network {
        var network = Network(name: "an approach")
        network.nodes = [
            Node(id: "in", position: Point(x: 0, y: 0), control: .boundary),
            Node(id: "J", position: Point(x: 200, y: 0), control: .signals),
            Node(id: "beyond", position: Point(x: 400, y: 0), control: .boundary),
        ]
        func link(_ id: String, _ from: NodeID, _ to: NodeID, lanes: Int) -> Link {
            Link(
                id: LinkID(id), from: from, to: to, length: 200,
                lanes: (0..<lanes).map { Lane(id: LaneID("\(id)_\($0)"), length: 200, freeFlowSpeed: 14) })
        }
        network.links = [link("in", "in", "J", lanes: turns.count)]
        network.links += turns.map { link($0.name, "J", "beyond", lanes: 1) }
        network.movements = turns.enumerated().map { lane, way in
            Movement(
                id: MovementID(way.name), node: "J", from: "in", to: LinkID(way.name), turn: way.turn,
                connections: [
                    LaneConnection(from: LaneID("in_\(lane)"), to: LaneID(way.name + "_0"), length: 15, speed: 8)
                ])
        }
        network.junctions = [Junction(id: "J", nodes: ["J"], signalGroups: [])]
        network.detectors = DetectorLayout.standard(for: network)
        return network
    }
}
