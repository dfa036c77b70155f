import PerformanceModel
import SignalModel

extension PlanOptimizer {
    /// The best state in which junctions share a cycle, or half of it, and their offsets are sought together.
    func coordinatedState(from free: NetworkState) -> (state: NetworkState, cycles: [Int]) {
        let own = pools.indices.map { free.plans[$0].cycle(under: model.rules[$0]) }.sorted()
        let candidates = [own[own.count / 2], own[own.count * 3 / 4], own[own.count - 1]]
        var best: (state: NetworkState, cycles: [Int])?
        for cycle in Set(candidates).sorted() {
            let cycles = pools.indices.map { junction in
                let present = free.plans[junction].cycle(under: model.rules[junction])
                return cycle % 2 == 0 && present <= cycle * 6 / 10 && cycle / 2 >= settings.leastCycle
                    ? cycle / 2 : cycle
            }
            guard let start = common(free, cycles: cycles) else { continue }
            if best == nil || start.cost < best!.state.cost { best = (start, cycles) }
        }
        guard var (state, cycles) = best else { return (free, []) }
        for _ in 0..<3 {
            let fixed = cycles
            let next = sweep(state, freedom: { .init(cycle: fixed[$0], structure: false, offset: true) })
            let gain = 1 - next.cost / state.cost
            state = next
            if gain < 0.005 { break }
        }
        cycles = pools.indices.map { state.plans[$0].cycle(under: model.rules[$0]) }
        return (state, cycles)
    }

    /// The timings stretched to given cycles.
    private func common(_ free: NetworkState, cycles: [Int]) -> NetworkState? {
        var plans = free.plans
        let region = Region(junctions: [], of: free.run)
        for junction in pools.indices {
            let search = JunctionSearch(
                model: model, junction: junction, region: region, greens: free.greens,
                simulator: NetworkSimulator(model: model), settings: settings, pool: pools[junction], budget: 0)
            guard
                let plan = search.legalised(
                    plans[junction], freedom: .init(cycle: cycles[junction], structure: false, offset: true))
            else { return nil }
            plans[junction] = plan
        }
        return NetworkState(model: model, plans: plans)
    }
}
