import Parallel
import PerformanceModel
import Reports
import SignalModel

/// What the plans cost at another demand.
public struct DemandPoint: Encodable, Sendable {
    /// Factor on all flows.
    public let scale: Double
    /// Delay, s per vehicle sent.
    public let delay: Double
    /// The same under the present plan.
    public let presentDelay: Double?

    static func all(
        network: Network, flows: Flows, plan: Plan, present: Plan?, report: PlanReport, scales: [Double], threads: Int
    ) -> [DemandPoint] {
        let plans = [plan] + (present.map { [$0] } ?? [])
        let delays = parallelMap(count: scales.count * plans.count, threads: threads) { number -> Double in
            let (scale, which) = (scales[number / plans.count], number % plans.count)
            // Known already.
            if scale == 1 { return which == 0 ? report.delay : report.presentDelay ?? 0 }
            return CityModel(network: network, flows: flows.scaled(by: scale))
                .performance(of: plans[which], threads: 1).delay
        }
        return scales.indices.map { number in
            DemandPoint(
                scale: scales[number], delay: delays[number * plans.count],
                presentDelay: plans.count > 1 ? delays[number * plans.count + 1] : nil)
        }
    }
}

extension Flows {
    /// The same demand times a factor.
    fileprivate func scaled(by factor: Double) -> Flows {
        var flows = self
        func scale(_ values: inout [Double]) { for number in values.indices { values[number] *= factor } }
        for number in flows.sources.indices { scale(&flows.sources[number].flowPerHour) }
        for number in flows.movements.indices { scale(&flows.movements[number].flowPerHour) }
        for number in flows.crossings.indices { scale(&flows.crossings[number].flowPerHour) }
        return flows
    }
}
