import PerformanceModel
import SignalModel

/// What a plan costs several movements together: an approach or a junction.
public struct TrafficSum: Encodable, Sendable {
    /// Demand, mean of the analysis period, veh/h.
    public let flowPerHour: Double
    /// Vehicles that reached the queues in the analysis period.
    public let vehicles: Double
    /// Mean delay over those vehicles, s per vehicle.
    public let delay: Double
    /// The same under the present plan.
    public let presentDelay: Double?
    /// Level of service by delay alone (HCM 2010 exhibit 18-4); nil where no signal rules the movements.
    public let levelOfService: HCM.LevelOfService?
    /// The same under the present plan.
    public let presentLevelOfService: HCM.LevelOfService?

    init(_ movements: [MovementReport]) {
        let mean = HCM.FlowWeightedDelay(of: movements.map { .init(flowPerHour: $0.vehicles, delay: $0.delay) })
        let before = movements.compactMap { movement in
            movement.presentVehicles.flatMap { vehicles in
                movement.presentDelay.map { HCM.FlowWeightedDelay(flowPerHour: vehicles, delay: $0) }
            }
        }
        let presentMean = before.isEmpty ? nil : HCM.FlowWeightedDelay(of: before)
        let isSignalled = movements.contains { $0.junction != nil }
        flowPerHour = movements.reduce(0) { $0 + $1.flowPerHour }
        vehicles = movements.reduce(0) { $0 + $1.vehicles }
        delay = mean.delay
        presentDelay = presentMean?.delay
        levelOfService = isSignalled ? mean.levelOfService : nil
        presentLevelOfService = isSignalled ? presentMean?.levelOfService : nil
    }
}
