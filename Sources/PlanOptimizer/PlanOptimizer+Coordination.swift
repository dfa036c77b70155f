import PerformanceModel
import SignalModel

extension PlanOptimizer {
    /// The best state in which junctions share a cycle, or half of it, and their offsets are sought together.
    func coordinatedState(from free: NetworkState) -> (state: NetworkState, cycles: [Int]) {
        let own = pools.indices.map { free.plans[$0].cycle(under: model.rules[$0]) }.sorted()
        let shortest = pools.indices.compactMap { limits(of: $0).shortestCycle(of: free.plans[$0]) }.max() ?? own[0]
        let candidates = [shortest, own[own.count / 4], own[own.count / 2], own[own.count * 3 / 4]]
        // Even cycles can be halved.
        let cycles = Set(candidates.map { min($0 + $0 % 2, settings.greatestCycle) }).sorted().map { cycle in
            pools.indices.map { junction in
                let present = free.plans[junction].cycle(under: model.rules[junction])
                return cycle % 2 == 0 && present <= cycle * 6 / 10 && cycle / 2 >= settings.leastCycle
                    ? cycle / 2 : cycle
            }
        }
        let starts = parallelMap(count: cycles.count, threads: settings.threads) { number in
            retimed(free, cycles: cycles[number], threads: 1).map { (state: $0, cycles: cycles[number]) }
        }.compactMap { $0 }
        // What a cycle is worth shows only when the offsets are right.
        let chosen = Array(starts.sorted { $0.state.cost < $1.state.cost }.prefix(2))
        let swept = parallelMap(count: chosen.count, threads: settings.threads) { number in
            let (start, cycles) = chosen[number]
            let freedom = { @Sendable (junction: Int) in
                JunctionSearch.Freedom(cycle: cycles[junction], structure: false, offset: true)
            }
            return (state: sweep(start, effort: 0.5, threads: 1, freedom: freedom), cycles: cycles)
        }
        let best = swept.min { $0.state.cost < $1.state.cost }
        guard var (state, cycles) = best else { return (free, []) }
        for _ in 0..<2 {
            let fixed = cycles
            let next = sweep(state, freedom: { .init(cycle: fixed[$0], structure: false, offset: true) })
            let gain = 1 - next.cost / state.cost
            state = next
            if gain < 0.005 { break }
        }
        cycles = pools.indices.map { state.plans[$0].cycle(under: model.rules[$0]) }
        return (state, cycles)
    }
}
