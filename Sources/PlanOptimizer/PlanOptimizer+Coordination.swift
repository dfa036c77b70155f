import Parallel
import PerformanceModel
import SignalModel

extension PlanOptimizer {
    /// Common cycles that are worth trying, s: for each of them the cycle of every junction, which is it or half of it.
    func commonCycles(for free: NetworkState) -> [[Int]] {
        let present = pools.indices.map { free.plans[$0].cycle(under: model.rules[$0]) }
        let own = present.sorted()
        let shortest =
            pools.indices.compactMap { sweeps.limits(of: $0).shortestCycle(of: free.plans[$0]) }.max() ?? own[0]
        let candidates = [shortest, own[own.count / 4], own[own.count / 2], own[own.count * 3 / 4]]
        // Even cycles can be halved.
        return Set(candidates.map { min($0 + $0 % 2, settings.greatestCycle) }).sorted().map { cycle in
            present.map {
                cycle % 2 == 0 && $0 <= cycle * 6 / 10 && cycle / 2 >= settings.leastCycle ? cycle / 2 : cycle
            }
        }
    }

    /// The best state in which junctions keep common cycles and have offsets sought together, with the cycles; nil where there
    /// is nothing to start from.
    func coordinated(from starts: [(state: NetworkState, cycles: [Int])]) -> (state: NetworkState, cycles: [Int])? {
        // What a cycle is worth shows only when the offsets are right.
        let starts = parallelMap(count: starts.count, threads: settings.threads) { number in
            let (state, cycles) = starts[number]
            return (state: offset(state, cycles: cycles, threads: 1), cycles: cycles)
        }
        let chosen = Array(starts.sorted { $0.state.cost < $1.state.cost }.prefix(2))
        let found = parallelMap(count: chosen.count, threads: settings.threads) { number in
            sweeps.swept(chosen[number].state, cycles: chosen[number].cycles, threads: 1)
        }
        return zip(found, chosen).map { ($0, $1.cycles) }.min { $0.state.cost < $1.state.cost }
    }

    /// The state with offsets sought for all junctions at once, where that is better.
    func offset(_ state: NetworkState, cycles: [Int], threads: Int) -> NetworkState {
        guard !settings.leftOut.contains(.offsets), !sweeps.isStopped(),
            let plans = CommonOffsets(model: model, cycles: cycles, settings: settings).improved(state.plans)
        else { return state }
        let next = state.changed(to: plans, threads: threads)
        return next.cost < state.cost ? next : state
    }

    /// What is known of the offsets of timings with common cycles; nil where nobody asks, or there is no time for it.
    func certificate(of plans: [StagePlan], cycles: [Int]) -> OffsetCertificate? {
        guard !settings.leftOut.contains(.offsets), !sweeps.isStopped() else { return nil }
        return CommonOffsets(model: model, cycles: cycles, settings: settings).certificate(of: plans)
    }
}
