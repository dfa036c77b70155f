/// Who made a proposal.
public enum ProposalOrigin: String, Codable, Sendable, CaseIterable {
    /// The optimiser, for the flows of the time.
    case optimiser
    /// The split regulator, in a small step.
    case regulator
    /// A person.
    case `operator`
}
