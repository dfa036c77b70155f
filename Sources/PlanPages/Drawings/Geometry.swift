import SignalModel

/// Where the links and junctions of a network lie.
struct Geometry {
    /// Centre line of each link, entry first; empty where it is not known.
    let shapes: [[Point]]
    /// Mean place of the nodes of each junction.
    let junctions: [Point]
    let index: NetworkIndex
    private let network: Network

    init(_ network: Network) {
        self.network = network
        index = NetworkIndex(network)
        let places = Dictionary(network.nodes.map { ($0.id, $0.position) }, uniquingKeysWith: { first, _ in first })
        shapes = network.links.map { link in
            link.shape.count > 1 ? link.shape : [link.from, link.to].compactMap { places[$0] }
        }
        junctions = network.junctions.map { junction in
            let nodes = junction.nodes.compactMap { places[$0] }
            let count = Double(max(1, nodes.count))
            return Point(
                x: nodes.reduce(0) { $0 + $1.x } / count, y: nodes.reduce(0) { $0 + $1.y } / count)
        }
    }

    /// Direction in which a link ends, of length 1; nil where it is not known.
    func heading(atEndOf link: LinkID) -> Point? {
        index.links[link].flatMap { number in
            let shape = shapes[number]
            return shape.count > 1 ? direction(shape[shape.count - 2], shape[shape.count - 1]) : nil
        }
    }

    /// Direction in which a link begins, of length 1; nil where it is not known.
    func heading(atStartOf link: LinkID) -> Point? {
        index.links[link].flatMap { shapes[$0].count > 1 ? direction(shapes[$0][0], shapes[$0][1]) : nil }
    }

    /// Where a link comes from as seen from its end: one of eight directions.
    func origin(of link: LinkID) -> Word {
        guard let heading = heading(atEndOf: link) else { return .unknownApproach }
        // From the direction opposite to the heading: the greatest of the eight projections.
        let from = Point(x: -heading.x, y: -heading.y)
        let slant = 0.5.squareRoot()
        let compass: [(Word, Double, Double)] = [
            (.fromNorth, 0, 1), (.fromNorthEast, slant, slant), (.fromEast, 1, 0), (.fromSouthEast, slant, -slant),
            (.fromSouth, 0, -1), (.fromSouthWest, -slant, -slant), (.fromWest, -1, 0), (.fromNorthWest, -slant, slant),
        ]
        return compass.max { $0.1 * from.x + $0.2 * from.y < $1.1 * from.x + $1.2 * from.y }?.0 ?? .unknownApproach
    }

    private func direction(_ from: Point, _ to: Point) -> Point? {
        let (x, y) = (to.x - from.x, to.y - from.y)
        let length = (x * x + y * y).squareRoot()
        return length > 0 ? Point(x: x / length, y: y / length) : nil
    }
}
