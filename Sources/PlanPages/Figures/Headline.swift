import Reports
import SignalModel

/// The figures that a report begins with.
public struct Headline: Encodable, Sendable {
    /// Vehicles that the sources send, veh/h.
    public let vehiclesPerHour: Double
    /// Delay, s per vehicle sent.
    public let delay: Double
    /// The same under the present plan.
    public let presentDelay: Double?
    /// Delay of all vehicles in an hour, vehicle-hours per hour.
    public let vehicleHoursPerHour: Double
    /// The same under the present plan.
    public let presentVehicleHoursPerHour: Double?
    /// Part of the present delay that the plan saves; negative where it adds to it.
    public let savedShare: Double?
    /// People at crossings, counted, per hour.
    public let peoplePerHour: Double
    /// Mean wait of people on foot, s: over those counted, or over the crossings where nobody is; nil without crossings.
    public let peopleDelay: Double?
    /// The same under the present plan.
    public let presentPeopleDelay: Double?
    /// Number of junctions.
    public let junctionCount: Int
    /// Movements at signals whose delay falls by more than ``leastChange``.
    public let gainingMovements: Int
    /// Movements at signals whose delay rises by more than ``leastChange``.
    public let payingMovements: Int
    /// Other movements at signals.
    public let unchangedMovements: Int
    /// Standard error of the flow of a movement in one interval as a share of it, mean over all vehicles; nil where no movement
    /// has one.
    public let flowErrorShare: Double?
    /// Length of the intervals that the demand is known in, s.
    public let intervalLength: Double

    /// Change of delay that counts as one, s per vehicle.
    public static let leastChange = 1.0

    init(_ report: PlanReport, flows: Flows, waits: [CrossingWait]) {
        let hours = max(report.duration, 1) / 3600
        vehiclesPerHour = report.vehicles / hours
        delay = report.delay
        presentDelay = report.presentDelay
        vehicleHoursPerHour = report.delayVehicleHours / hours
        presentVehicleHoursPerHour = report.presentDelayVehicleHours.map { $0 / hours }
        savedShare = report.presentDelay.flatMap { $0 > 0 ? ($0 - report.delay) / $0 : nil }
        peoplePerHour = waits.reduce(0) { $0 + ($1.flowPerHour ?? 0) }
        peopleDelay = CrossingWait.mean(waits, of: \.delay)
        presentPeopleDelay = CrossingWait.mean(waits, of: \.presentDelay)
        junctionCount = report.junctions.count
        let changes = report.movements.filter { $0.junction != nil }.compactMap { movement in
            movement.presentDelay.map { movement.delay - $0 }
        }
        gainingMovements = changes.count { $0 < -Self.leastChange }
        payingMovements = changes.count { $0 > Self.leastChange }
        unchangedMovements = changes.count - gainingMovements - payingMovements
        intervalLength = flows.intervalLength
        let errors = flows.movements.reduce(0) { $0 + $1.standardErrorPerHour.reduce(0, +) }
        let all = flows.movements.reduce(0) { $0 + $1.flowPerHour.reduce(0, +) }
        flowErrorShare = errors > 0 && all > 0 ? errors / all : nil
    }
}
