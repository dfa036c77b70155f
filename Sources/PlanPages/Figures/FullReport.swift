import PerformanceModel
import Reports
import SignalModel

/// All that an engineer's report on a plan says: the figures of ``PlanReport`` and what explains them.
///
/// The page is made from this value alone (and the network's geometry), so that it cannot say anything that the JSON does not.
/// As JSON the fields of ``plan`` stand beside the others.
public struct FullReport: Encodable, Sendable {
    /// What the plan does and costs.
    public let plan: PlanReport
    /// The figures of the first page.
    public let headline: Headline
    /// What changes at each junction and who gains and pays, in the network's order; none without a present plan.
    public let changes: [ChangeReport]
    /// When each signal group is green, in the network's order of junctions.
    public let timings: [TimingReport]
    /// Lane groups at signals in the cyclic model, in the network's order of links.
    public let laneGroups: [LaneGroupReport]
    /// How long people wait at each crossing, counted or not, in the network's order.
    public let waits: [CrossingWait]
    /// The streets along which traffic goes straight on.
    public let arterials: [ArterialReport]
    /// Profiles of the lane groups with most delay, worst first.
    public let profiles: [ProfileReport]
    /// Delay at other demands.
    public let sensitivity: [DemandPoint]
    /// Which detectors were left out; nil where no counts were given.
    public let detectors: DetectorHealthReport?

    /// Puts a report together: simulates the plan, and the present one, at several demands.
    ///
    /// - Parameters:
    ///   - plan: A plan for the network.
    ///   - present: What the plan is compared with; nil where there is nothing.
    ///   - subareas: Junctions that were optimised together, where that is known.
    ///   - detectors: Health of the detectors, where counts were given.
    ///   - settings: How much the report holds.
    /// - Precondition: Network, flows and plans have no problems (`problems()` is empty).
    public init(
        network: Network, flows: Flows, plan: Plan, present: Plan?, subareas: [SubareaReport] = [],
        detectors: DetectorHealthReport? = nil, settings: FullReportSettings = .init()
    ) {
        let report = PlanReport(network: network, flows: flows, plan: plan, present: present, subareas: subareas)
        let parts = NetworkParts(network: network, flows: flows)
        let view = CyclicView(parts: parts, plan: plan)
        let presentView = present.map { CyclicView(parts: parts, plan: $0) }
        let waits = CrossingWait.all(in: network, flows: flows, plan: plan, present: present)
        self.plan = report
        self.waits = waits
        self.detectors = detectors
        headline = Headline(report, flows: flows, waits: waits)
        changes = present == nil ? [] : ChangeReport.all(report, network: network, plan: plan, present: present)
        timings = TimingReport.all(in: network, plan: plan, present: present)
        laneGroups = LaneGroupReport.all(in: network, view, present: presentView)
        arterials = ArterialReport.all(
            network: network, flows: flows, plan: plan, present: present, view: view,
            greatestCount: settings.greatestArterialCount)
        profiles = view.worst(settings.profileCount).map(ProfileReport.init)
        sensitivity = DemandPoint.all(
            network: network, flows: flows, plan: plan, present: present, report: report,
            scales: settings.demandScales, threads: settings.threads)
    }

    private enum CodingKeys: String, CodingKey {
        case headline, changes, timings, laneGroups, waits, arterials, profiles, sensitivity, detectors
    }

    /// Writes the fields of ``plan`` and beside them the others.
    public func encode(to encoder: any Encoder) throws {
        try plan.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(headline, forKey: .headline)
        try container.encode(changes, forKey: .changes)
        try container.encode(timings, forKey: .timings)
        try container.encode(laneGroups, forKey: .laneGroups)
        try container.encode(waits, forKey: .waits)
        try container.encode(arterials, forKey: .arterials)
        try container.encode(profiles, forKey: .profiles)
        try container.encode(sensitivity, forKey: .sensitivity)
        try container.encodeIfPresent(detectors, forKey: .detectors)
    }
}
