import SignalModel

/// A junction's rules in whole seconds, each rounded to the safe side.
struct SecondRules: Sendable {
    struct Group: Sendable {
        let id: SignalGroupID
        let yellow: Int
        let redAmber: Int
        /// Least green, and least walk where people walk.
        let leastGreen: Int
        let greatestGreen: Int?
    }

    /// The junction with yellow and red-amber in whole seconds, for the guard to judge by.
    let junction: Junction
    let groups: [Group]
    let indexOfGroup: [SignalGroupID: Int]
    /// Least time from end of green of the row to start of green of the column; nil where the two go together.
    let clearing: [[Int?]]
    /// Longest time that anybody who left on green needs to leave the junction.
    let longestClearing: Int

    init(_ junction: Junction) {
        var whole = junction
        for position in whole.signalGroups.indices {
            whole.signalGroups[position].yellow = Self.up(whole.signalGroups[position].yellow)
            whole.signalGroups[position].redAmber = Self.up(whole.signalGroups[position].redAmber)
        }
        self.junction = whole
        groups = whole.signalGroups.map { group in
            Group(
                id: group.id, yellow: Int(group.yellow), redAmber: Int(group.redAmber),
                leastGreen: max(1, Int(Self.up(max(group.leastGreen, group.crossing?.leastWalk ?? 0)))),
                greatestGreen: group.greatestGreen.map { Int(min(max($0, 0), 1e9)) })
        }
        indexOfGroup = Dictionary(
            groups.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
        clearing = Self.clearing(of: whole, groups, indexOfGroup)
        longestClearing = max(
            clearing.joined().compactMap(\.self).max() ?? 0, groups.map(\.yellow).max() ?? 0,
            whole.signalGroups.map { Int(Self.up($0.crossing?.clearance ?? 0)) }.max() ?? 0)
    }

    private static func clearing(
        of junction: Junction, _ groups: [Group], _ index: [SignalGroupID: Int]
    ) -> [[Int?]] {
        var matrix = Array(repeating: [Int?](repeating: nil, count: groups.count), count: groups.count)
        for intergreen in junction.intergreens {
            guard let ending = index[intergreen.ending], let starting = index[intergreen.starting] else { continue }
            let seconds = Int(up(intergreen.seconds))
            guard ending != starting else {
                matrix[ending][ending] = max(matrix[ending][ending] ?? 0, seconds)
                continue
            }
            for (from, to, least) in [(ending, starting, seconds), (starting, ending, 0)] {
                let walks = junction.signalGroups[to].kind != .pedestrian
                let walk = walks ? Int(up(junction.signalGroups[from].crossing?.clearance ?? 0)) : 0
                matrix[from][to] = max(
                    matrix[from][to] ?? 0, least, groups[from].yellow + groups[to].redAmber, walk)
            }
        }
        return matrix
    }

    /// The least whole number of seconds that is not shorter; what is no time at all is left to the guard to name.
    private static func up(_ seconds: Double) -> Double {
        seconds.isFinite ? min(max((seconds - 1e-7).rounded(.up), 0), 1e9) : 0
    }

    /// Whether groups can be green together.
    func areCompatible(_ members: [Int]) -> Bool {
        members.allSatisfy { first in members.allSatisfy { first == $0 || clearing[first][$0] == nil } }
    }
}
