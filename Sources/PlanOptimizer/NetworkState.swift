import PerformanceModel
import SignalModel

/// The timings of all junctions with the runs that they lead to, one for each draw of the demand.
struct NetworkState: @unchecked Sendable {
    /// One draw of the demand under the timings.
    struct Simulation: @unchecked Sendable {
        let greens: GreenTable
        let run: NetworkRun

        init(model: NetworkModel, timings: [JunctionPlan]) {
            greens = GreenTable(model: model)
            for (junction, timing) in timings.enumerated() { greens.set(timing, at: junction) }
            run = NetworkSimulator(model: model).run(greens)
        }
    }

    let plans: [StagePlan]
    let simulations: [Simulation]
    /// What the search makes least: performance index of the roads, mean of the draws, and delay of people on foot,
    /// seconds.
    let cost: Double

    /// The same demands under other timings.
    func changed(to plans: [StagePlan], threads: Int) -> NetworkState {
        NetworkState(demands: simulations.map(\.run.model), plans: plans, threads: threads)
    }

    init(demands: [NetworkModel], plans: [StagePlan], threads: Int) {
        self.plans = plans
        let model = demands[0]
        let timings = plans.enumerated().map { junction, plan in
            plan.junctionPlan(for: model.network.junctions[junction].id, under: model.rules[junction])
        }
        simulations = parallelMap(count: demands.count, threads: threads) { number in
            Simulation(model: demands[number], timings: timings)
        }
        let walking = timings.enumerated().reduce(0) { $0 + model.pedestrianDelay(under: $1.element, at: $1.offset) }
        cost = simulations.reduce(0) { $0 + $1.run.performanceIndex } / Double(demands.count) + walking
    }
}
