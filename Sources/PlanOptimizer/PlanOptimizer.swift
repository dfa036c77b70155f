import PerformanceModel
import SignalModel

/// Seeks the timing of a whole network that makes the delay in the model least.
public struct PlanOptimizer: Sendable {
    /// The demand as counted, by which a plan is judged.
    let model: NetworkModel
    /// The demands that the plan is made for, ``model`` first.
    let demands: [NetworkModel]
    let settings: OptimizerSettings
    let pools: [StagePool]

    /// Prepares the search for a network with its demand.
    public init(model: NetworkModel, settings: OptimizerSettings) {
        self.model = model
        let heavier = DesignDemand(reserve: settings.reserve, seed: settings.seed)
        demands = [
            model,
            NetworkModel(
                network: model.network, flows: heavier.flows(from: model.flows, in: model.network),
                settings: model.settings),
        ]
        self.settings = settings
        pools = zip(model.network.junctions, model.rules).map { junction, rules in
            StagePool(junction: junction, rules: rules, choice: settings.stages)
        }
    }

    /// Seeks a plan.
    ///
    /// - Throws: ``PlanOptimizerError/noLegalPlan(_:)`` for a junction whose rules no timing within the limits keeps.
    public func optimize() throws(PlanOptimizerError) -> OptimizedPlan {
        var state = self.state(of: firstPlans())
        state = try pass(state, cycles: pools.map { _ in nil })
        for _ in 0..<2 {
            let better = sweep(state, freedom: { _ in .init(cycle: nil, structure: false, offset: true) })
            guard better.cost < state.cost * 0.995 else {
                if better.cost < state.cost { state = better }
                break
            }
            state = better
        }
        var coordinated: [Int] = []
        if pools.count > 1 {
            let common = coordinatedState(from: state)
            if common.state.cost < state.cost * 0.99 {
                state = common.state
                coordinated = common.cycles
            }
        }
        return OptimizedPlan(model: model, state: state, pools: pools, coordinatedCycles: coordinated)
    }

    func state(of plans: [StagePlan], threads: Int? = nil) -> NetworkState {
        NetworkState(demands: demands, plans: plans, threads: threads ?? settings.threads)
    }

    private func search(
        _ junction: Int, isFollowed: Bool, in state: NetworkState, budget: Int
    ) -> JunctionSearch {
        JunctionSearch(
            demands: demands, junction: junction,
            batches: state.simulations.map { simulation in
                RegionBatch(
                    region: Region(junction: junction, isFollowed: isFollowed, of: simulation.run),
                    junction: junction, greens: simulation.greens)
            }, settings: settings, pool: pools[junction], budget: budget)
    }

    func limits(of junction: Int) -> TimingLimits {
        TimingLimits(junction: model.network.junctions[junction].id, rules: model.rules[junction], settings: settings)
    }

    private var effortPerJunction: Int { max(20, settings.effort / max(1, pools.count)) }

    /// Splits for own stages at a moderate cycle.
    private func firstPlans() -> [StagePlan] {
        pools.indices.map { junction in
            let start = Equisaturation(model: model, junction: junction, settings: settings)
            return start.plan(stages: pools[junction].own, cycle: 60).plan
        }
    }

    /// Improves each junction on its own against the same recorded run, then takes over all that was found.
    ///
    /// - Parameter cycles: Cycle that each junction must keep, s; nil where it is free.
    func pass(
        _ state: NetworkState, cycles: [Int?], threads: Int? = nil
    ) throws(PlanOptimizerError) -> NetworkState {
        let found = parallelMap(count: pools.count, threads: threads ?? settings.threads) { junction in
            isolatedSearch(
                search(junction, isFollowed: false, in: state, budget: effortPerJunction), junction: junction, cycle: cycles[junction])?
                .plan
        }
        var plans: [StagePlan] = []
        for (junction, plan) in found.enumerated() {
            guard let plan else { throw .noLegalPlan(model.network.junctions[junction].id) }
            plans.append(plan)
        }
        return self.state(of: plans, threads: threads)
    }

    /// Several starts, a little search from each, and much from the best.
    private func isolatedSearch(
        _ search: JunctionSearch, junction: Int, cycle wanted: Int?
    ) -> JunctionSearch.Candidate? {
        let pool = pools[junction]
        let splits = Equisaturation(model: model, junction: junction, settings: settings)
        var sequences = [pool.own]
        let continuous = StagePool.mostContinuous(pool.own)
        if continuous != pool.own { sequences.append(continuous) }
        let isFree = settings.stages == .free
        if isFree {
            if !sequences.contains(pool.reduced) { sequences.append(pool.reduced) }
            for cover in pool.covers(rankedBy: { splits.plan(stages: $0, cycle: 60).saturation }).prefix(6)
            where !sequences.contains(cover) { sequences.append(cover) }
        }
        let freedom = JunctionSearch.Freedom(cycle: nil, structure: isFree, offset: false)
        var plans: [StagePlan] = []
        for sequence in sequences {
            for cycle in wanted.map({ [$0] }) ?? [40, 60, 90, settings.greatestCycle] {
                let plan = splits.plan(stages: sequence, cycle: cycle).plan
                guard let legal = limits(of: junction).legalised(plan, cycle: wanted) else { continue }
                plans.append(legal)
            }
        }
        let starts = zip(plans, search.costs(of: plans, isBounded: false)).map { plan, cost in
            JunctionSearch.Candidate(plan: plan, cost: cost ?? .infinity)
        }
        return starts.min { $0.cost < $1.cost }.map { search.improve($0, freedom: freedom) }
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
                return search(
                    junction, isFollowed: true, in: current,
                    budget: Int(Double(effortPerJunction) * effort / 2)
                ).improve(current.plans[junction], freedom: freedom(junction)).plan
            }
            var plans = current.plans
            for (number, junction) in members.enumerated() { plans[junction] = found[number] }
            guard plans != current.plans else { continue }
            let next = self.state(of: plans, threads: threads)
            if next.cost < state.cost { state = next }
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
