import Parallel
import PerformanceModel
import SignalModel

/// Seeks the timing of a whole network that makes the delay in the model least.
public struct PlanOptimizer: Sendable {
    let sweeps: NetworkSweeps
    /// The demands that the plan is made for.
    let demands: [NetworkModel]
    /// The same in longer steps: twice as fast, and near enough to choose cycles, stages and first splits by.
    let sketches: [NetworkModel]
    private let sequences: [[[[Int]]]]

    var model: NetworkModel { sweeps.model }
    var settings: OptimizerSettings { sweeps.settings }
    var pools: [StagePool] { sweeps.pools }

    /// Prepares the search for a network with its demand.
    ///
    /// - Parameter isStopped: Asked again and again; once it says yes, the search ends with the best it has found.
    /// - Precondition: The settings allow some cycle and hold some demand.
    public init(
        model: NetworkModel, settings: OptimizerSettings, isStopped: @Sendable @escaping () -> Bool = { false }
    ) {
        precondition(settings.leastCycle <= settings.greatestCycle && !settings.demandScales.isEmpty)
        sweeps = NetworkSweeps(model: model, settings: settings, isStopped: isStopped)
        let scenarios = DesignDemand.scenarios(of: model.flows, in: model.network, settings: settings)
        demands = scenarios.map { NetworkModel(network: model.network, flows: $0, settings: model.settings) }
        var coarse = model.settings
        if !settings.leftOut.contains(.sketch) { coarse.stepLength = max(coarse.stepLength, Self.sketchStep) }
        sketches = scenarios.map { [coarse] in NetworkModel(network: model.network, flows: $0, settings: coarse) }
        let pools = sweeps.pools
        sequences = parallelMap(count: pools.count, threads: settings.threads) { junction in
            let splits = Equisaturation(model: model, junction: junction, settings: settings)
            return Self.sequences(of: pools[junction], splits: splits, stages: settings.stages)
        }
    }

    /// Seeks a plan.
    ///
    /// - Throws: ``PlanOptimizerError/noLegalPlan(_:)`` for a junction whose rules no timing within the limits keeps.
    public func optimize() throws(PlanOptimizerError) -> OptimizedPlan {
        let found = try stagePlans()
        return OptimizedPlan(
            network: model.network, plans: found.plans, pools: pools, subareas: [found.subarea])
    }

    /// Seeks a timing by stages for every junction, and says whether they have common cycles.
    func stagePlans() throws(PlanOptimizerError) -> (plans: [StagePlan], subarea: OptimizedPlan.Subarea) {
        try checkStages()
        let first = try isolated(sketch(of: firstPlans()))
        guard pools.count > 1, !sweeps.isStopped() else { return (refined(first.plans, cycles: nil), separate) }
        // Free cycles are swept while common ones are tried: each on a thread of its own.
        let isCoordinating = !settings.leftOut.contains(.coordination)
        let cycles = isCoordinating ? firstCommonCycles(for: first) : []
        let tried = parallelMap(count: 1 + cycles.count, threads: settings.threads) { number in
            number == 0
                ? CycleChoice(state: sweeps.swept(first, cycles: nil, threads: 1), cycles: nil)
                : choice(ofCommon: cycles[number - 1], near: first)
        }
        let free = tried[0]!
        let common =
            isCoordinating
            ? bestCommon(of: tried.dropFirst().compactMap { $0 }, tried: cycles, near: first) : nil
        let chosen = common.flatMap { $0.state.cost < free.state.cost * worthOfCoordination ? $0 : nil } ?? free
        let plans = refined(chosen.state.plans, cycles: chosen.cycles)
        guard let cycles = chosen.cycles else { return (plans, separate) }
        return (plans, .init(junctions: names, isCoordinated: true, offsets: certificate(of: plans, cycles: cycles)))
    }

    private var names: [JunctionID] { model.network.junctions.map(\.id) }
    private var separate: OptimizedPlan.Subarea { .init(junctions: names, isCoordinated: false, offsets: nil) }

    /// Refuses junctions that no stage can serve, as they have no group.
    func checkStages() throws(PlanOptimizerError) {
        guard let empty = pools.indices.first(where: { pools[$0].own.isEmpty }) else { return }
        throw .noLegalPlan(model.network.junctions[empty].id)
    }

    /// Share of the cost with free cycles below which common ones are worth being bound to; where only one cycle is allowed all
    /// have it anyway.
    private var worthOfCoordination: Double { settings.leastCycle == settings.greatestCycle ? .infinity : 0.99 }

    /// How much longer a junction is searched on its own: that is cheap, and decides its stages.
    private static let isolatedFactor = 8

    /// Length of a step in ``sketches``, s.
    private static let sketchStep = 2.0

    func sketch(of plans: [StagePlan], threads: Int? = nil) -> NetworkState {
        NetworkState(
            demands: sketches, plans: plans, risk: TailRisk(settings: settings), threads: threads ?? settings.threads)
    }

    func fine(_ plans: [StagePlan]) -> NetworkState {
        NetworkState(demands: demands, plans: plans, risk: TailRisk(settings: settings), threads: settings.threads)
    }

    /// Refines timings in short steps: first the offsets of all at once where cycles are common, then sweeps.
    func refined(_ plans: [StagePlan], cycles: [Int]?) -> [StagePlan] {
        guard !sweeps.isStopped(), !settings.leftOut.contains(.refinement) else { return plans }
        var state = fine(plans)
        if let cycles { state = offset(state, cycles: cycles, threads: settings.threads) }
        return sweeps.refined(state, cycles: cycles).plans
    }

    private func search(_ junction: Int, in state: NetworkState, budget: Int) -> JunctionSearch {
        sweeps.search(junction, isFollowed: false, in: state, budget: budget)
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
            search(junction, in: state, budget: Self.isolatedFactor * sweeps.efforts[junction])
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
    func retimed(_ state: NetworkState, cycles: [Int]) -> NetworkState? {
        let found = pools.indices.map { junction -> StagePlan? in
            let cycle = cycles[junction]
            let stretched = sweeps.limits(of: junction).legalised(state.plans[junction], cycle: cycle)
            return search(junction, in: state, budget: sweeps.efforts[junction]).improve(
                anyOf: (stretched.map { [$0] } ?? []) + starts(at: junction, cycle: cycle),
                freedom: .init(cycle: cycle, structure: false, offset: false))?.plan
        }
        let plans = found.compactMap { $0 }
        return plans.count == found.count ? sketch(of: plans, threads: 1) : nil
    }

    /// First timings of a junction for a search: sequences of stages with equal degrees of saturation, and the present one.
    ///
    /// - Parameter wanted: Cycle that must be kept, s; nil where several are tried.
    private func starts(at junction: Int, cycle wanted: Int?) -> [StagePlan] {
        let splits = Equisaturation(model: model, junction: junction, settings: settings)
        let limits = sweeps.limits(of: junction)
        let present = presentTiming(at: junction).flatMap { limits.legalised($0, cycle: wanted) }
        return (present.map { [$0] } ?? [])
            + sequences[junction].flatMap { sequence in
                (wanted.map { [$0] } ?? [40, 60, 90, settings.greatestCycle]).compactMap { cycle in
                    limits.legalised(splits.plan(stages: sequence, cycle: cycle).plan, cycle: wanted)
                        ?? limits.legalised(StageSplits.empty(sequence), cycle: wanted)
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
}
