import SignalModel

/// Why no plan was made.
public enum PlanOptimizerError: Error, Equatable, Sendable, CustomStringConvertible {
    /// No timing of the junction keeps its least and greatest greens within the greatest cycle.
    case noLegalPlan(JunctionID)
    /// The plan to start from has no timing for the junction.
    case noTiming(JunctionID)
    /// The plan to start from has a timing for the junction that is no sequence of stages.
    case notStages(JunctionID, StagePlanMismatch)

    /// One sentence for people.
    public var description: String {
        switch self {
        case .noLegalPlan(let junction):
            "junction \(junction): no timing keeps the least and greatest greens of its groups within the greatest cycle"
        case .noTiming(let junction): "junction \(junction): the plan to start from has no timing for it"
        case .notStages(let junction, let mismatch):
            "junction \(junction): the timing to start from is no sequence of stages: \(mismatch)"
        }
    }
}
