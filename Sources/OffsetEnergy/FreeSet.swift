import SignalModel

/// Chooses variables to hold fast such that the rest can be chosen at once, exactly.
struct FreeSet {
    /// Group 0 is held; every other variable is a group of its own.
    private(set) var groups: [Int]
    private(set) var groupCount = 1

    /// Takes variables away as an elimination does; where that gets too wide, one of those left is held.
    ///
    /// - Parameters:
    ///   - held: A variable that is always held; without one, a random one is.
    ///   - limit: Width of what is left to solve, with the held ones as one variable.
    init(neighbours: [[Int]], held: Int?, limit: Int, generator: inout SeededGenerator) {
        let count = neighbours.count
        var adjacent = neighbours
        var touchesHeld = [Bool](repeating: false, count: count)
        var isGone = [Bool](repeating: false, count: count)
        groups = Array(repeating: 0, count: count)
        var waiting: [Int] = []
        func degree(_ variable: Int) -> Int { adjacent[variable].count + (touchesHeld[variable] ? 1 : 0) }
        func hold(_ variable: Int, _ waiting: inout [Int]) {
            isGone[variable] = true
            for neighbour in adjacent[variable] {
                adjacent[neighbour].removeAll { $0 == variable }
                touchesHeld[neighbour] = true
                if degree(neighbour) <= limit { waiting.append(neighbour) }
            }
        }
        if let held { hold(held, &waiting) }
        let order = Array(0..<count).shuffled(using: &generator)
        if held == nil, let first = order.first { hold(first, &waiting) }
        for variable in order.reversed() where degree(variable) <= limit { waiting.append(variable) }
        for candidate in order {
            while let variable = waiting.popLast() {
                guard !isGone[variable] && degree(variable) <= limit else { continue }
                isGone[variable] = true
                groups[variable] = groupCount
                groupCount += 1
                let scope = adjacent[variable]
                for neighbour in scope {
                    adjacent[neighbour].removeAll { $0 == variable }
                    for other in scope where other != neighbour && !adjacent[neighbour].contains(other) {
                        adjacent[neighbour].append(other)
                    }
                    if touchesHeld[variable] { touchesHeld[neighbour] = true }
                }
                for neighbour in scope where degree(neighbour) <= limit { waiting.append(neighbour) }
            }
            if !isGone[candidate] { hold(candidate, &waiting) }
        }
    }
}
