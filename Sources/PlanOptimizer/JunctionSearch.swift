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
    private let limits: TimingLimits
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
        limits = TimingLimits(junction: model.network.junctions[junction].id, rules: rules, settings: settings)
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
                guard let legal = limits.legalised(plan, cycle: freedom.cycle) else { continue }
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
            guard pool.servesAll(option.stages.map(\.groups)),
                let legal = limits.legalised(option, cycle: freedom.cycle)
            else { continue }
            let value = cost(of: legal)
            if value < (best?.cost ?? current.cost * (1 - 1e-6)) { best = Candidate(plan: legal, cost: value) }
        }
        return best
    }
}
