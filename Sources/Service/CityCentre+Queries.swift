import CentreStore
import Foundation
import Formats
import SignalModel

/// A lease out of the store.
public struct LeaseView: Codable, Sendable {
    /// Its place in the order of leases.
    public var sequence: Int
    /// When it was issued and when it lapses, s of network time.
    public var issued, expires: Double
    /// The proposal that it carries out.
    public var proposal: Int?
    /// `accepted`, `refused: why`, or `unanswered`.
    public var answer: String
}

/// A proposal out of the store.
public struct ProposalView: Codable, Sendable {
    /// What somebody decided.
    public struct Decision: Codable, Sendable {
        /// State that it led to, by whom, and why.
        public var state, by, reason: String
        /// When, s of network time.
        public var time: Double
    }

    /// Names it.
    public var id: Int
    /// District, who made it, where it is on its way, and why it was made.
    public var district, origin, state, reason: String
    /// When it was made, s of network time.
    public var made: Double
    /// Expected delay without and with it, s per vehicle.
    public var delayBefore, delayAfter: Double?
    /// What was decided on it.
    public var decisions: [Decision]
    /// The plan; left out of lists.
    public var plan: Plan?
}

/// An event out of the store.
public struct EventView: Codable, Sendable {
    /// Names it.
    public var id: Int
    /// When, s of network time.
    public var time: Double
    /// `notice`, `warning` or `alarm`; what about; which junction; more of it.
    public var severity, kind, subject, detail: String
    /// Who has taken note.
    public var acknowledgedBy: String?
}

/// An entry of the audit log.
public struct AuditView: Codable, Sendable {
    /// Its place.
    public var sequence: Int
    /// When, s of network time.
    public var time: Double
    /// Who, as what, did what, to what, with what more (JSON); and the hash of the entry.
    public var actor, role, action, subject, detail, hash: String
}

extension CityCentre {
    /// The last leases of a junction, newest first.
    public func leases(of junction: JunctionID, limit: Int) throws -> [LeaseView] {
        _ = try self.junction(junction)
        return try store.leases(junction: junction, limit: limit).map { lease in
            let answer: String
            switch lease.answer {
            case .accepted: answer = "accepted"
            case .refused(let reason, _, _): answer = "refused: \(reason)"
            case .unanswered, nil: answer = "unanswered"
            }
            return LeaseView(
                sequence: lease.sequence, issued: lease.issued, expires: lease.expires, proposal: lease.proposal,
                answer: answer)
        }
    }

    /// What a detector counted, as it came.
    public func history(of detector: DetectorID, from: Double, to: Double) throws -> [DetectorReading] {
        guard junctionOfDetector[detector] != nil || network.detectors.contains(where: { $0.id == detector }) else {
            throw CentreError.notFound("detector \(Problem.quoted(detector.text))")
        }
        guard to > from, to - from <= 86400 else {
            throw CentreError.conflict("expected `from` before `to`, and at most 86400 s between them")
        }
        return try store.readings(detector: detector, from: from, to: to).map(\.reading)
    }

    /// Proposals in a state, or all that wait; newest first, without their plans.
    public func proposals(state: String?) throws -> [ProposalView] {
        let state = state ?? ProposalState.proposed.rawValue
        guard let known = ProposalState(rawValue: state) else {
            throw CentreError.notFound("state \(Problem.quoted(state)) of proposals")
        }
        return try store.proposals(state: known).map { ProposalView($0, plan: nil) }
    }

    /// A proposal with its plan.
    public func proposalView(_ id: Int) throws -> ProposalView {
        let proposal = try self.proposal(id)
        return ProposalView(proposal, plan: try CentreJSON.plan(proposal.content.plan))
    }

    func proposal(_ id: Int) throws -> Proposal {
        guard let proposal = try store.proposal(id) else { throw CentreError.notFound("proposal \(id)") }
        return proposal
    }

    /// The last events, newest first.
    public func events(limit: Int) throws -> [EventView] {
        try store.latestEvents(limit: limit).map(EventView.init)
    }

    /// Warnings and alarms that nobody has acknowledged: alarms first, and of each the newest first.
    public func openEvents(limit: Int) throws -> [EventView] {
        try store.openEvents(limit: limit).map(EventView.init)
    }

    /// The last entries of the audit log, newest first.
    public func auditEntries(limit: Int) throws -> [AuditView] {
        try store.audit.latest(limit: limit).map { entry in
            AuditView(
                sequence: entry.sequence, time: entry.record.time, actor: entry.record.actor.name,
                role: entry.record.actor.role, action: entry.record.action, subject: entry.record.subject,
                detail: entry.record.detail, hash: entry.hash)
        }
    }

    /// A plan that somebody has sent, checked to be one for some of the network's junctions.
    ///
    /// - Throws: `FormatError` that names every field that is wrong.
    public func plan(from data: Data) throws -> Plan {
        try JSONDocument.read(Plan.self, from: data, named: "plan", for: network)
    }

    /// The plan that runs, as a document.
    public func planDocument() throws -> Data { try JSONDocument.encode(runningPlan) }
}

extension EventView {
    init(_ event: StoredEvent) {
        self.init(
            id: event.id, time: event.content.time, severity: "\(event.content.severity)", kind: event.content.kind,
            subject: event.content.subject, detail: event.content.detail, acknowledgedBy: event.acknowledgement?.by)
    }
}

extension ProposalView {
    init(_ proposal: Proposal, plan: Plan?) {
        self.init(
            id: proposal.id, district: proposal.content.district, origin: proposal.content.origin.rawValue,
            state: proposal.state.rawValue, reason: proposal.content.reason, made: proposal.content.time,
            delayBefore: proposal.content.delayBefore, delayAfter: proposal.content.delayAfter,
            decisions: proposal.decisions.map {
                Decision(state: $0.state.rawValue, by: $0.by.name, reason: $0.reason, time: $0.time)
            }, plan: plan)
    }
}
