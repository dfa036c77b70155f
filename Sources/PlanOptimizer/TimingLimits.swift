import SignalModel

/// What a timing of one junction must keep: the rules of its groups and the engineer's settings.
struct TimingLimits {
    let junction: JunctionID
    let rules: JunctionRules
    let settings: OptimizerSettings

    /// Cycle of some stages with their least greens, s; nil where they cannot be.
    func shortestCycle(of plan: StagePlan) -> Int? {
        var least = plan
        for index in least.stages.indices { least.stages[index].green = 0 }
        return legalised(least, cycle: nil)?.cycle(under: rules)
    }

    /// The timing with its least greens and cycle kept, or nil where that is not possible.
    ///
    /// - Parameter wanted: Cycle that must be kept, s; nil where any within the settings will do.
    func legalised(_ plan: StagePlan, cycle wanted: Int?) -> StagePlan? {
        var plan = plan
        for index in plan.stages.indices {
            plan.stages[index].green = max(plan.stages[index].green, leastGreen(of: index, in: plan))
        }
        let cycle = plan.cycle(under: rules)
        if let wanted {
            guard fit(&plan, toCycle: wanted) else { return nil }
        } else if cycle < settings.leastCycle {
            guard fit(&plan, toCycle: settings.leastCycle) else { return nil }
        } else if cycle > settings.greatestCycle {
            guard fit(&plan, toCycle: settings.greatestCycle) else { return nil }
        }
        guard keepsGreens(plan) else { return nil }
        let length = plan.cycle(under: rules)
        plan.offset = ((plan.offset % length) + length) % length
        return plan
    }

    /// Spreads what a timing lacks of a cycle, or has too much, over its stages in proportion to their greens.
    private func fit(_ plan: inout StagePlan, toCycle wanted: Int) -> Bool {
        let least = plan.stages.indices.map { leastGreen(of: $0, in: plan) }
        for _ in 0..<200 {
            let difference = wanted - plan.cycle(under: rules)
            if difference == 0 { return true }
            let flexible = plan.stages.indices.filter { difference > 0 || plan.stages[$0].green > least[$0] }
            let total = flexible.reduce(0) { $0 + plan.stages[$1].green }
            guard total > 0 else { return false }
            var rest = difference
            for index in flexible {
                let share = difference * plan.stages[index].green / total
                let change = difference > 0 ? share : max(share, least[index] - plan.stages[index].green)
                plan.stages[index].green += change
                rest -= change
            }
            if rest == difference {
                let index = flexible.max { plan.stages[$0].green < plan.stages[$1].green }!
                plan.stages[index].green += difference > 0 ? 1 : -1
            }
        }
        return false
    }

    /// Least green of a stage: that of each group that is green in it alone.
    private func leastGreen(of index: Int, in plan: StagePlan) -> Int {
        let count = plan.stages.count
        let before = plan.stages[(index + count - 1) % count].groups
        let after = plan.stages[(index + 1) % count].groups
        var least = settings.leastStageGreen
        for group in plan.stages[index].groups where !before.contains(group) && !after.contains(group) {
            least = max(least, Int(leastGreen(ofGroup: group).rounded(.up)))
        }
        return least
    }

    /// By how much the green of each stage can become shorter and longer on its own, s; 0 where it is beyond its limits.
    func rooms(of plan: StagePlan) -> [(shorter: Int, longer: Int)] {
        let timing = plan.junctionPlan(for: junction, under: rules)
        return plan.stages.indices.map { stage in
            var shorter = plan.stages[stage].green - settings.leastStageGreen
            var longer = Int.max
            for group in plan.stages[stage].groups {
                for interval in timing.greens[group].intervals where interval.duration < timing.cycle {
                    shorter = min(shorter, Int((interval.duration - leastGreen(ofGroup: group)).rounded(.down)))
                    guard let greatest = rules.groups[group].greatestGreen else { continue }
                    longer = min(longer, Int((greatest - interval.duration).rounded(.down)))
                }
            }
            return (max(0, shorter), max(0, longer))
        }
    }

    private func leastGreen(ofGroup group: Int) -> Double {
        let floor = settings.stages == .free ? settings.leastGroupGreen : settings.leastStageGreen
        let need = max(rules.groups[group].leastGreen, Double(floor))
        return max(need, rules.groups[group].crossing?.leastWalk ?? 0)
    }

    /// Whether every green is as long as its group needs and no longer than it may be.
    func keepsGreens(_ plan: StagePlan) -> Bool {
        let timing = plan.junctionPlan(for: junction, under: rules)
        return zip(rules.groups.indices, timing.greens).allSatisfy { number, greens in
            let group = rules.groups[number]
            let least = leastGreen(ofGroup: number)
            return greens.intervals.allSatisfy { interval in
                if interval.duration >= timing.cycle { return group.greatestGreen == nil }
                return interval.duration >= least && interval.duration <= group.greatestGreen ?? .infinity
            }
        }
    }
}
