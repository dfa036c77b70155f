/// An order in which variables are taken away one by one, and on whom the best label of each then depends.
struct EliminationOrder: Sendable {
    /// The variables, the first to go first.
    let variables: [Int]
    /// For each variable, by its number, those left that it shares costs with when it goes, the next to go first.
    let scopes: [[Int]]
    /// The most variables in a scope.
    let width: Int

    /// Always takes a variable with the fewest neighbours, the first of them by number at the start and then the latest.
    ///
    /// - Parameters:
    ///   - neighbours: Neighbours of each variable.
    ///   - last: A variable that goes last.
    ///   - limit: The greatest width.
    /// - Returns: nil when the width is greater than the limit.
    init?(neighbours: [[Int]], last: Int?, limit: Int) {
        let count = neighbours.count
        // The last variable can have very many neighbours: it is not in their lists.
        var adjacent = neighbours
        var touchesLast = [Bool](repeating: false, count: count)
        if let last {
            adjacent[last] = []
            for neighbour in neighbours[last] {
                touchesLast[neighbour] = true
                adjacent[neighbour].removeAll { $0 == last }
            }
        }
        var isGone = [Bool](repeating: false, count: count)
        var waiting = [[Int]](repeating: [], count: limit + 1)
        func degree(_ variable: Int) -> Int { adjacent[variable].count + (touchesLast[variable] ? 1 : 0) }
        for variable in (0..<count).reversed() where variable != last && degree(variable) <= limit {
            waiting[degree(variable)].append(variable)
        }
        var order: [Int] = []
        var scopes = [[Int]](repeating: [], count: count)
        var width = 0
        while let level = waiting.firstIndex(where: { !$0.isEmpty }) {
            let variable = waiting[level].removeLast()
            guard !isGone[variable], degree(variable) == level else { continue }
            isGone[variable] = true
            order.append(variable)
            width = max(width, level)
            let scope = adjacent[variable]
            scopes[variable] = scope + (touchesLast[variable] ? [last!] : [])
            for neighbour in scope {
                adjacent[neighbour].removeAll { $0 == variable }
                for other in scope where other != neighbour && !adjacent[neighbour].contains(other) {
                    adjacent[neighbour].append(other)
                }
                if touchesLast[variable] { touchesLast[neighbour] = true }
            }
            for neighbour in scope where degree(neighbour) <= limit { waiting[degree(neighbour)].append(neighbour) }
        }
        if let last { order.append(last) }
        guard order.count == count else { return nil }
        var position = [Int](repeating: 0, count: count)
        for (place, variable) in order.enumerated() { position[variable] = place }
        self.scopes = scopes.map { $0.sorted { position[$0] < position[$1] } }
        variables = order
        self.width = width
    }
}
