import SignalModel

/// The rules of a junction in whole seconds, none of them shorter than the junction states it.
public struct ControlRules: Sendable {
    /// Number of signal groups.
    public let groupCount: Int
    /// Length of yellow of each group, s.
    let yellow: [Int]
    /// Length of red and amber of each group, s.
    let redAmber: [Int]
    /// Least green of each group, s.
    let leastGreen: [Int]
    /// Greatest green of each group, s; `Int.max` where there is none.
    let greatestGreen: [Int]
    /// Whether people on foot are served.
    let isPedestrian: [Bool]
    /// Least time from end of green of row to start of green of column, s; −1 where the two are compatible.
    private let intergreens: [Int]

    /// Reads the rules of a junction.
    ///
    /// - Throws: ``AdaptiveError`` where a junction has no groups or too many, or a time is no time.
    public init(_ junction: Junction) throws(AdaptiveError) {
        let rules = JunctionRules(junction)
        guard (1...GroupSet.capacity).contains(rules.groupCount) else {
            throw .groupCount(junction.id, found: rules.groupCount)
        }
        groupCount = rules.groupCount
        func whole(_ seconds: Double) throws(AdaptiveError) -> Int {
            guard (0...600).contains(seconds) else { throw .time(junction.id, found: seconds) }
            return Int((seconds - 1e-6).rounded(.up))
        }
        var yellow: [Int] = []
        var redAmber: [Int] = []
        var leastGreen: [Int] = []
        var greatestGreen: [Int] = []
        for group in rules.groups {
            yellow.append(try whole(group.yellow))
            redAmber.append(try whole(group.redAmber))
            leastGreen.append(max(1, try whole(max(group.leastGreen, group.crossing?.leastWalk ?? 0))))
            greatestGreen.append(
                group.greatestGreen.map { $0 > 0 && $0 < 86400 ? Int($0 + 1e-6) : .max } ?? .max)
        }
        var matrix = [Int](repeating: -1, count: groupCount * groupCount)
        for ending in 0..<groupCount {
            for starting in 0..<groupCount where rules.areIncompatible(ending, starting) {
                var least = try whole(rules.intergreen(ending: ending, starting: starting))
                if ending != starting {
                    least = max(least, yellow[ending] + redAmber[starting])
                    let crossing = rules.groups[ending].crossing
                    if let crossing, rules.groups[starting].kind != .pedestrian {
                        least = max(least, try whole(crossing.clearance))
                    }
                }
                matrix[ending * groupCount + starting] = least
            }
        }
        self.yellow = yellow
        self.redAmber = redAmber
        self.leastGreen = leastGreen
        self.greatestGreen = greatestGreen
        isPedestrian = rules.groups.map { $0.kind == .pedestrian }
        intergreens = matrix
    }

    /// Whether two groups may not be green together; a group with itself: whether it has to stay red for some time.
    func areIncompatible(_ first: Int, _ second: Int) -> Bool { intergreens[first * groupCount + second] >= 0 }

    /// Least time from the end of green of one group to the start of green of another, s; 0 for compatible groups.
    func intergreen(ending: Int, starting: Int) -> Int { max(0, intergreens[ending * groupCount + starting]) }
}
