import SignalModel

extension TickPlan {
    /// What is wrong with the greens of one group taken by itself.
    func faults(ofGroup group: Int, under rules: TickRules) -> [Violation.Fault] {
        let own = rules.groups[group]
        let intervals = greens[group]
        var found: [Violation.Fault] = []
        for (position, interval) in intervals.enumerated() {
            found += rules.faults(ofGreen: group, start: interval.start, duration: interval.duration)
            // A green as long as the cycle never ends, whatever the cycle.
            if let greatest = own.greatestGreen, interval.duration > greatest || interval.duration == cycle {
                found.append(
                    .greenTooLong(
                        group: own.id, start: Ticks.seconds(interval.start), given: Ticks.seconds(interval.duration),
                        greatest: Ticks.seconds(greatest)))
            }
            for other in intervals[(position + 1)...] where !interval.overlaps(with: other, cycle: cycle).isEmpty {
                found.append(
                    .greensOverlap(
                        group: own.id, firstStart: Ticks.seconds(interval.start),
                        secondStart: Ticks.seconds(other.start)))
            }
            found += fault(betweenGreen: position, andNextOf: intervals, rules: own)
        }
        let changing = intervals.filter { $0.duration < cycle }
        let sum = intervals.reduce(0) { $0 + $1.duration } + changing.count * own.change
        // A single green whose change does not fit is named above; sums are about several.
        if intervals.count > 1, sum > cycle {
            found.append(
                .greensExceedCycle(group: own.id, sum: Ticks.seconds(sum), cycle: Ticks.seconds(cycle)))
        }
        return found
    }

    private func fault(
        betweenGreen position: Int, andNextOf intervals: [TickInterval], rules: TickRules.Group
    ) -> [Violation.Fault] {
        let interval = intervals[position]
        let next = intervals[(position + 1) % intervals.count]
        guard interval.duration < cycle else { return [] }
        let end = interval.end(cycle: cycle)
        let toNextStart = Ticks.modulo(next.start - interval.start, cycle)
        // The next start of a group with one green is its own, a whole cycle later.
        let given = (toNextStart == 0 && intervals.count == 1 ? cycle : toNextStart) - interval.duration
        if given == 0 { return [.greensAdjacent(group: rules.id, at: Ticks.seconds(end))] }
        guard given > 0, given < rules.change else { return [] }
        return [
            .yellowAndRedAmberDoNotFit(
                group: rules.id, endOfGreen: Ticks.seconds(end), given: Ticks.seconds(given),
                least: Ticks.seconds(rules.change))
        ]
    }

    /// Stretches in which two conflicting groups are green together.
    func faults(of conflict: TickRules.Conflict, under rules: TickRules) -> [Violation.Fault] {
        var found: [Violation.Fault] = []
        for first in greens[conflict.first] {
            for second in greens[conflict.second] {
                for overlap in first.overlaps(with: second, cycle: cycle) {
                    let end = overlap.start + overlap.duration
                    found.append(
                        .conflictingGreens(
                            first: rules.groups[conflict.first].id, second: rules.groups[conflict.second].id,
                            from: Ticks.seconds(overlap.start), to: Ticks.seconds(end > cycle ? end - cycle : end)))
                }
            }
        }
        return found
    }

    /// Starts of green of a group that come too early after the end of another's.
    func faults(beforeStartsOf group: Int, under rules: TickRules) -> [Violation.Fault] {
        var found: [Violation.Fault] = []
        for clearing in rules.clearingsBeforeStart[group] {
            let isOwn = clearing.ending == group
            for start in greens[group].map(\.start) where greens[group].allSatisfy({ $0.duration < cycle }) {
                let endings = greens[clearing.ending]
                // Where the other is still green there is no end to count from, and the conflict is named already.
                if !isOwn, endings.contains(where: { $0.covers(start, cycle: cycle) }) { continue }
                let ends = endings.filter { $0.duration < cycle }.map { $0.end(cycle: cycle) }
                guard let last = ends.min(by: { Ticks.modulo(start - $0, cycle) < Ticks.modulo(start - $1, cycle) })
                else { continue }
                found += rules.faults(of: clearing, endOfGreen: last, given: Ticks.modulo(start - last, cycle))
            }
        }
        return found
    }
}
