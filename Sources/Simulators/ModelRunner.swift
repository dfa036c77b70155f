import Comparison
import Formats
import PerformanceModel
import SignalModel

/// Runs plans in the performance model, each seed with a demand drawn about the flows.
public struct ModelRunner: Sendable {
    private let network: Network
    private let flows: Flows
    private let drawsDemand: Bool

    /// Which delay is counted, and over which vehicles.
    public static let definition =
        "signal delay in the model: delay on the approaches to signals over all vehicles sent in the window, with those "
        + "that still wait at its end"

    /// Prepares runs.
    ///
    /// - Parameter drawsDemand: Whether the demand varies from seed to seed, as it does from day to day; without it all seeds
    ///   give the same.
    public init(network: Network, flows: Flows, drawsDemand: Bool) {
        self.network = network
        self.flows = flows
        self.drawsDemand = drawsDemand
    }

    /// The demand of one seed as a model, which every plan can be run in.
    ///
    /// Where it is drawn, every flow of every interval is a Poisson number about its mean.
    public func model(seed: UInt64, demandScale: Double = 1) -> NetworkModel {
        var drawn = flows
        var generator = SeededGenerator(seed: seed)
        let hours = flows.intervalLength / 3600
        func draw(_ flow: Double) -> Double {
            let vehicles = max(0, flow * demandScale * hours)
            return (drawsDemand ? Double(PoissonNumber.draw(mean: vehicles, using: &generator)) : vehicles) / hours
        }
        for source in drawn.sources.indices {
            drawn.sources[source].flowPerHour = drawn.sources[source].flowPerHour.map(draw)
        }
        for movement in drawn.movements.indices {
            drawn.movements[movement].flowPerHour = drawn.movements[movement].flowPerHour.map(draw)
        }
        return NetworkModel(network: network, flows: drawn)
    }

    /// What a plan comes to.
    public func figures(of plan: Plan, in model: NetworkModel) -> RunFigures {
        let performance = model.performance(of: plan)
        let index = NetworkIndex(network)
        let signalised = performance.movements.filter { row in
            index.movements[row.movement].map { network.movements[$0].signalGroup != nil } ?? false
        }
        let vehicles = max(1, performance.vehicles)
        return RunFigures(
            vehicles: performance.vehicles, delay: performance.delay,
            stops: performance.movements.reduce(0) { $0 + $1.stops * $1.vehicles } / vehicles,
            worstQueue: worstQueue(performance),
            waiting: PedestrianWaits(plan: plan, network: network, flows: model.flows).waiting,
            movements: signalised.map { .init(movement: $0.movement, vehicles: $0.vehicles, delay: $0.delay) })
    }

    private func worstQueue(_ performance: NetworkPerformance) -> RunFigures.Queue? {
        let index = NetworkIndex(network)
        var worst: RunFigures.Queue?
        for row in performance.movements {
            guard let position = index.movements[row.movement],
                let link = index.links[network.movements[position].from],
                let lane = network.movements[position].connections.first?.from,
                let length = network.links[link].lanes.first(where: { $0.id == lane })?.length
            else { continue }
            let share = row.longestQueue * network.vehicles.spacing / length
            if share > worst?.shareOfStorage ?? 0 { worst = .init(lane: lane, shareOfStorage: share) }
        }
        return worst
    }
}
