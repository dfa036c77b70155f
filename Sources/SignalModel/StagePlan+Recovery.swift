extension StagePlan {
    /// Reads a timing as stages one after another.
    ///
    /// A stage ends where a green ends, or where one starts later than its intergreens make it; a green that starts as
    /// soon as they allow belongs to the stage that is complete when the last of such greens has started. The stages
    /// are the fewest; the first is the one that starts soonest after the start of the plan's own cycle. Converted
    /// back, they show the same greens to the second.
    ///
    /// - Throws: ``StagePlanMismatch`` where the greens are of no such sequence.
    public init(_ plan: JunctionPlan, under rules: JunctionRules) throws(StagePlanMismatch) {
        let shown = try Self.read(plan, under: rules)
        let cycleStart = Int(plan.cycleStart)
        var placed: [(end: Int, stage: TimedStage)] = []
        let ends = Set(shown.greens.joined().filter { $0.duration < shown.cycle }.map(shown.end)).sorted()
        for (position, end) in ends.enumerated() {
            let isLast = position == ends.count - 1
            let next = isLast ? ends[0] + shown.cycle : ends[position + 1]
            placed += try Self.stages(from: end, to: next, of: shown, under: rules)
        }
        if placed.isEmpty {
            let always = shown.greens.indices.filter { !shown.greens[$0].isEmpty }
            placed = [(cycleStart + shown.cycle, TimedStage(groups: always, green: shown.cycle))]
        }
        stages = placed.map(\.stage)
        offset = 0
        settle(ends: placed.map(\.end), cycle: shown.cycle, under: rules)
        if let short = stages.firstIndex(where: { $0.green <= 0 }) {
            throw .noGreen(before: modulo(placed[short].end, shown.cycle))
        }
        let starts = stages.indices.map { modulo(placed[$0].end - stages[$0].green - cycleStart, shown.cycle) }
        let first = starts.indices.min { starts[$0] < starts[$1] }!
        stages = Array(stages[first...] + stages[..<first])
        offset = modulo(starts[first] + cycleStart, shown.cycle)
        let sum = cycle(under: rules)
        guard sum == shown.cycle else { throw .doesNotClose(sum: sum, cycle: shown.cycle) }
        let again = try Self.read(junctionPlan(for: plan.junction, under: rules), under: rules)
        for (group, greens) in shown.greens.enumerated() where greens != again.greens[group] {
            throw .greenOutsideStages(rules.groups[group].id)
        }
    }

    /// Lets stages that end at given times have the greens that the interstages before them leave.
    ///
    /// Interstages depend in turn on the greens, by at most the few stages before them: the two settle soon or never.
    private mutating func settle(ends: [Int], cycle: Int, under rules: JunctionRules) {
        for _ in 0...2 * stages.count {
            let interstages = interstages(under: rules)
            for index in stages.indices {
                let before = (index + stages.count - 1) % stages.count
                let span = modulo(ends[index] - ends[before] - 1, cycle) + 1
                stages[index].green = span - interstages[before]
            }
        }
    }

    private static func read(
        _ plan: JunctionPlan, under rules: JunctionRules
    ) throws(StagePlanMismatch) -> WholeSecondGreens {
        do { return try WholeSecondGreens(plan, under: rules) } catch { throw .unreadable(error.group) }
    }

    /// The stages between the end of a green and the next such end; the second may lie in the next cycle.
    private static func stages(
        from end: Int, to next: Int, of shown: WholeSecondGreens, under rules: JunctionRules
    ) throws(StagePlanMismatch) -> [(end: Int, stage: TimedStage)] {
        let startTimes = Set(
            shown.greens.joined().filter { $0.duration < shown.cycle }
                .map { end + modulo($0.start - end, shown.cycle) }.filter { $0 < next }
        ).sorted()
        // Greens that start as soon as they may are on their way to the stage that is complete with the last of them.
        let early = startTimes.prefix { time in
            shown.greens.indices.allSatisfy { group in
                let starts = shown.greens[group].contains {
                    $0.start == modulo(time, shown.cycle) && $0.duration < shown.cycle
                }
                return !starts || time == earliestStart(of: group, after: end, before: time, in: shown, under: rules)
            }
        }
        let bounds = [early.last ?? end] + startTimes.dropFirst(early.count) + [next]
        return try zip(bounds, bounds.dropFirst()).map { (start, stop) throws(StagePlanMismatch) in
            let groups = shown.greens.indices.filter { shown.isGreen($0, at: start) }
            guard !groups.isEmpty else { throw .allRed(at: modulo(start, shown.cycle)) }
            return (stop, TimedStage(groups: groups, green: stop - start))
        }
    }

    /// The soonest whole second from the end of a stage at which the last greens before `time` let a group start.
    private static func earliestStart(
        of group: Int, after end: Int, before time: Int, in shown: WholeSecondGreens, under rules: JunctionRules
    ) -> Int {
        var earliest = end
        for (ending, greens) in shown.greens.enumerated() where ending == group || rules.areIncompatible(ending, group)
        {
            let need =
                ending == group
                ? rules.groups[group].yellow + rules.groups[group].redAmber
                : rules.intergreen(ending: ending, starting: group)
            for green in greens where green.duration < shown.cycle {
                let last = time - modulo(time - shown.end(of: green), shown.cycle)
                // What ends with this stage can come back with the one after the next, not with the next.
                if ending == group, last == end { continue }
                earliest = max(earliest, last + Int(need.rounded(.up)))
            }
        }
        return earliest
    }
}
