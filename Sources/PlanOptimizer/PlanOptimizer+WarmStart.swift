import Parallel
import PerformanceModel
import SignalModel

extension PlanOptimizer {
    /// Seeks a better plan near one that runs: with the same stages in their order, from its splits, offsets and cycles.
    ///
    /// Junctions that share a cycle, or half of it, keep doing so. The plan is never worse in the model than the one that it
    /// starts from; where nothing better was found in time it is that one. It takes a fraction of the time of
    /// ``optimize()``, which starts from nothing.
    ///
    /// - Parameters:
    ///   - start: Plan that runs, with a timing for every junction of the model's network.
    ///   - cycleStep: By how much a cycle may become longer or shorter, s, at least 0; a common cycle changes by all of
    ///     it or not at all.
    /// - Throws: ``PlanOptimizerError/noTiming(_:)`` and ``PlanOptimizerError/notStages(_:_:)``.
    public func improved(from start: Plan, cycleStep: Int) throws(PlanOptimizerError) -> OptimizedPlan {
        precondition(cycleStep >= 0, "a step is a length")
        try checkStages()
        let plans = try stagePlans(of: start)
        let cycles = zip(plans, model.rules).map { $0.cycle(under: $1) }
        let common = cycles.max() ?? 0
        let isCommon = plans.count > 1 && cycles.allSatisfy { $0 == common || 2 * $0 == common }
        let found =
            isCommon
            ? nearCommonCycle(plans, cycles: cycles, step: cycleStep)
            : nearOwnCycles(plans, cycles: cycles, step: cycleStep)
        let before = fine(plans)
        let chosen = before.changed(to: found, threads: settings.threads).cost < before.cost ? found : plans
        return OptimizedPlan(
            network: model.network, plans: chosen, pools: pools,
            subareas: [.init(junctions: model.network.junctions.map(\.id), isCoordinated: isCommon, offsets: nil)])
    }

    /// The timings of a plan by their stages, in the network's order.
    private func stagePlans(of plan: Plan) throws(PlanOptimizerError) -> [StagePlan] {
        let timings = plan.timings
        var result: [StagePlan] = []
        for (junction, rules) in zip(model.network.junctions, model.rules) {
            guard let timing = timings[junction.id] else { throw .noTiming(junction.id) }
            do throws(StagePlanMismatch) {
                result.append(try StagePlan(timing, under: rules))
            } catch {
                throw .notStages(junction.id, error)
            }
        }
        return result
    }

    /// The best of the common cycle, a longer and a shorter one, with splits and offsets sought for each.
    private func nearCommonCycle(_ plans: [StagePlan], cycles: [Int], step: Int) -> [StagePlan] {
        let common = cycles.max() ?? 0
        // A cycle that others run half of stays even, and its half long enough.
        let isHalved = cycles.contains { $0 != common }
        let step = isHalved ? step - step % 2 : step
        let others = Set([common - step, common + step]).filter {
            $0 != common && $0 <= settings.greatestCycle && (isHalved ? $0 / 2 : $0) >= settings.leastCycle
        }
        let starts = ([common] + others.sorted()).compactMap { cycle -> (state: NetworkState, cycles: [Int])? in
            let wanted = cycles.map { $0 == common ? cycle : cycle / 2 }
            let stretched = plans.indices.compactMap { junction in
                cycle == common
                    ? plans[junction] : sweeps.limits(of: junction).legalised(plans[junction], cycle: wanted[junction])
            }
            return stretched.count == plans.count ? (sketch(of: stretched), wanted) : nil
        }
        let found = parallelMap(count: starts.count, threads: settings.threads) { number in
            sweeps.swept(starts[number].state, cycles: starts[number].cycles, threads: 1, order: false)
        }
        guard let best = found.indices.min(by: { found[$0].cost < found[$1].cost }) else { return plans }
        guard !sweeps.isStopped(), !settings.leftOut.contains(.refinement) else { return found[best].plans }
        return sweeps.refined(fine(found[best].plans), cycles: starts[best].cycles, order: false).plans
    }

    /// The best near timings with a cycle for every junction of its own.
    private func nearOwnCycles(_ plans: [StagePlan], cycles: [Int], step: Int) -> [StagePlan] {
        let freedom = { @Sendable (junction: Int) -> JunctionSearch.Freedom? in
            let cycle = cycles[junction]
            // One beyond the settings is kept as it is.
            let isUsual = (settings.leastCycle...settings.greatestCycle).contains(cycle)
            return .init(
                cycle: isUsual ? nil : cycle, cycles: (cycle - step)...(cycle + step), structure: false, offset: true,
                order: false)
        }
        let rough = sweeps.sweep(sketch(of: plans), threads: settings.threads, freedom: freedom)
        guard !sweeps.isStopped(), !settings.leftOut.contains(.refinement) else { return rough.plans }
        return sweeps.sweep(fine(rough.plans), threads: settings.threads, freedom: freedom).plans
    }
}
