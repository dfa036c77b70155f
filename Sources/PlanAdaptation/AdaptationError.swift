import SignalModel

/// Why a district cannot be adapted from a plan.
public enum AdaptationError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The plan has no timing for the junction.
    case noTiming(JunctionID)
    /// The timing of the junction is no sequence of stages.
    case notStages(JunctionID, StagePlanMismatch)

    /// One sentence for people.
    public var description: String {
        switch self {
        case .noTiming(let junction): "junction \(junction): the plan has no timing for it"
        case .notStages(let junction, let mismatch):
            "junction \(junction): its timing is no sequence of stages: \(mismatch)"
        }
    }
}
