import GRDB
import SignalModel

/// A lease as the centre issued it, with what became of it.
public struct StoredLease: Equatable, Sendable {
    /// Junction that it is for.
    public var junction: JunctionID
    /// Its number, from ``CentreStore/nextLeaseSequence(junction:above:)``.
    public var sequence: Int
    /// When it was issued, s of network time.
    public var issued: Double
    /// When it lapses, s of network time.
    public var expires: Double
    /// What the controller is to do, as JSON.
    public var content: String
    /// Proposal that it carries out; absent where it carries out none.
    public var proposal: Int?
    /// What became of it; absent until it is known.
    public var answer: LeaseOutcome?
    /// When that became known, s of network time.
    public var answered: Double?

    /// States a lease that has just been issued.
    public init(
        junction: JunctionID, sequence: Int, issued: Double, expires: Double, content: String, proposal: Int? = nil
    ) {
        self.junction = junction
        self.sequence = sequence
        self.issued = issued
        self.expires = expires
        self.content = content
        self.proposal = proposal
    }

    init(row: Row) throws {
        junction = JunctionID(try row.decode(String.self, forColumn: "junction"))
        sequence = try row.decode(forColumn: "sequence")
        issued = try row.decode(forColumn: "issued_s")
        expires = try row.decode(forColumn: "expires_s")
        content = try row.decode(forColumn: "content")
        proposal = try row.decode(forColumn: "proposal")
        answer = try LeaseOutcome(
            kind: row.decode(forColumn: "outcome"), reason: row.decode(forColumn: "reason"),
            detail: row.decode(forColumn: "detail"), endsRunningLease: row.decode(forColumn: "ends_running"))
        answered = try row.decode(forColumn: "answered_s")
    }
}
