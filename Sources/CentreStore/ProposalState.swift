/// Where a proposal is on its way.
///
/// | from | decisions that are allowed |
/// | --- | --- |
/// | proposed | approved, rejected |
/// | approved | held, released |
/// | held | released |
/// | rejected, released | none |
public enum ProposalState: String, Codable, Sendable, CaseIterable {
    /// Waits for an engineer.
    case proposed
    /// May run, until another plan follows it.
    case approved
    /// Runs, and nothing automatic replaces it, until it is released.
    case held
    /// Was approved and binds nobody any more; an end.
    case released
    /// Never runs; an end.
    case rejected

    /// States that a decision can lead to from here.
    public var successors: [ProposalState] {
        switch self {
        case .proposed: [.approved, .rejected]
        case .approved: [.held, .released]
        case .held: [.released]
        case .released, .rejected: []
        }
    }
}
