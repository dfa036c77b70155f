import Parallel
import PerformanceModel
import SignalModel

/// What a plan does and what it costs in the model, beside the present plan where there is one.
///
/// Delays are s per vehicle, or per person at crossings. Names that begin with `present` are of the present plan.
/// Movements without traffic are left out.
public struct PlanReport: Encodable, Sendable {
    /// Name of the network.
    public let network: String
    /// Name of the plan.
    public let plan: String
    /// Start of the analysis period, s of network time.
    public let start: Double
    /// Length of the analysis period, s.
    public let duration: Double
    /// Which delay is counted, and over which vehicles.
    public let definition: String
    /// Vehicles that the sources send.
    public let vehicles: Double
    /// Delay at the signals and on the roads before them, s per vehicle sent.
    public let delay: Double
    /// The same under the present plan.
    public let presentDelay: Double?
    /// Delay of all vehicles together, vehicle-hours.
    public let delayVehicleHours: Double
    /// The same under the present plan.
    public let presentDelayVehicleHours: Double?
    /// Cycle time by junction, s.
    public let cycles: [String: Double]
    /// Junctions that were optimised together; none where nobody said.
    public let subareas: [SubareaReport]
    /// What an engineer must know before running the plan.
    public let notices: [NoticeReport]
    /// Junctions, in the network's order.
    public let junctions: [JunctionReport]
    /// Approaches without a signal that queues are followed on, in the network's order.
    public let unsignalled: [ApproachReport]
    /// Movements with traffic, in the network's order.
    public let movements: [MovementReport]
    /// Crossings that people are counted on, in the demand's order.
    public let crossings: [CrossingReport]

    /// Simulates a plan, and the present one, and puts the figures together.
    ///
    /// - Parameters:
    ///   - network: The network.
    ///   - flows: Its demand.
    ///   - plan: A plan for the network.
    ///   - present: What the plan is compared with; nil where there is nothing.
    ///   - subareas: Junctions that were optimised together, where that is known.
    public init(network: Network, flows: Flows, plan: Plan, present: Plan?, subareas: [SubareaReport] = []) {
        let model = CityModel(network: network, flows: flows)
        let plans = [plan] + (present.map { [$0] } ?? [])
        let results = parallelMap(count: plans.count, threads: 2) { model.performance(of: plans[$0]) }
        let (figures, presentFigures) = (results[0], results.dropFirst().first)
        let names = MovementNames(network)
        let (timings, presentTimings) = (plan.timings, present?.timings ?? [:])
        let movements = MovementReport.all(in: network, figures, present: presentFigures)
        let movementsAt = Dictionary(grouping: movements) { $0.junction }
        let crossings = flows.crossings.map {
            CrossingReport($0, timing: timings[$0.junction], present: presentTimings[$0.junction])
        }

        self.network = network.name
        self.plan = plan.name
        start = flows.start
        duration = flows.duration
        definition = figures.definition
        vehicles = figures.vehicles
        delay = figures.delay
        presentDelay = presentFigures?.delay
        delayVehicleHours = figures.delay * figures.vehicles / 3600
        presentDelayVehicleHours = presentFigures.map { $0.delay * $0.vehicles / 3600 }
        cycles = Dictionary(
            plan.junctions.map { ($0.junction.text, $0.cycle) }, uniquingKeysWith: { first, _ in first })
        self.subareas = subareas
        notices = plan.notices.map { NoticeReport($0, names) }
        self.movements = movements
        self.crossings = crossings
        junctions = network.junctions.map { junction in
            JunctionReport(
                junction, timing: timings[junction.id], present: presentTimings[junction.id],
                movements: movementsAt[junction.id] ?? [], names)
        }
        unsignalled = ApproachReport.all(movements.filter { $0.junction == nil })
    }
}
