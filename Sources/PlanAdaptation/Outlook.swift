import PerformanceModel
import SignalModel

/// The time ahead, and others as likely: what plans cost in it.
struct Outlook {
    /// The expected demand.
    let expected: NetworkModel
    /// Demands as likely, drawn within the errors of the forecast.
    let others: [NetworkModel]

    /// Standard error of the demand of the district in the middle of the horizon, as a share of it.
    let levelError: Double

    /// What a plan costs under the expected demand and the others, vehicle- and person-seconds.
    struct Cost {
        /// Mean delay of vehicles under the expected demand, s per vehicle.
        var delay: Double
        /// What the optimiser makes least, by demand, the expected one first.
        var indices: [Double]
    }

    init(
        _ forecast: FlowForecast, from time: Double, queues: [LinkID: Double], network: Network,
        settings: AdaptationSettings, seed: UInt64
    ) {
        let coming = ComingDemand(network: network)
        let length = settings.horizon / Double(max(1, settings.intervals))
        func model(shift: Double, _ deviation: () -> Double) -> NetworkModel {
            let flows = forecast.flows(
                from: time, intervals: max(1, settings.intervals), of: length, shift: shift, deviation: deviation)
            return NetworkModel(
                network: network, flows: coming.balanced(flows, queues: queues), settings: settings.model)
        }
        expected = model(shift: 0) { 0 }
        // Single flows by lot; the level of the district, which counts most, in even steps.
        var random = SeededGenerator(seed: seed)
        let count = max(0, settings.draws)
        others = (0..<count).map { number in
            let place = (Double(number) + 0.5) / Double(count) - 0.5
            return model(shift: 2 * Self.greatestShift * place) { Self.normal(&random) }
        }
        let middle = forecast.level?.value(at: time + settings.horizon / 2)
        levelError = middle.map { $0.value > 0 ? $0.standardError / $0.value : 0 } ?? 0
    }

    /// Standard errors of the level within which other demands lie: the variance is that of the normal distribution.
    private static let greatestShift = 1.73

    func cost(of plan: Plan) -> Cost {
        let walking = plan.junctions.reduce(0) { sum, timing in
            let number = expected.network.junctions.firstIndex { $0.id == timing.junction }
            return sum + (number.map { expected.pedestrianDelay(under: timing, at: $0) } ?? 0)
        }
        let runs = ([expected] + others).map { $0.evaluate(plan) }
        return Cost(
            delay: expected.vehicleCount > 0 ? runs[0].delay / expected.vehicleCount : 0,
            indices: runs.map { $0.performanceIndex + walking })
    }

    /// A number that is nearly normal with mean 0 and variance 1: the sum of twelve uniform ones, less 6.
    private static func normal(_ random: inout SeededGenerator) -> Double {
        (0..<12).reduce(-6) { sum, _ in sum + random.nextShare() }
    }
}
