/// Junctions in subareas that are small enough to be optimised as a whole, cut where they exchange least traffic.
public struct SubareaPartition: Sendable {
    /// Positions of the junctions of each subarea, ascending.
    public private(set) var subareas: [[Int]] = []
    /// Subarea of each junction.
    public private(set) var subareaOf: [Int]

    /// Cuts a network by halves, across its longer side, at the weakest place near the middle.
    ///
    /// - Parameter greatest: Most junctions of a subarea, at least 2.
    public init(network: Network, couplings: [NetworkParts.Coupling], greatest: Int) {
        subareaOf = Array(repeating: 0, count: network.junctions.count)
        var neighbours = network.junctions.map { _ in [(junction: Int, vehicles: Double)]() }
        for coupling in couplings {
            neighbours[coupling.from].append((coupling.to, coupling.vehicles))
            neighbours[coupling.to].append((coupling.from, coupling.vehicles))
        }
        let places = Self.places(of: network)
        var open = [Array(network.junctions.indices)]
        while let members = open.popLast() {
            guard members.count > greatest else {
                subareas.append(members.sorted())
                continue
            }
            let (first, second) = Self.halves(of: members, places, neighbours)
            open.append(second)
            open.append(first)
        }
        for (subarea, members) in subareas.enumerated() {
            for junction in members { subareaOf[junction] = subarea }
        }
    }

    /// Subareas in classes such that no two of a class are next to each other.
    public func independentClasses(couplings: [NetworkParts.Coupling]) -> [[Int]] {
        var touching = subareas.map { _ in Set<Int>() }
        for coupling in couplings where subareaOf[coupling.from] != subareaOf[coupling.to] {
            touching[subareaOf[coupling.from]].insert(subareaOf[coupling.to])
            touching[subareaOf[coupling.to]].insert(subareaOf[coupling.from])
        }
        var classOf = subareas.map { _ in -1 }
        var classes: [[Int]] = []
        for subarea in subareas.indices {
            let taken = Set(touching[subarea].map { classOf[$0] })
            let number = classes.indices.first { !taken.contains($0) } ?? classes.count
            if number == classes.count { classes.append([]) }
            classes[number].append(subarea)
            classOf[subarea] = number
        }
        return classes
    }

    private static func places(of network: Network) -> [Point] {
        let positions = Dictionary(
            network.nodes.map { ($0.id, $0.position) }, uniquingKeysWith: { first, _ in first })
        return network.junctions.map { junction in
            let nodes = junction.nodes.compactMap { positions[$0] }
            let count = Double(max(1, nodes.count))
            return Point(
                x: nodes.reduce(0) { $0 + $1.x } / count, y: nodes.reduce(0) { $0 + $1.y } / count)
        }
    }

    private static func halves(
        of members: [Int], _ places: [Point], _ neighbours: [[(junction: Int, vehicles: Double)]]
    ) -> (first: [Int], second: [Int]) {
        func spread(_ value: (Point) -> Double) -> Double {
            let values = members.map { value(places[$0]) }
            return (values.max() ?? 0) - (values.min() ?? 0)
        }
        let isWide = spread(\.x) >= spread(\.y)
        let along = members.sorted { first, second in
            let (one, other) = isWide ? (places[first].x, places[second].x) : (places[first].y, places[second].y)
            return (one, first) < (other, second)
        }
        var rank: [Int: Int] = [:]
        for (position, junction) in along.enumerated() { rank[junction] = position }
        // Traffic over the cut behind each junction in turn.
        var over = 0.0
        var best = (cut: along.count / 2, over: Double.infinity)
        for (position, junction) in along.enumerated() {
            for neighbour in neighbours[junction] {
                guard let other = rank[neighbour.junction] else { continue }
                over += other > position ? neighbour.vehicles : -neighbour.vehicles
            }
            let isNearMiddle = (position + 1) * 5 >= along.count * 2 && (position + 1) * 5 <= along.count * 3
            if isNearMiddle, over < best.over { best = (position + 1, over) }
        }
        return (Array(along[..<best.cut]), Array(along[best.cut...]))
    }
}
