import ControllerLink

/// The stages of a plan as stretches of its cycle, and ways to make them longer or shorter.
struct Stages {
    /// Seconds in which the same groups are green and every other is red.
    struct Stretch {
        var start: Int
        var length: Int
        var greens: [Int]
    }

    private let plan: SecondPlan
    private let rules: SecondRules
    private(set) var stretches: [Stretch] = []
    /// The stretch that each position is in; nil while something changes.
    private var stretchOf: [Int?]

    init(_ plan: SecondPlan, rules: SecondRules) {
        self.plan = plan
        self.rules = rules
        stretchOf = Array(repeating: nil, count: plan.cycle)
        let changing = rules.groups.indices.filter { group in
            plan.greenFrom[group].contains(0)
        }
        let aspects = rules.groups.indices.map { plan.aspects(of: $0, rules: rules) }
        let greens: [[Int]?] = (0..<plan.cycle).map { position in
            let shown = aspects.map { $0[position] }
            guard !shown.contains(.yellow), !shown.contains(.redAmber) else { return nil }
            let greens = rules.groups.indices.filter { shown[$0] == .green }
            return changing.contains { shown[$0] == .green } ? greens : nil
        }
        for position in 0..<plan.cycle where greens[position] != nil {
            guard greens[plan.position(position, plus: -1)] != greens[position] else { continue }
            let length = (0..<plan.cycle).prefix { greens[plan.position(position, plus: $0)] == greens[position] }
            for second in length { stretchOf[plan.position(position, plus: second)] = stretches.count }
            stretches.append(Stretch(start: position, length: length.count, greens: greens[position]!))
        }
    }

    /// All that is missing waited out at the end of the longest stage.
    func dwelling(_ seconds: Int, from start: Int) -> [Int]? {
        guard let longest = stretches.max(by: { $0.length < $1.length }) else { return nil }
        let last = plan.position(longest.start, plus: longest.length - 1)
        let before = SecondPlan.modulo(last - start, plan.cycle)
        return (0...before).map { plan.position(start, plus: $0) } + Array(repeating: last, count: seconds)
    }

    /// Every stage made longer in proportion, cycle by cycle.
    func lengthened(by seconds: Int, from start: Int) -> [Int]? {
        let share = max(1, Int(Double(plan.cycle) * OffsetTransition.greatestShare))
        let cycles = (seconds + share - 1) / share
        let total = stretches.reduce(0) { $0 + $1.length }
        guard total > 0, cycles <= OffsetTransition.greatestCycleCount else { return nil }
        var path: [Int] = []
        var left = seconds
        var position = start
        // Seconds of stage so far, of those that share out what is to be added.
        var passed = 0
        while left > 0 {
            path.append(position)
            if let stretch = stretchOf[position] {
                passed += 1
                let due = min(seconds, seconds * passed / (total * cycles))
                let isLast = plan.position(stretches[stretch].start, plus: stretches[stretch].length - 1) == position
                if isLast {
                    let added = min(left, max(0, due - (seconds - left)))
                    path += Array(repeating: position, count: added)
                    left -= added
                }
            }
            position = plan.position(position, plus: 1)
            guard path.count <= (OffsetTransition.greatestCycleCount + 2) * plan.cycle + seconds else { return nil }
        }
        return path
    }

    /// Every stage made shorter as far as least greens and the greatest share of the cycle allow, cycle by cycle.
    func shortened(by seconds: Int, from start: Int) -> [Int]? {
        var cuts = Array(repeating: 0, count: stretches.count)
        let share = max(1, Int(Double(plan.cycle) * OffsetTransition.greatestShare))
        var slack = rules.groups.indices.map { group in
            plan.greenFrom[group].max().map { $0 - rules.groups[group].leastGreen } ?? 0
        }
        // A group with several greens is as short as the shortest of them.
        for group in rules.groups.indices {
            let lengths = (0..<plan.cycle).filter {
                plan.isGreen(group, at: $0) && !plan.isGreen(group, at: plan.position($0, plus: -1))
            }.map { plan.greenFrom[group][$0] }
            if let shortest = lengths.min() { slack[group] = shortest - rules.groups[group].leastGreen }
        }
        for _ in 0..<min(share, seconds) {
            let room = stretches.indices.map { number in
                let greens = stretches[number].greens.map { slack[$0] }.min() ?? 0
                return min(greens, stretches[number].length - 1 - cuts[number])
            }
            guard let most = room.indices.max(by: { room[$0] < room[$1] }), room[most] > 0 else { break }
            cuts[most] += 1
            for group in stretches[most].greens { slack[group] -= 1 }
        }
        let perCycle = cuts.reduce(0, +)
        guard perCycle > 0, (seconds + perCycle - 1) / perCycle <= OffsetTransition.greatestCycleCount else {
            return nil
        }
        var path: [Int] = []
        var left = seconds
        var position = start
        while left > 0 {
            path.append(position)
            if let stretch = stretchOf[position], cuts[stretch] > 0 {
                let last = stretches[stretch].length - 1
                let place = SecondPlan.modulo(position - stretches[stretch].start, plan.cycle)
                // The cut is at the end of the stage, so that the start of the next one comes sooner.
                if place == last - cuts[stretch] {
                    let skipped = min(left, cuts[stretch])
                    left -= skipped
                    position = plan.position(position, plus: skipped)
                }
            }
            position = plan.position(position, plus: 1)
            guard path.count <= (OffsetTransition.greatestCycleCount + 2) * plan.cycle else { return nil }
        }
        return path
    }
}
