import SignalModel

/// The legs of one node and the paths between them.
struct NodeLayout {
    /// A two-way street at the node.
    struct Leg {
        let inbound: LinkID
        let outbound: LinkID
        /// Direction seen from the node, degrees counter-clockwise from east.
        let angle: Double
    }

    /// A movement with the numbers of its legs.
    struct Path {
        let from: Int
        let to: Int
        var movement: Movement
    }

    let node: NodeID
    /// Legs counter-clockwise.
    let legs: [Leg]
    var paths: [Path] = []

    init(node: NodeID, legs: [Leg]) {
        self.node = node
        self.legs = legs
    }

    /// Which way traffic from one leg turns to reach another.
    func turn(from first: Int, to second: Int) -> Turn {
        let difference = legs[second].angle - legs[first].angle
        switch difference < 0 ? difference + 360 : difference {
        case ..<135: return .right
        case ..<225: return .through
        default: return .left
        }
    }

    /// Whether two paths cross or merge.
    ///
    /// Going counter-clockwise around the node, each leg shows its outbound side
    /// before its inbound side, so that two paths cross when their ends alternate on that circle.
    func meet(_ first: Path, _ second: Path) -> Bool {
        guard first.from != second.from else { return false }
        if first.to == second.to { return true }
        let ends = [2 * first.from + 1, 2 * first.to].sorted()
        let others = [2 * second.from + 1, 2 * second.to]
        return others.count { ends[0] < $0 && $0 < ends[1] } == 1
    }
}
