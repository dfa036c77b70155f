import SignalModel

/// Makes random plans that keep a junction's rules, stage by stage and with time to spare.
///
/// It is slow and wasteful on purpose: between two stages it waits out the longest clearing of any group that could
/// still matter, so that its plans are safe for a reason other than the ones that planners and judges work by.
public struct SafePlanMaker: Sendable {
    private let junction: Junction
    private let groups: [SignalGroup]
    /// Least ticks from the end of green of the row to the start of green of the column; nil where compatible.
    private let clearing: [[Int?]]

    /// Makes ready for a junction whose rules are sound.
    public init(_ junction: Junction) {
        self.junction = junction
        groups = junction.signalGroups
        var matrix: [[Int?]] = Array(
            repeating: Array(repeating: nil, count: groups.count), count: groups.count)
        let numbers = Dictionary(uniqueKeysWithValues: groups.enumerated().map { ($0.element.id, $0.offset) })
        for intergreen in junction.intergreens {
            guard let ending = numbers[intergreen.ending], let starting = numbers[intergreen.starting] else { continue }
            for (row, column, seconds) in [(ending, starting, intergreen.seconds), (starting, ending, 0)] {
                let walk = groups[column].kind == .pedestrian ? 0 : groups[row].crossing?.clearance ?? 0
                let need = max(seconds, groups[row].yellow + groups[column].redAmber, walk)
                matrix[row][column] = max(matrix[row][column] ?? 0, Self.ticks(need))
            }
        }
        clearing = matrix
    }

    /// Random stages that between them serve every group, each of groups that may be green together.
    public func stages(random: inout SplitMix64) -> [[Int]] {
        var waiting = Array(groups.indices).shuffled(using: &random)
        var stages: [[Int]] = []
        while let first = waiting.first {
            var stage = [first]
            // Groups that still wait come first, so that no more stages arise than are needed.
            let others = waiting.dropFirst() + groups.indices.filter { !waiting.contains($0) }.shuffled(using: &random)
            for other in others where stage.allSatisfy({ clearing[$0][other] == nil }) { stage.append(other) }
            waiting.removeAll { stage.contains($0) }
            stages.append(stage.sorted())
        }
        return stages
    }

    /// A random timing of stages.
    public func plan(stages: [[Int]], random: inout SplitMix64) -> JunctionPlan {
        let grid = random.chance(0.3) ? 1 : 10
        var starts: [Int] = []
        var ends: [Int] = []
        var clock = 0
        for (position, stage) in stages.enumerated() {
            let next = stages[(position + 1) % stages.count]
            let least = stage.map { leastGreen(of: $0) }.max() ?? 0
            starts.append(clock)
            clock += Self.up(least, to: grid) + Int.random(in: 0...(150 / grid), using: &random) * grid
            ends.append(clock)
            clock += Self.up(interstage(to: next), to: grid)
        }
        let cycle = clock
        let turn = Int.random(in: 0..<(cycle / grid), using: &random) * grid
        let greens = groups.indices.map { group in
            let intervals = self.greens(of: group, stages: stages, starts: starts, ends: ends, cycle: cycle)
                .map { shortened($0, of: group, cycle: cycle, grid: grid, random: &random) }
                .map { (start: ($0.start + turn) % cycle, duration: $0.duration) }
                .sorted { $0.start < $1.start }
            return GroupGreens(
                group: groups[group].id,
                intervals: intervals.map {
                    GreenInterval(start: Self.seconds($0.start), duration: Self.seconds($0.duration))
                })
        }
        var plan = JunctionPlan(
            junction: junction.id, cycle: Self.seconds(cycle),
            offset: Self.seconds(Int.random(in: 0..<(cycle / grid), using: &random) * grid), greens: greens)
        let changing = greens.filter { $0.intervals.first.map { $0.duration < plan.cycle } ?? false }
        if let reference = changing.randomElement(using: &random), random.chance(0.6) {
            plan.offsetReference =
                random.chance(0.5) ? .startOfGreen(reference.group) : .endOfGreen(reference.group)
        }
        return plan
    }

    private func greens(
        of group: Int, stages: [[Int]], starts: [Int], ends: [Int], cycle: Int
    ) -> [(start: Int, duration: Int)] {
        let member = stages.map { $0.contains(group) }
        if member.allSatisfy({ $0 }) { return [(0, cycle)] }
        var found: [(start: Int, duration: Int)] = []
        for first in stages.indices where member[first] && !member[(first + stages.count - 1) % stages.count] {
            var last = first
            while member[(last + 1) % stages.count] { last = (last + 1) % stages.count }
            let length = ends[last] - starts[first]
            found.append((starts[first], length > 0 ? length : length + cycle))
        }
        return found
    }

    /// A green trimmed to its greatest, and sometimes by more at either end: less green is never less safe.
    private func shortened(
        _ green: (start: Int, duration: Int), of group: Int, cycle: Int, grid: Int, random: inout SplitMix64
    ) -> (start: Int, duration: Int) {
        var green = green
        if let greatest = groups[group].greatestGreen {
            green.duration = min(green.duration, Int(greatest) * 10)
            if green.duration == cycle { green.duration -= Self.up(change(of: group), to: 10) }
        }
        let spare = green.duration - leastGreen(of: group)
        guard green.duration < cycle, spare >= grid, random.chance(0.3) else { return green }
        let late = Int.random(in: 0...(spare / grid), using: &random) * grid
        let early = Int.random(in: 0...((spare - late) / grid), using: &random) * grid
        return (green.start + late, green.duration - late - early)
    }

    private func interstage(to next: [Int]) -> Int {
        var longest = 0
        for starting in next {
            longest = max(longest, change(of: starting))
            for ending in groups.indices { longest = max(longest, clearing[ending][starting] ?? 0) }
        }
        return longest
    }

    private func leastGreen(of group: Int) -> Int {
        Self.ticks(max(groups[group].leastGreen, groups[group].crossing?.leastWalk ?? 0))
    }

    private func change(of group: Int) -> Int { Self.ticks(groups[group].yellow + groups[group].redAmber) }

    private static func ticks(_ seconds: Double) -> Int { Int((seconds * 10 - 1e-6).rounded(.up)) }

    private static func seconds(_ ticks: Int) -> Double { Double(ticks) / 10 }

    private static func up(_ ticks: Int, to grid: Int) -> Int { (ticks + grid - 1) / grid * grid }
}
