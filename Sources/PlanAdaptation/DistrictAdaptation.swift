import PerformanceModel
import PlanOptimizer
import SignalModel

/// Lets the plan of a district follow its demand, step by step: one decision for every set of measured flows.
///
/// A decision forecasts the flows of the time ahead, with the vehicles that are there already, and weighs up what may
/// follow the running plan:
/// - the same plan;
/// - its splits moved by a few seconds (``SplitRegulator``);
/// - every now and then a plan sought anew near it, with a cycle that differs by one step at most, and turned as a whole so
///   that the change costs least.
///
/// Another plan takes over only where its gain over the horizon exceeds the cost of changing to it, a share of what the
/// running plan costs, and the doubt that the errors of the forecast leave. Time is an argument; the same calls give the
/// same decisions, to the bit, unless a search is stopped.
public struct DistrictAdaptation: Sendable {
    /// The district.
    public let network: Network
    /// What an engineer has decided.
    public let settings: AdaptationSettings
    /// The plan that runs.
    public private(set) var running: Plan
    /// What is known of the flows.
    public private(set) var forecast: FlowForecast
    /// When a plan was last sought anew, and when one last took over, s of network time.
    private var lastSearch = -Double.infinity
    private var lastReplan = -Double.infinity
    let rules: [JunctionRules]
    /// The last plan that was not made by moving splits alone: what the regulator departs from.
    private(set) var nominal: Plan

    /// Begins with a plan that runs.
    ///
    /// - Parameter usual: Flows known beforehand, such as those that the plan was made for; else the first that are measured
    ///   must tell how traffic divides.
    /// - Throws: ``AdaptationError`` where the plan cannot be followed.
    /// - Precondition: The network has no problems (`problems()` is empty), and neither have the flows for it.
    public init(
        network: Network, settings: AdaptationSettings = .init(), start: Plan, usual: Flows? = nil
    ) throws(AdaptationError) {
        self.network = network
        self.settings = settings
        rules = network.junctions.map(JunctionRules.init)
        forecast = FlowForecast(settings: settings.forecast, usual: usual)
        running = start
        nominal = start
        try resume(with: start)
    }

    /// Tells that another plan runs than was decided: one that was approved, held or set by hand.
    ///
    /// - Throws: ``AdaptationError`` where the plan cannot be followed; then nothing has changed.
    public mutating func resume(with plan: Plan) throws(AdaptationError) {
        let timings = plan.timings
        for (junction, rules) in zip(network.junctions, rules) {
            guard let timing = timings[junction.id] else { throw .noTiming(junction.id) }
            do throws(StagePlanMismatch) {
                _ = try StagePlan(timing, under: rules)
            } catch {
                throw .notStages(junction.id, error)
            }
        }
        running = plan
        running.junctions = network.junctions.map { timings[$0.id]! }
        nominal = running
    }

    /// Decides what is to run from a moment on; ``running`` is that from then on.
    ///
    /// - Parameters:
    ///   - time: Moment at which a change takes effect, s of network time; a whole second.
    ///   - flows: What was measured, with standard errors, in one interval or several; what an earlier decision has seen
    ///     is not counted again.
    ///   - queues: Vehicles on the links now; links that are not named have none.
    ///   - isStopped: Asked again and again; once it says yes, the search for a plan ends with the best it has found.
    public mutating func decide(
        at time: Double, flows: Flows, queues: [LinkID: Double] = [:],
        isStopped: @Sendable @escaping () -> Bool = { false }
    ) -> AdaptationDecision {
        guard flows.problems(in: network).isEmpty, flows.duration > 0, abs(time) < Self.greatestTime else {
            return AdaptationDecision(action: .keep, reason: .unusableFlows, plan: running)
        }
        forecast.observe(flows)
        let outlook = Outlook(
            forecast, from: time, queues: queues, network: network, settings: settings,
            seed: settings.optimizer.seed &+ UInt64(bitPattern: Int64(time.rounded())))
        let weighing = Weighing(
            outlook: outlook, running: running, time: Int(time.rounded()), rules: rules, settings: settings)
        var candidates: [Weighing.Candidate] = []
        if time - lastSearch >= settings.replanEvery, time - lastReplan >= settings.leastHold {
            lastSearch = time
            if let plan = sought(under: outlook, isStopped: isStopped) {
                candidates.append(weighing.candidate(plan, action: .replan))
            }
        }
        if let plan = regulated(under: outlook, queues: queues) {
            candidates.append(weighing.candidate(plan, action: .moveSplits))
        }
        let decision = weighing.decision(among: candidates)
        running = decision.plan
        if decision.action == .replan {
            lastReplan = time
            nominal = running
        }
        return decision
    }

    /// Times beyond are no times, s.
    private static let greatestTime = 1e12

    /// The timings of a plan by their stages; nil where they are no sequences of stages, and so cannot be followed.
    func stagePlans(of plan: Plan) -> [StagePlan]? {
        let found = zip(plan.junctions, rules).compactMap { try? StagePlan($0, under: $1) }
        return found.count == rules.count ? found : nil
    }

    /// Doubt about the demand beyond which a plan is not made for more and less of it.
    private static let greatestDoubt = 0.5

    /// A plan sought near the running one, for somewhat less and somewhat more than is expected; nil where that is the best,
    /// or what was found cannot be followed.
    private func sought(under outlook: Outlook, isStopped: @Sendable @escaping () -> Bool) -> Plan? {
        var search = settings.optimizer
        let doubt = min(Self.greatestDoubt, outlook.levelError)
        search.demandScales = search.demandScales.flatMap { [$0 * (1 - doubt), $0 * (1 + doubt)] }
        let optimizer = PlanOptimizer(model: outlook.expected, settings: search, isStopped: isStopped)
        guard let found = try? optimizer.improved(from: running, cycleStep: settings.cycleStep).plan,
            let stages = stagePlans(of: found)
        else { return nil }
        return stages == stagePlans(of: running) ? nil : found
    }
}
