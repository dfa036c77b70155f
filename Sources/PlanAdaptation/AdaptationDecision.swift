import SignalModel

/// What a district is to run from now on, and why.
public struct AdaptationDecision: Sendable {
    /// What is done.
    public enum Action: String, Codable, Sendable, CaseIterable {
        /// The plan that ran before goes on.
        case keep
        /// Greens are moved by a few seconds; cycles and offsets stay.
        case moveSplits
        /// A plan that was sought anew takes over.
        case replan
    }

    /// Why it is done.
    public enum Reason: String, Codable, Sendable, CaseIterable {
        /// The change gains more than it costs, beyond doubt.
        case gain
        /// Nothing better was found.
        case nothingBetter
        /// What was found gains less than it costs, or not beyond doubt.
        case notWorthIt
        /// The flows are no flows of the network.
        case unusableFlows
    }

    /// What is done.
    public var action: Action
    /// Why it is done.
    public var reason: Reason
    /// The plan to run.
    public var plan: Plan
    /// Mean delay that is expected over the horizon if the plan before goes on, s per vehicle; nil without flows.
    public var delayBefore: Double?
    /// Mean delay that is expected over the horizon under ``plan``, the change left out, s per vehicle; nil without flows.
    public var delayAfter: Double?
    /// What the best candidate gains over the horizon, in what the optimiser makes least, vehicle-seconds; 0 without one.
    public var gain = 0.0
    /// What the change to the best candidate costs, vehicle-seconds.
    public var changeCost = 0.0
    /// What the gain had to exceed beside the cost of the change, vehicle-seconds.
    public var threshold = 0.0
    /// Junctions whose timing changes, in the network's order.
    public var changes: [JunctionChange] = []
}

/// How the timing of one junction changes.
public struct JunctionChange: Codable, Equatable, Sendable {
    /// Junction.
    public var junction: JunctionID
    /// Cycle before, s.
    public var cycleBefore: Int
    /// Cycle after, s.
    public var cycleAfter: Int
    /// Greatest change of the green of a stage, s; nil where the stages are others.
    public var greenChange: Int?
    /// Way into step with the new timing; nil where it is in step at once.
    public var way: OffsetWay?
    /// What that way costs, vehicle-seconds.
    public var cost: Double
}

/// How a junction comes into step with a new timing.
public enum OffsetWay: String, Codable, Sendable, CaseIterable {
    /// One stage is waited out.
    case dwell
    /// Some cycles are longer.
    case long
    /// Some cycles are shorter.
    case short
}
