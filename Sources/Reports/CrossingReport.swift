import PerformanceModel
import SignalModel

/// How long people wait at one crossing.
public struct CrossingReport: Encodable, Sendable {
    /// Junction.
    public let junction: JunctionID
    /// Signal group of the crossing.
    public let group: SignalGroupID
    /// People, mean of the analysis period, per hour.
    public let flowPerHour: Double
    /// Mean delay, s per person; nil where the group has no green.
    public let delay: Double?
    /// The same under the present plan.
    public let presentDelay: Double?

    init(_ crossing: CrossingFlow, timing: JunctionPlan?, present: JunctionPlan?) {
        junction = crossing.junction
        group = crossing.group
        flowPerHour = crossing.flowPerHour.reduce(0, +) / Double(max(1, crossing.flowPerHour.count))
        delay = timing?.pedestrianDelay(of: crossing.group)
        presentDelay = present?.pedestrianDelay(of: crossing.group)
    }
}
