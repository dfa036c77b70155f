import PerformanceModel
import SignalModel

/// Searches the timing of one junction against a recorded rest of the network.
final class JunctionSearch {
    /// A timing with what it costs.
    struct Candidate {
        var plan: StagePlan
        /// Performance index of the region, vehicle- and person-seconds.
        var cost: Double
    }

    /// What may change in a search.
    struct Freedom {
        /// Cycle that must be kept, s; nil where it is free.
        var cycle: Int?
        /// Stages may be dropped, added and exchanged.
        var structure: Bool
        var offset: Bool
    }

    private let model: NetworkModel
    private let junction: Int
    private let rules: JunctionRules
    private let region: Region
    private let greens: GreenTable
    private let simulator: NetworkSimulator
    private let settings: OptimizerSettings
    private let pool: StagePool
    private var known: [[Int]: Double] = [:]
    /// Sums by interval of the best timing so far: what others are held against as they are simulated.
    private var reference: [Double] = []
    private var referenceCost = Double.infinity
    private(set) var evaluations = 0
    private let budget: Int

    init(
        model: NetworkModel, junction: Int, region: Region, greens: GreenTable, simulator: NetworkSimulator,
        settings: OptimizerSettings, pool: StagePool, budget: Int
    ) {
        self.model = model
        self.junction = junction
        rules = model.rules[junction]
        self.region = region
        self.greens = greens
        self.simulator = simulator
        self.settings = settings
        self.pool = pool
        self.budget = budget
    }

    /// Performance index under a timing, infinite where it falls behind the best so far; the same timing is simulated
    /// once.
    func cost(of plan: StagePlan) -> Double {
        let key = [plan.offset] + plan.stages.flatMap { [-1, $0.green] + $0.groups }
        if let value = known[key] { return value }
        evaluations += 1
        let timing = plan.junctionPlan(for: model.network.junctions[junction].id, under: rules)
        greens.set(timing, at: junction)
        let sums = simulator.performanceIndex(in: region, greens: greens, against: reference)
        var value = Double.infinity
        if sums.count == model.intervalCount {
            value = (sums.last ?? 0) + model.pedestrianDelay(under: timing, at: junction)
            if value < referenceCost {
                referenceCost = value
                reference = sums
            }
        }
        known[key] = value
        return value
    }

    /// Improves a timing until nothing in reach is better or the budget is spent.
    func improve(_ start: Candidate, freedom: Freedom) -> Candidate {
        var best = start
        var step = 8
        while step >= 1, evaluations < budget {
            var improved = false
            for plan in neighbours(of: best.plan, step: step, freedom: freedom) {
                guard evaluations < budget else { break }
                guard let legal = legalised(plan, freedom: freedom) else { continue }
                let value = cost(of: legal)
                if value < best.cost * (1 - 1e-6) {
                    best = Candidate(plan: legal, cost: value)
                    improved = true
                }
            }
            if freedom.structure, step <= 4, evaluations < budget {
                if let better = restructured(best, freedom: freedom) {
                    best = better
                    improved = true
                }
            }
            if !improved { step /= 2 }
        }
        return best
    }

    /// Changes of greens, cycle, order and offset by a step.
    private func neighbours(of plan: StagePlan, step: Int, freedom: Freedom) -> [StagePlan] {
        var result: [StagePlan] = []
        let count = plan.stages.count
        if freedom.cycle == nil {
            for index in 0..<count {
                for change in [step, -step] {
                    var next = plan
                    next.stages[index].green += change
                    result.append(next)
                }
            }
            for factor in [1 + Double(step) / 40, 1 - Double(step) / 40] {
                var next = plan
                for index in 0..<count {
                    next.stages[index].green = Int((Double(next.stages[index].green) * factor).rounded())
                }
                result.append(next)
            }
        }
        for index in 0..<count {
            for other in 0..<count where other != index {
                var next = plan
                next.stages[index].green += step
                next.stages[other].green -= step
                result.append(next)
            }
        }
        if freedom.offset {
            for change in [step, -step, 3 * step, -3 * step] {
                var next = plan
                next.offset += change
                result.append(next)
            }
        }
        if count > 2 && step >= 4 {
            for index in 1..<(count - 1) {
                var next = plan
                next.stages.swapAt(index, index + 1)
                result.append(next)
            }
        }
        return result
    }

    /// The best change of the set of stages, after its greens have been adapted a little.
    private func restructured(_ current: Candidate, freedom: Freedom) -> Candidate? {
        var options: [StagePlan] = []
        let stages = current.plan.stages
        for index in stages.indices where stages.count > 2 {
            var next = current.plan
            let removed = next.stages.remove(at: index)
            let heir = index % next.stages.count
            next.stages[heir].green += removed.green / 2
            next.stages[(heir + next.stages.count - 1) % next.stages.count].green += removed.green / 2
            options.append(next)
        }
        for candidate in pool.own + pool.derived where !stages.contains(where: { $0.groups == candidate }) {
            for index in stages.indices {
                var replaced = current.plan
                replaced.stages[index].groups = candidate
                options.append(replaced)
                guard stages.count < 6 else { continue }
                var inserted = current.plan
                inserted.stages.insert(.init(groups: candidate, green: settings.leastStageGreen), at: index + 1)
                options.append(inserted)
            }
        }
        var best: Candidate?
        for option in options {
            guard evaluations < budget else { break }
            guard pool.servesAll(option.stages.map(\.groups)), let legal = legalised(option, freedom: freedom)
            else { continue }
            let value = cost(of: legal)
            if value < (best?.cost ?? current.cost * (1 - 1e-6)) { best = Candidate(plan: legal, cost: value) }
        }
        return best
    }

    /// The timing with its least greens and cycle kept, or nil where that is not possible.
    func legalised(_ plan: StagePlan, freedom: Freedom) -> StagePlan? {
        var plan = plan
        for index in plan.stages.indices {
            plan.stages[index].green = max(plan.stages[index].green, leastGreen(of: index, in: plan))
        }
        let cycle = plan.cycle(under: rules)
        if let wanted = freedom.cycle {
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
    func fit(_ plan: inout StagePlan, toCycle wanted: Int) -> Bool {
        for _ in 0..<200 {
            let difference = wanted - plan.cycle(under: rules)
            if difference == 0 { return true }
            let least = plan.stages.indices.map { leastGreen(of: $0, in: plan) }
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

    private func leastGreen(ofGroup group: Int) -> Double {
        let floor = settings.stages == .free ? settings.leastGroupGreen : settings.leastStageGreen
        let need = max(rules.groups[group].leastGreen, Double(floor))
        return max(need, rules.groups[group].crossing?.leastWalk ?? 0)
    }

    /// Whether every green is as long as its group needs and no longer than it may be.
    private func keepsGreens(_ plan: StagePlan) -> Bool {
        let timing = plan.junctionPlan(for: model.network.junctions[junction].id, under: rules)
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
