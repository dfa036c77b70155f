import Reports
import SignalModel

/// What changes at one junction, and who gains and who pays for it.
public struct ChangeReport: Encodable, Sendable {
    /// A movement whose delay changes.
    public struct Side: Encodable, Sendable {
        /// Movement.
        public let movement: MovementID
        /// Link that it comes from.
        public let approach: LinkID
        /// Which way it turns.
        public let turn: Turn
        /// Delay less the present one, s per vehicle.
        public let delayChange: Double
        /// Delay of all its vehicles less the present one, vehicle-hours per hour.
        public let vehicleHoursChange: Double
    }

    /// Junction.
    public let junction: JunctionID
    /// Cycle time, s; nil where the plan has no timing.
    public let cycle: Double?
    /// The same under the present plan.
    public let presentCycle: Double?
    /// Greens of the stages in order, s.
    public let greens: [Double]
    /// The same under the present plan.
    public let presentGreens: [Double]
    /// Delay, s per vehicle.
    public let delay: Double
    /// The same under the present plan.
    public let presentDelay: Double?
    /// Delay of all its vehicles less the present one, vehicle-hours per hour.
    public let vehicleHoursChange: Double
    /// Movements that gain most, by vehicle-hours: two at most.
    public let gains: [Side]
    /// Movements that pay most, by vehicle-hours: two at most.
    public let pays: [Side]

    static func all(_ report: PlanReport, network: Network, plan: Plan, present: Plan?) -> [ChangeReport] {
        let (timings, before) = (plan.timings, present?.timings ?? [:])
        let movements = Dictionary(grouping: report.movements) { $0.junction }
        return zip(network.junctions, report.junctions).map { junction, figures in
            let sides = (movements[junction.id] ?? []).compactMap { Side($0, duration: report.duration) }
            let rules = JunctionRules(junction)
            func greens(_ timing: JunctionPlan?) -> [Double] {
                timing?.stageView(under: rules).stages.map(\.green) ?? []
            }
            let order = sides.sorted {
                ($0.vehicleHoursChange, $0.movement) < ($1.vehicleHoursChange, $1.movement)
            }
            return ChangeReport(
                junction: junction.id, cycle: figures.cycle, presentCycle: figures.presentCycle,
                greens: greens(timings[junction.id]), presentGreens: greens(before[junction.id]),
                delay: figures.traffic.delay, presentDelay: figures.traffic.presentDelay,
                vehicleHoursChange: sides.reduce(0) { $0 + $1.vehicleHoursChange },
                gains: Array(order.filter(\.isGain).prefix(2)),
                pays: Array(order.reversed().filter(\.isPrice).prefix(2)))
        }
    }
}

extension ChangeReport.Side {
    /// The change of a movement; nil where there is nothing to compare it with.
    init?(_ movement: MovementReport, duration: Double) {
        guard let before = movement.presentDelay, let vehicles = movement.presentVehicles else { return nil }
        self.movement = movement.movement
        approach = movement.approach
        turn = movement.turn
        delayChange = movement.delay - before
        // Vehicle-seconds per second are vehicle-hours per hour.
        vehicleHoursChange = (movement.delay * movement.vehicles - before * vehicles) / max(duration, 1)
    }

    var isGain: Bool { delayChange < -Headline.leastChange && vehicleHoursChange < 0 }
    var isPrice: Bool { delayChange > Headline.leastChange && vehicleHoursChange > 0 }
}
