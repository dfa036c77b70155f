/// Short cycles of a graph, as sets of its edges: in a network of streets mostly the blocks between them.
struct ShortCycles {
    /// Ascending numbers of edges of each cycle, the shorter cycles first.
    private(set) var cycles: [[Int]] = []

    /// Finds for each two edges with a common end a shortest cycle through both; keeps those that an edge needs to be in two.
    ///
    /// - Parameter longest: The most edges of a cycle that is looked for.
    init(edges: [(from: Int, to: Int)], vertexCount: Int, longest: Int) {
        var adjacent = [[(neighbour: Int, edge: Int)]](repeating: [], count: vertexCount)
        for (number, edge) in edges.enumerated() {
            adjacent[edge.from].append((edge.to, number))
            adjacent[edge.to].append((edge.from, number))
        }
        var found: Set<[Int]> = []
        var search = PathSearch(vertexCount: vertexCount)
        for centre in adjacent.indices where adjacent[centre].count <= 8 {
            for (place, first) in adjacent[centre].enumerated() {
                for second in adjacent[centre][(place + 1)...] {
                    guard
                        let path = search.path(
                            from: first.neighbour, to: second.neighbour, without: centre, most: longest - 2, adjacent)
                    else { continue }
                    found.insert((path + [first.edge, second.edge]).sorted())
                }
            }
        }
        let ordered = found.sorted { $0.count != $1.count ? $0.count < $1.count : $0.lexicographicallyPrecedes($1) }
        var uses = [Int](repeating: 0, count: edges.count)
        for cycle in ordered where cycle.contains(where: { uses[$0] < 2 }) {
            for edge in cycle { uses[edge] += 1 }
            cycles.append(cycle)
        }
    }
}

/// Shortest paths by breadth-first search.
private struct PathSearch {
    private var reached: [Int]
    private var back: [(vertex: Int, edge: Int)]
    private var round = 0

    init(vertexCount: Int) {
        reached = Array(repeating: 0, count: vertexCount)
        back = Array(repeating: (0, 0), count: vertexCount)
    }

    mutating func path(
        from start: Int, to end: Int, without centre: Int, most: Int,
        _ adjacent: [[(neighbour: Int, edge: Int)]]
    ) -> [Int]? {
        round += 1
        // Whatever has very many neighbours is gone through only as an end.
        let (start, end) = adjacent[start].count <= adjacent[end].count ? (start, end) : (end, start)
        reached[start] = round
        reached[centre] = round
        var front = [start]
        var steps = 0
        while !front.isEmpty && steps < most {
            steps += 1
            var next: [Int] = []
            for vertex in front where adjacent[vertex].count <= 50 || steps == 1 {
                for (neighbour, edge) in adjacent[vertex] where reached[neighbour] != round {
                    reached[neighbour] = round
                    back[neighbour] = (vertex, edge)
                    next.append(neighbour)
                }
            }
            if reached[end] == round { break }
            front = next
        }
        guard reached[end] == round else { return nil }
        var result: [Int] = []
        var vertex = end
        while vertex != start {
            result.append(back[vertex].edge)
            vertex = back[vertex].vertex
        }
        return result
    }
}
