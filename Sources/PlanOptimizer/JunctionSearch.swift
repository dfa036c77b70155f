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
        /// Cycles that are allowed where none is given, s; nil for all within the settings.
        var cycles: ClosedRange<Int>?
        /// Stages may be dropped, added and exchanged.
        var structure: Bool
        var offset: Bool
        /// Stages may change places.
        var order = true
    }

    private let demands: [NetworkModel]
    private let junction: Int
    private let rules: JunctionRules
    private let batches: [RegionBatch]
    private let weights: [Double]
    private let isStopped: () -> Bool
    private let settings: OptimizerSettings
    private let pool: StagePool
    private let limits: TimingLimits
    private let loads: [Equisaturation.Load]
    private var known: [[Int]: Double] = [:]
    /// Sums by interval of the best timing so far, by demand: what others are held against as they are simulated.
    private var reference: [[Double]]
    private var referenceCost = Double.infinity
    /// Delay of people on foot under it, person-seconds: as much as another may save on the side of those.
    private var referenceWalking = 0.0
    private var evaluations = 0
    private let budget: Int
    /// Number of ``evaluations`` at which a search ends.
    private var limit: Int

    /// Prepares a search.
    ///
    /// - Parameters:
    ///   - batches: The junction, with the roads that it has an effect on where they are followed, under each demand.
    ///   - weights: What a second under each demand counts.
    ///   - budget: Timings to simulate; a batch that has been begun is filled.
    init(
        demands: [NetworkModel], junction: Int, batches: [RegionBatch], weights: [Double], settings: OptimizerSettings,
        pool: StagePool, budget: Int, isStopped: @escaping () -> Bool
    ) {
        self.weights = weights
        self.isStopped = isStopped
        self.demands = demands
        self.junction = junction
        rules = demands[0].rules[junction]
        self.batches = batches
        self.settings = settings
        self.pool = pool
        limits = TimingLimits(
            junction: demands[0].network.junctions[junction].id, rules: rules, settings: settings)
        loads = Equisaturation(model: demands[0], junction: junction, settings: settings).loads
        reference = demands.map { _ in [] }
        self.budget = budget
        limit = budget
    }

    /// Performance index under each timing, infinite where it falls behind the best so far; nil for those that are left
    /// when the budget is spent.
    ///
    /// The same timing is simulated once.
    ///
    /// - Parameter isBounded: The budget counts.
    func costs(of plans: [StagePlan], isBounded: Bool = true) -> [Double?] {
        let keys = plans.map(Self.key)
        var seen = Set<[Int]>()
        let unknown = plans.indices.filter { known[keys[$0]] == nil && seen.insert(keys[$0]).inserted }
        var rest = unknown[...]
        while !rest.isEmpty, !isBounded || evaluations < limit, evaluations == 0 || !isStopped() {
            // The first batch finds what the others are held against.
            let most =
                reference[0].isEmpty ? RegionBatch.width : isBounded ? wholeBatches(limit - evaluations) : rest.count
            let members = rest.prefix(most)
            for (member, value) in zip(members, simulate(members.map { plans[$0] })) { known[keys[member]] = value }
            rest = rest.dropFirst(most)
        }
        return keys.map { known[$0] }
    }

    private func wholeBatches(_ count: Int) -> Int {
        (count + RegionBatch.width - 1) / RegionBatch.width * RegionBatch.width
    }

    private func simulate(_ plans: [StagePlan]) -> [Double] {
        evaluations += plans.count
        let timings = plans.map(timing)
        var sums = plans.map { _ in demands.map { _ in [Double]() } }
        var members = Array(plans.indices)
        var credits = plans.map { _ in referenceWalking }
        // Who falls behind under one demand is not simulated under the next. What counts most comes first: what somebody has
        // saved by then may be lost under the others.
        for number in byCost where !members.isEmpty {
            let credit = members.reduce(0) { max($0, credits[$1]) }
            let found = batches[number].performanceIndices(
                of: members.map { timings[$0] }, against: bar(number, credit: credit))
            for (member, sum) in zip(members, found) {
                sums[member][number] = sum
                credits[member] += weights[number] * ((reference[number].last ?? 0) - (sum.last ?? 0))
            }
            members = zip(members, found).filter { $1.count == demands[number].intervalCount }.map(\.0)
        }
        var values = plans.map { _ in Double.infinity }
        for member in members {
            let walking = demands[0].pedestrianDelay(under: timings[member], at: junction)
            values[member] = zip(sums[member], weights).reduce(walking) { $0 + ($1.0.last ?? 0) * $1.1 }
            if values[member] < referenceCost {
                referenceCost = values[member]
                reference = sums[member]
                referenceWalking = walking
            }
        }
        return values
    }

    /// What timings are held against under one demand, where they may cost so much more in all.
    private func bar(_ number: Int, credit: Double) -> [Double] {
        // A demand that counts for nothing gives nobody up.
        let more = weights[number] > 0 ? credit / weights[number] : .infinity
        return reference[number].map { $0 + more }
    }

    /// Numbers of the demands, what the best timing so far costs most under first.
    private var byCost: [Int] {
        demands.indices.sorted {
            (weights[$1] * (reference[$1].last ?? 0), $0) < (weights[$0] * (reference[$0].last ?? 0), $1)
        }
    }

    /// The best of some timings, if one is better than `cost` by more than rounding.
    private func best(of plans: [StagePlan], below cost: Double) -> Candidate? {
        var best: Candidate?
        for case let (plan, value?) in zip(plans, costs(of: plans)) where value < best?.cost ?? (cost * (1 - 1e-6)) {
            best = Candidate(plan: plan, cost: value)
        }
        return best
    }

    /// Improves the best of several timings, and then the best of other sequences of stages, as far as the budget goes.
    ///
    /// - Returns: nil where there is none to start from.
    func improve(anyOf starts: [StagePlan], freedom: Freedom) -> Candidate? {
        let candidates = zip(starts, costs(of: starts, isBounded: false)).map { plan, cost in
            Candidate(plan: plan, cost: cost ?? .infinity)
        }.sorted { $0.cost < $1.cost }
        var seen = Set<[[Int]]>()
        let best = candidates.filter { seen.insert($0.plan.stages.map(\.groups)).inserted }
        let count = max(1, min(best.count, 4, budget / Self.leastSearch))
        return best.prefix(count).map { start in
            limit = evaluations + budget / count
            return improve(start, freedom: freedom)
        }.min { $0.cost < $1.cost }
    }

    /// Timings below which a search from one start is not worth its while.
    private static let leastSearch = 60

    /// Improves a timing whose cost is not known yet.
    func improve(_ plan: StagePlan, freedom: Freedom) -> (best: Candidate, gain: Double) {
        // The first batch has room for the changes that come next anyway.
        let changes = neighbours(of: plan, step: 8, freedom: freedom).lazy.compactMap {
            self.legal($0, freedom: freedom)
        }
        let cost = costs(of: [plan] + changes.prefix(RegionBatch.width - 1))
        let present = cost[0] ?? .infinity
        let best = improve(Candidate(plan: plan, cost: present), freedom: freedom)
        return (best, present - best.cost)
    }

    /// Improves a timing until nothing in reach is better or the budget is spent.
    func improve(_ start: Candidate, freedom: Freedom) -> Candidate {
        var best = start
        var step = 8
        while step >= 1, evaluations < limit, !isStopped() {
            var improved = descend(from: &best, step: step, freedom: freedom)
            if freedom.structure, step <= 4, evaluations < limit {
                improved = restructure(&best, freedom: freedom) || improved
            }
            if !improved { step /= 2 }
        }
        return best
    }

    /// Takes a change by a step wherever a batch of them has a better one, until none is left.
    private func descend(from best: inout Candidate, step: Int, freedom: Freedom) -> Bool {
        var improved = false
        while evaluations < limit, !isStopped(),
            let better = firstBetter(
                of: neighbours(of: best.plan, step: step, freedom: freedom), than: best, freedom: freedom)
        {
            best = better
            improved = true
        }
        return improved
    }

    /// The best of the first batch that holds a better timing, those that promise most tried first.
    private func firstBetter(of changes: [StagePlan], than current: Candidate, freedom: Freedom) -> Candidate? {
        var promising = ranked(changes)[...]
        while !promising.isEmpty, evaluations < limit {
            var batch: [StagePlan] = []
            while batch.count < RegionBatch.width, let change = promising.popFirst() {
                if let plan = legal(change, freedom: freedom) { batch.append(plan) }
            }
            if let better = best(of: batch, below: current.cost) { return better }
        }
        return nil
    }

    /// Timings in the order of what a formula says of them.
    private func ranked(_ plans: [StagePlan]) -> [StagePlan] {
        var estimate: DelayEstimate?
        return plans.enumerated().map { number, plan in
            let stages = plan.stages.map(\.groups)
            let known = estimate.flatMap { $0.stages == stages ? $0 : nil }
            let own = known ?? DelayEstimate(stages: stages, loads: loads, rules: rules)
            estimate = own
            return (plan: plan, number: number, estimate: own.value(of: plan))
        }.sorted { ($0.estimate, $0.number) < ($1.estimate, $1.number) }.map(\.plan)
    }

    private func timing(of plan: StagePlan) -> JunctionPlan {
        plan.junctionPlan(for: demands[0].network.junctions[junction].id, under: rules)
    }

    private func legal(_ plan: StagePlan, freedom: Freedom) -> StagePlan? {
        guard let legal = limits.legalised(plan, cycle: freedom.cycle),
            freedom.cycles?.contains(legal.cycle(under: rules)) ?? true
        else { return nil }
        return legal
    }

    private static func key(of plan: StagePlan) -> [Int] {
        [plan.offset] + plan.stages.flatMap { [-1, $0.green] + $0.groups }
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
        if freedom.order && count > 2 && step >= 4 {
            for index in 1..<(count - 1) {
                var next = plan
                next.stages.swapAt(index, index + 1)
                result.append(next)
            }
        }
        return result
    }

    /// Takes a change of the set of stages, if there is a better one.
    private func restructure(_ current: inout Candidate, freedom: Freedom) -> Bool {
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
        let better = firstBetter(
            of: options.filter { pool.servesAll($0.stages.map(\.groups)) }, than: current, freedom: freedom)
        guard let better else { return false }
        current = better
        return true
    }
}
