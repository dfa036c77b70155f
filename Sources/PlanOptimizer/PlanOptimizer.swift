import PerformanceModel
import SignalModel

/// Seeks the timing of a whole network that makes the delay in the model least.
public struct PlanOptimizer: Sendable {
    /// The demand as counted, by which a plan is judged.
    let model: NetworkModel
    /// The draws of the demand that the plan is made for.
    let demands: [NetworkModel]
    /// The same in longer steps: twice as fast, and near enough to choose cycles, stages and first splits by.
    let sketches: [NetworkModel]
    let settings: OptimizerSettings
    let pools: [StagePool]
    private let sequences: [[[[Int]]]]

    /// Prepares the search for a network with its demand.
    public init(model: NetworkModel, settings: OptimizerSettings) {
        self.model = model
        let drawn = (0..<max(1, settings.draws)).map { draw in
            DesignDemand(reserve: settings.reserve, seed: settings.seed &+ UInt64(draw))
                .flows(from: model.flows, in: model.network)
        }
        demands = drawn.map { NetworkModel(network: model.network, flows: $0, settings: model.settings) }
        var coarse = model.settings
        coarse.stepLength = max(coarse.stepLength, Self.sketchStep)
        sketches = drawn.map { [coarse] in NetworkModel(network: model.network, flows: $0, settings: coarse) }
        self.settings = settings
        pools = zip(model.network.junctions, model.rules).map { junction, rules in
            StagePool(junction: junction, rules: rules, choice: settings.stages)
        }
        let pools = pools
        sequences = parallelMap(count: pools.count, threads: settings.threads) { junction in
            let splits = Equisaturation(model: model, junction: junction, settings: settings)
            return Self.sequences(of: pools[junction], splits: splits, stages: settings.stages)
        }
    }

    /// Seeks a plan.
    ///
    /// - Throws: ``PlanOptimizerError/noLegalPlan(_:)`` for a junction whose rules no timing within the limits keeps.
    public func optimize() throws(PlanOptimizerError) -> OptimizedPlan {
        let first = try isolated(sketch(of: firstPlans()))
        guard pools.count > 1 else { return result(refined(state(of: first.plans), cycles: nil)) }
        // Free cycles are swept while common ones are tried: each on a thread of its own.
        let cycles = commonCycles(for: first)
        let tried = parallelMap(count: 1 + cycles.count, threads: settings.threads) { number in
            number == 0
                ? swept(first, cycles: nil, threads: 1) : retimed(first, cycles: cycles[number - 1], threads: 1)
        }
        let free = tried[0]!
        let starts = zip(tried.dropFirst(), cycles).compactMap { state, cycles in state.map { ($0, cycles) } }
        guard let common = coordinated(from: starts), common.state.cost < free.cost * Self.worthOfCoordination else {
            return result(refined(state(of: free.plans), cycles: nil))
        }
        return result(refined(state(of: common.state.plans), cycles: common.cycles), isCoordinated: true)
    }

    /// Share of the cost with free cycles below which common ones are worth being bound to.
    private static let worthOfCoordination = 0.99

    private func result(_ state: NetworkState, isCoordinated: Bool = false) -> OptimizedPlan {
        return OptimizedPlan(model: model, plans: state.plans, pools: pools, isCoordinated: isCoordinated)
    }

    /// Length of a step in ``sketches``, s.
    private static let sketchStep = 2.0

    func sketch(of plans: [StagePlan], threads: Int? = nil) -> NetworkState {
        NetworkState(demands: sketches, plans: plans, threads: threads ?? settings.threads)
    }

    func state(of plans: [StagePlan], threads: Int? = nil) -> NetworkState {
        NetworkState(demands: demands, plans: plans, threads: threads ?? settings.threads)
    }

    private func search(
        _ junction: Int, isFollowed: Bool, in state: NetworkState, budget: Int
    ) -> JunctionSearch {
        JunctionSearch(
            demands: state.simulations.map(\.run.model), junction: junction,
            batches: state.simulations.map { simulation in
                RegionBatch(
                    region: Region(junction: junction, isFollowed: isFollowed, of: simulation.run),
                    junction: junction, greens: simulation.greens)
            }, settings: settings, pool: pools[junction], budget: budget)
    }

    func limits(of junction: Int) -> TimingLimits {
        TimingLimits(junction: model.network.junctions[junction].id, rules: model.rules[junction], settings: settings)
    }

    /// Gain of a sweep below which another is not worth its time.
    static let leastGain = 0.025

    private var effortPerJunction: Int { max(20, settings.effort / max(1, pools.count)) }

    /// Offsets and splits sought under the effect that junctions have on each other, until it is not worth the time.
    ///
    /// - Parameter cycles: Cycle that each junction must keep, s; nil where they are free.
    private func refined(_ start: NetworkState, cycles: [Int]?) -> NetworkState {
        var state = start
        for _ in 0..<2 {
            let next = swept(state, cycles: cycles, threads: settings.threads)
            let gain = 1 - next.cost / state.cost
            state = next
            if gain < Self.leastGain { break }
        }
        return state
    }

    func swept(_ state: NetworkState, cycles: [Int]?, threads: Int) -> NetworkState {
        sweep(state, threads: threads) { .init(cycle: cycles?[$0], structure: false, offset: true) }
    }

    /// Splits for own stages at a moderate cycle.
    private func firstPlans() -> [StagePlan] {
        pools.indices.map { junction in
            let start = Equisaturation(model: model, junction: junction, settings: settings)
            return start.plan(stages: pools[junction].own, cycle: 60).plan
        }
    }

    /// Seeks a timing for each junction on its own against the same recorded run, then takes over all that was found.
    private func isolated(_ state: NetworkState) throws(PlanOptimizerError) -> NetworkState {
        let freedom = JunctionSearch.Freedom(cycle: nil, structure: settings.stages == .free, offset: false)
        let found = parallelMap(count: pools.count, threads: settings.threads) { junction in
            search(junction, isFollowed: false, in: state, budget: effortPerJunction)
                .improve(anyOf: starts(at: junction, cycle: nil), freedom: freedom)?.plan
        }
        var plans: [StagePlan] = []
        for (junction, plan) in found.enumerated() {
            guard let plan else { throw .noLegalPlan(model.network.junctions[junction].id) }
            plans.append(plan)
        }
        return sketch(of: plans)
    }

    /// The timings brought to given cycles: stretched, or with splits of their own, whichever serves a junction better.
    ///
    /// - Returns: nil where a junction has no timing of that cycle.
    func retimed(_ state: NetworkState, cycles: [Int], threads: Int) -> NetworkState? {
        let found = parallelMap(count: pools.count, threads: threads) { junction -> StagePlan? in
            let cycle = cycles[junction]
            let stretched = limits(of: junction).legalised(state.plans[junction], cycle: cycle)
            return search(junction, isFollowed: false, in: state, budget: effortPerJunction / 2).improve(
                anyOf: (stretched.map { [$0] } ?? []) + starts(at: junction, cycle: cycle),
                freedom: .init(cycle: cycle, structure: false, offset: false))?.plan
        }
        let plans = found.compactMap { $0 }
        return plans.count == found.count ? sketch(of: plans, threads: threads) : nil
    }

    /// First timings of a junction for a search: sequences of stages with equal degrees of saturation, and the present one.
    ///
    /// - Parameter wanted: Cycle that must be kept, s; nil where several are tried.
    private func starts(at junction: Int, cycle wanted: Int?) -> [StagePlan] {
        let splits = Equisaturation(model: model, junction: junction, settings: settings)
        let limits = limits(of: junction)
        let present = presentTiming(at: junction).flatMap { limits.legalised($0, cycle: wanted) }
        return (present.map { [$0] } ?? [])
            + sequences[junction].flatMap { sequence in
                (wanted.map { [$0] } ?? [40, 60, 90, settings.greatestCycle]).compactMap { cycle in
                    limits.legalised(splits.plan(stages: sequence, cycle: cycle).plan, cycle: wanted)
                }
            }
    }

    /// The present timing by its stages; nil where there is none, or none that serves the own stages one after another.
    private func presentTiming(at junction: Int) -> StagePlan? {
        let program = model.network.junctions[junction].programs.first { $0.kind != .off }
        guard let plan = program.flatMap({ try? StagePlan($0.plan, under: model.rules[junction]) }) else { return nil }
        let servesOwn = pools[junction].own.allSatisfy { own in
            plan.stages.contains { Set($0.groups).isSuperset(of: own) }
        }
        return servesOwn ? plan : nil
    }

    /// Sequences of stages to start from: the present ones, and where stages are free some that serve all with fewer.
    private static func sequences(of pool: StagePool, splits: Equisaturation, stages: OptimizerSettings.StageChoice)
        -> [[[Int]]]
    {
        var result = [pool.own]
        func add(_ sequence: [[Int]]) { if !result.contains(sequence) { result.append(sequence) } }
        add(StagePool.mostContinuous(pool.own))
        guard stages == .free else { return result }
        add(pool.reduced)
        pool.covers(rankedBy: { splits.plan(stages: $0, cycle: 60).saturation }).prefix(6).forEach(add)
        return result
    }

    /// Improves every junction once with the effect on its downstream neighbours, in classes of junctions that are not
    /// neighbours; what the changes of a class do together is simulated before they are taken over.
    func sweep(
        _ start: NetworkState, effort: Double = 1, threads: Int? = nil,
        freedom: @Sendable @escaping (Int) -> JunctionSearch.Freedom
    ) -> NetworkState {
        var state = start
        for members in independentClasses() {
            let current = state
            let found = parallelMap(count: members.count, threads: threads ?? settings.threads) { number in
                let junction = members[number]
                let search = search(
                    junction, isFollowed: true, in: current,
                    budget: Int(Double(effortPerJunction) * effort / 2))
                return search.improve(current.plans[junction], freedom: freedom(junction))
            }
            // Changes that are better each on its own can be worse together: then those that gain most go alone.
            var order = members.indices.filter { found[$0].best.plan != current.plans[members[$0]] }
                .sorted { (found[$1].gain, $0) < (found[$0].gain, $1) }
            while !order.isEmpty {
                var plans = current.plans
                for number in order { plans[members[number]] = found[number].best.plan }
                let next = state.changed(to: plans, threads: threads ?? settings.threads)
                if next.cost < state.cost {
                    state = next
                    break
                }
                order.removeLast((order.count + 1) / 2)
            }
        }
        return state
    }

    /// Junctions in classes such that none is downstream of another of its class.
    private func independentClasses() -> [[Int]] {
        var classes: [[Int]] = []
        for junction in pools.indices {
            if let position = classes.firstIndex(where: { members in
                members.allSatisfy { !touches($0, junction) && !touches(junction, $0) }
            }) {
                classes[position].append(junction)
            } else {
                classes.append([junction])
            }
        }
        return classes
    }

    private func touches(_ junction: Int, _ other: Int) -> Bool { model.downstream[junction].contains(other) }
}
