import SignalModel

extension TickPlan {
    /// What a group shows at a tick of network time.
    func aspect(of group: Int, at tick: Int, under rules: TickRules) -> Aspect {
        let position = Ticks.modulo(tick - shift, cycle)
        let intervals = greens[group]
        if intervals.contains(where: { $0.covers(position, cycle: cycle) }) { return .green }
        let own = rules.groups[group]
        let isBeforeStart = intervals.contains { Ticks.modulo($0.start - position, cycle) <= own.redAmber }
        if own.redAmber > 0 && isBeforeStart { return .redAmber }
        let isAfterEnd = intervals.contains { Ticks.modulo(position - $0.end(cycle: cycle), cycle) < own.yellow }
        return isAfterEnd ? .yellow : .red
    }

    /// What every group shows at a tick of network time.
    func aspects(at tick: Int, under rules: TickRules) -> [Aspect] {
        rules.groups.indices.map { aspect(of: $0, at: tick, under: rules) }
    }

    /// Ticks of network time in a range at which some group changes its aspect, ascending, with the range's start.
    func changes(in range: Range<Int>, under rules: TickRules) -> [Int] {
        var positions: Set<Int> = []
        for (group, intervals) in greens.enumerated() {
            let own = rules.groups[group]
            for interval in intervals where interval.duration < cycle {
                let end = interval.start + interval.duration
                for position in [interval.start - own.redAmber, interval.start, end, end + own.yellow] {
                    positions.insert(Ticks.modulo(position + shift, cycle))
                }
            }
        }
        var found = [range.lowerBound]
        for position in positions {
            let first = range.lowerBound + Ticks.modulo(position - range.lowerBound, cycle)
            found += stride(from: first, to: range.upperBound, by: cycle)
        }
        return Set(found).sorted()
    }
}
