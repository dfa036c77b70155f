/// The rules of a junction by index: its groups numbered in the junction's order, its conflicts as matrices.
public struct JunctionRules: Sendable {
    /// Number of signal groups.
    public let groupCount: Int
    /// Groups in the junction's order.
    public let groups: [SignalGroup]
    /// Number of each group.
    public let indexOfGroup: [SignalGroupID: Int]
    /// Least time from end of green of row to start of green of column, s; negative where the two are compatible.
    private let intergreenMatrix: [Double]
    /// Time from the end of a green after which it holds nothing back: the longest intergreen or change of aspect, s.
    let longestClearance: Double

    /// Numbers the groups of a junction; intergreens that name unknown groups are left out.
    public init(_ junction: Junction) {
        groups = junction.signalGroups
        groupCount = groups.count
        indexOfGroup = Dictionary(
            groups.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
        var matrix = [Double](repeating: -1, count: groups.count * groups.count)
        for intergreen in junction.intergreens {
            guard let ending = indexOfGroup[intergreen.ending], let starting = indexOfGroup[intergreen.starting]
            else { continue }
            matrix[ending * groups.count + starting] = max(
                matrix[ending * groups.count + starting], intergreen.seconds)
            if matrix[starting * groups.count + ending] < 0 { matrix[starting * groups.count + ending] = 0 }
        }
        intergreenMatrix = matrix
        longestClearance = groups.reduce(matrix.max() ?? 0) { max($0, $1.yellow + $1.redAmber) }
    }

    /// Whether two groups may not be green together.
    public func areIncompatible(_ first: Int, _ second: Int) -> Bool {
        intergreenMatrix[first * groupCount + second] >= 0
    }

    /// Least time from the end of green of one group to the start of green of another, s; 0 for compatible groups.
    public func intergreen(ending: Int, starting: Int) -> Double {
        max(0, intergreenMatrix[ending * groupCount + starting])
    }

    /// All maximal sets of groups that may be green together, each in the order of the groups, in lexicographic order.
    ///
    /// Bron and Kerbosch (1973), algorithm 2, on the graph of compatible groups.
    /// - Parameter limit: Number of sets after which the search stops.
    public func maximalCompatibleSets(limit: Int = 512) -> [[Int]] {
        var found: [[Int]] = []
        func extend(_ chosen: [Int], _ candidates: [Int], _ excluded: [Int]) {
            if found.count >= limit { return }
            if candidates.isEmpty && excluded.isEmpty {
                found.append(chosen.sorted())
                return
            }
            let pivot = (candidates + excluded).max { first, second in
                let degrees = [first, second].map { vertex in
                    candidates.count { $0 != vertex && !areIncompatible($0, vertex) }
                }
                return degrees[0] < degrees[1]
            }!
            var remaining = candidates
            var passed = excluded
            for vertex in candidates where vertex == pivot || areIncompatible(vertex, pivot) {
                let isNeighbour = { (other: Int) in other != vertex && !areIncompatible(other, vertex) }
                extend(chosen + [vertex], remaining.filter(isNeighbour), passed.filter(isNeighbour))
                remaining.removeAll { $0 == vertex }
                passed.append(vertex)
            }
        }
        extend([], Array(0..<groupCount), [])
        return found.sorted { $0.lexicographicallyPrecedes($1) }
    }
}
