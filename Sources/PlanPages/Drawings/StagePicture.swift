import Reports
import SignalModel

/// A small picture of a stage: an arrow for every movement that is green, and a dashed line for every crossing.
struct StagePicture {
    private let geometry: Geometry
    private let network: Network
    private let movements: [MovementID: Movement]

    init(_ geometry: Geometry, network: Network) {
        self.geometry = geometry
        self.network = network
        movements = Dictionary(network.movements.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private static let (size, radius) = (116.0, 46.0)

    /// - Parameter groups: What is green, with that which always is.
    func drawing(_ groups: [GroupReport], junction: Junction, label: String) -> String {
        let (size, radius) = (Self.size, Self.radius)
        var drawing = Drawing(width: size, height: size, label: label)
        let nodes = Set(junction.nodes)
        for link in network.links where nodes.contains(link.to) || nodes.contains(link.from) {
            let isIn = nodes.contains(link.to)
            guard !(isIn && nodes.contains(link.from)),
                let heading = isIn ? geometry.heading(atEndOf: link.id) : geometry.heading(atStartOf: link.id)
            else { continue }
            let sign = isIn ? -1.0 : 1.0
            drawing.line(
                "street", size / 2 - heading.x * sign * 8, size / 2 + heading.y * sign * 8,
                size / 2 + heading.x * sign * 58, size / 2 - heading.y * sign * 58)
        }
        for group in groups {
            for movement in group.movements.compactMap({ movements[$0] }) where movement.turn != .uTurn {
                guard let entry = geometry.heading(atEndOf: movement.from),
                    let exit = geometry.heading(atStartOf: movement.to)
                else { continue }
                let from = (x: -entry.x * radius + beside(entry).x, y: -entry.y * radius + beside(entry).y)
                let to = (x: exit.x * radius + beside(exit).x, y: exit.y * radius + beside(exit).y)
                arrow(&drawing, from: from, to: to, exit: exit, isStraight: movement.turn == .through)
            }
            for link in group.crosses {
                let isIn = geometry.index.links[link].map { nodes.contains(network.links[$0].to) } ?? true
                let heading = isIn ? geometry.heading(atEndOf: link) : geometry.heading(atStartOf: link)
                guard let heading else { continue }
                let sign = isIn ? -1.0 : 1.0
                let centre = (x: heading.x * sign * 30, y: heading.y * sign * 30)
                drawing.line(
                    "foot", size / 2 + centre.x - heading.y * 13, size / 2 - centre.y - heading.x * 13,
                    size / 2 + centre.x + heading.y * 13, size / 2 - centre.y + heading.x * 13)
            }
        }
        return drawing.markup
    }

    /// Where traffic with a heading keeps to.
    private func beside(_ heading: Point) -> Point {
        let side = network.drivingSide == .right ? 6.0 : -6.0
        return Point(x: heading.y * side, y: -heading.x * side)
    }

    private func arrow(
        _ drawing: inout Drawing, from: (x: Double, y: Double), to: (x: Double, y: Double), exit: Point,
        isStraight: Bool
    ) {
        let half = Self.size / 2
        func place(_ x: Double, _ y: Double) -> (x: Double, y: Double) { (half + x, half - y) }
        let over = isStraight ? ((from.x + to.x) / 2, (from.y + to.y) / 2) : ((from.x + to.x) / 6, (from.y + to.y) / 6)
        drawing.curve("arrow", from: place(from.x, from.y), over: place(over.0, over.1), to: place(to.x, to.y))
        // The head: a triangle along the way out.
        let tip = place(to.x + exit.x * 6, to.y + exit.y * 6)
        let one = place(to.x - exit.y * 3.5, to.y + exit.x * 3.5)
        let two = place(to.x + exit.y * 3.5, to.y - exit.x * 3.5)
        drawing.path("head", [tip, one, two], isClosed: true)
    }
}
