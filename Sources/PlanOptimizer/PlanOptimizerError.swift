import SignalModel

/// Why no plan was made.
public enum PlanOptimizerError: Error, Equatable, Sendable, CustomStringConvertible {
    /// No timing of the junction keeps its least and greatest greens within the greatest cycle.
    case noLegalPlan(JunctionID)

    /// One sentence for people.
    public var description: String {
        switch self {
        case .noLegalPlan(let junction):
            "junction \(junction): no timing keeps the least and greatest greens of its groups within the greatest cycle"
        }
    }
}
