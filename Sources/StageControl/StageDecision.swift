import AdaptiveControl
import SignalModel

/// What control of the second wants at a junction, and why.
public struct StageDecision: Codable, Equatable, Sendable {
    /// What else could have been wanted, and what it would have cost.
    public struct Alternative: Codable, Equatable, Sendable {
        /// Groups of the stage.
        public var groups: [SignalGroupID]
        /// Cost over the horizon, weighted s of delay; absent where it was dearer all the way than another.
        public var cost: Double?
    }

    /// Second that it is for, s of network time.
    public var time: Int
    /// Groups that are to be green as soon as the rules allow.
    public var groups: [SignalGroupID]
    /// What it follows from: `changing`, `cheapest`, `longestWait` or `junctionOccupied`.
    public var reason: String
    /// Vehicles that asked for priority.
    public var priority: [String]
    /// Stages that there are, in the order of the junction's table.
    public var alternatives: [Alternative]

    init(_ decision: AdaptiveDecision, stages: [[SignalGroupID]], groups: [SignalGroupID], priority: [String]) {
        time = decision.time
        self.groups = groups
        self.priority = priority
        reason = decision.reason.rawValue
        alternatives = zip(stages, decision.costs).map { stage, cost in
            Alternative(groups: stage, cost: cost.isFinite ? Double(cost) : nil)
        }
    }
}
