import GRDB

/// A plan that somebody wants to run in a district, with all that was decided on it.
public struct Proposal: Equatable, Sendable {
    /// What is proposed.
    public struct Content: Equatable, Sendable {
        /// District that the plan is for.
        public var district: String
        /// Who made it.
        public var origin: ProposalOrigin
        /// The plan, as JSON.
        public var plan: String
        /// Expected delay without it, s per vehicle; absent where nobody said.
        public var delayBefore: Double?
        /// Expected delay with it, s per vehicle; absent where nobody said.
        public var delayAfter: Double?
        /// When it was proposed, s of network time.
        public var time: Double
        /// Why, for people.
        public var reason: String

        /// States a proposal.
        public init(
            district: String, origin: ProposalOrigin, plan: String, delayBefore: Double?, delayAfter: Double?,
            time: Double, reason: String = ""
        ) {
            self.district = district
            self.origin = origin
            self.plan = plan
            self.delayBefore = delayBefore
            self.delayAfter = delayAfter
            self.time = time
            self.reason = reason
        }
    }

    /// What somebody decided.
    public struct Decision: Equatable, Sendable {
        /// State that it led to.
        public var state: ProposalState
        /// Who decided.
        public var by: AuditActor
        /// When, s of network time.
        public var time: Double
        /// Why.
        public var reason: String
    }

    /// Names the proposal.
    public var id: Int
    /// What is proposed.
    public var content: Content
    /// Where it is on its way.
    public var state: ProposalState
    /// What was decided, in order.
    public var decisions: [Decision]

    init(row: Row, decisions: [Decision]) throws {
        id = try row.decode(forColumn: "id")
        content = try Content(
            district: row.decode(forColumn: "district"),
            origin: ProposalOrigin(stored: row.decode(forColumn: "origin")), plan: row.decode(forColumn: "plan"),
            delayBefore: row.decode(forColumn: "delay_before_s"), delayAfter: row.decode(forColumn: "delay_after_s"),
            time: row.decode(forColumn: "proposed_s"), reason: row.decode(forColumn: "reason"))
        state = try ProposalState(stored: row.decode(forColumn: "state"))
        self.decisions = decisions
    }
}

extension Proposal.Decision {
    init(row: Row) throws {
        state = try ProposalState(stored: row.decode(forColumn: "state"))
        by = try AuditActor(name: row.decode(forColumn: "decided_by"), role: row.decode(forColumn: "role"))
        time = try row.decode(forColumn: "decided_s")
        reason = try row.decode(forColumn: "reason")
    }
}
