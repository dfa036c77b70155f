import SignalModel

/// The streets of a made-up town: an irregular plane graph with arterials.
public struct CityGraph: Sendable {
    /// A road between two junctions, for both directions.
    public struct Road: Sendable, Equatable {
        /// Number of one junction.
        public let from: Int
        /// Number of the other junction.
        public let to: Int
        /// Length, m.
        public let length: Double
        /// Whether it belongs to an arterial.
        public var isArterial: Bool
    }

    /// Places of the junctions, m.
    public private(set) var points: [SIMD2<Double>] = []
    /// The roads, `from` less than `to`.
    public private(set) var roads: [Road] = []

    /// Least distance of two junctions, m.
    static let leastDistance = 80.0
    /// Length of the longest road, m.
    static let greatestLength = 600.0
    /// Area for each junction, m².
    static let areaPerJunction = 200.0 * 200.0
    /// Roads at a junction on average, when enough can be taken away without cutting the town in two.
    static let meanDegree = 3.4

    /// Draws a town.
    public init(junctionCount: Int, generator: inout SeededGenerator) {
        drawPoints(junctionCount, &generator)
        let candidates = gabrielEdges()
        keepSome(candidates, &generator)
        markArterials(&generator)
    }

    private mutating func drawPoints(_ count: Int, _ generator: inout SeededGenerator) {
        let side = (Double(count) * Self.areaPerJunction).squareRoot()
        var grid = PointGrid(side: side, cell: Self.leastDistance)
        while points.count < count {
            let point = SIMD2(generator.nextShare(), generator.nextShare()) * side
            guard grid.near(point, within: Self.leastDistance, points).isEmpty else { continue }
            grid.add(points.count, at: point)
            points.append(point)
        }
    }

    /// Pairs with no other point in the circle over their connection (Gabriel and Sokal 1969): short roads that do not cross.
    private func gabrielEdges() -> [Road] {
        let side = (Double(points.count) * Self.areaPerJunction).squareRoot()
        var grid = PointGrid(side: side, cell: 200)
        for (number, point) in points.enumerated() { grid.add(number, at: point) }
        var result: [Road] = []
        for (from, point) in points.enumerated() {
            for to in grid.near(point, within: Self.greatestLength, points) where from < to {
                let apart = points[to] - point
                let length = (apart * apart).sum().squareRoot()
                let inside = grid.near(point + apart / 2, within: length / 2 * 0.999_999, points)
                guard inside.allSatisfy({ $0 == from || $0 == to }) else { continue }
                result.append(Road(from: from, to: to, length: length, isArterial: false))
            }
        }
        return result.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
    }

    /// Takes roads away at random, but none that alone holds the town together.
    private mutating func keepSome(_ candidates: [Road], _ generator: inout SeededGenerator) {
        var tree = Array(repeating: -1, count: points.count)
        func root(_ junction: Int) -> Int {
            var junction = junction
            while tree[junction] >= 0 { junction = tree[junction] }
            return junction
        }
        let wanted = Int(Double(points.count) * Self.meanDegree / 2)
        var needed: [Road] = []
        var others: [Road] = []
        for road in candidates.shuffled(using: &generator) {
            let (one, other) = (root(road.from), root(road.to))
            if one == other {
                others.append(road)
            } else {
                tree[one] = other
                needed.append(road)
            }
        }
        let spare = max(0, min(others.count, wanted - needed.count))
        roads = (needed + others[..<spare]).sorted { ($0.from, $0.to) < ($1.from, $1.to) }
    }

    /// Follows roads that go on nearly straight through the town.
    private mutating func markArterials(_ generator: inout SeededGenerator) {
        var incident = [[Int]](repeating: [], count: points.count)
        for (number, road) in roads.enumerated() {
            incident[road.from].append(number)
            incident[road.to].append(number)
        }
        for _ in 0..<max(1, Int(Double(points.count).squareRoot() / 1.5)) where !roads.isEmpty {
            let start = Int.random(in: roads.indices, using: &generator)
            for end in [roads[start].from, roads[start].to] {
                var (road, junction) = (start, end)
                while true {
                    let isKnown = roads[road].isArterial
                    roads[road].isArterial = true
                    if isKnown && road != start { break }
                    let behind = roads[road].from == junction ? roads[road].to : roads[road].from
                    let straight = direction(behind, junction)
                    let next = incident[junction].filter { $0 != road }.map { number in
                        let ahead = roads[number].from == junction ? roads[number].to : roads[number].from
                        return (number, ahead, (direction(junction, ahead) * straight).sum())
                    }.max { $0.2 < $1.2 }
                    guard let next, next.2 > 0.8 else { break }
                    (road, junction) = (next.0, next.1)
                }
            }
        }
    }

    /// The unit vector from one junction to another.
    public func direction(_ from: Int, _ to: Int) -> SIMD2<Double> {
        let apart = points[to] - points[from]
        return apart / (apart * apart).sum().squareRoot()
    }
}
