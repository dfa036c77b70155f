extension StagePool {
    /// The order of some stages in which the fewest greens end: neighbours share as many groups as they can.
    ///
    /// A group that runs on from stage to stage loses no time in between. Exact for up to ten stages (Held and Karp
    /// 1962); longer lists stay as they are.
    static func mostContinuous(_ stages: [[Int]]) -> [[Int]] {
        let count = stages.count
        guard (3...10).contains(count) else { return stages }
        let sets = stages.map(Set.init)
        let endings = sets.map { from in sets.map { to in from.subtracting(to).count } }
        // Least endings on a way from the first stage through a set of others to a last one, and where it came from.
        let all = 1 << (count - 1)
        var least = Array(repeating: Array(repeating: Int.max, count: count), count: all)
        var before = Array(repeating: Array(repeating: 0, count: count), count: all)
        for last in 1..<count { least[1 << (last - 1)][last] = endings[0][last] }
        for visited in 1..<all {
            for last in 1..<count where least[visited][last] < Int.max {
                for next in 1..<count where visited & (1 << (next - 1)) == 0 {
                    let longer = visited | 1 << (next - 1)
                    let sum = least[visited][last] + endings[last][next]
                    if sum < least[longer][next] {
                        least[longer][next] = sum
                        before[longer][next] = last
                    }
                }
            }
        }
        var visited = all - 1
        let closed = (1..<count).map { (last: $0, endings: least[visited][$0] + endings[$0][0]) }
        var last = closed.min { $0.endings < $1.endings }?.last ?? 1
        var order: [Int] = []
        while visited != 0 {
            order.append(last)
            let previous = before[visited][last]
            visited &= ~(1 << (last - 1))
            last = previous
        }
        return [stages[0]] + order.reversed().map { stages[$0] }
    }
}
