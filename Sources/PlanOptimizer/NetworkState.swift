import Parallel
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
    /// What the search makes least: performance index of the roads under the demands, weighed, and delay of people on foot,
    /// seconds.
    let cost: Double
    /// What a change under each demand changes the cost by.
    let weights: [Double]
    private let risk: TailRisk

    /// The same demands under other timings.
    func changed(to plans: [StagePlan], threads: Int) -> NetworkState {
        NetworkState(demands: simulations.map(\.run.model), plans: plans, risk: risk, threads: threads)
    }

    init(demands: [NetworkModel], plans: [StagePlan], risk: TailRisk, threads: Int) {
        self.plans = plans
        self.risk = risk
        let model = demands[0]
        let timings = plans.enumerated().map { junction, plan in
            plan.junctionPlan(for: model.network.junctions[junction].id, under: model.rules[junction])
        }
        simulations = parallelMap(count: demands.count, threads: threads) { number in
            Simulation(model: demands[number], timings: timings)
        }
        let walking = timings.enumerated().reduce(0) { $0 + model.pedestrianDelay(under: $1.element, at: $1.offset) }
        let costs = simulations.map(\.run.performanceIndex)
        weights = risk.weights(of: costs)
        cost = zip(weights, costs).reduce(0) { $0 + $1.0 * $1.1 } + walking
    }
}
