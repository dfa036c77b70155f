import Foundation
import GRDB

extension CentreStore {
    /// Keeps a proposal that waits for a decision.
    ///
    /// - Returns: The number that names it, which no other ever has.
    public func propose(_ content: Proposal.Content) throws(StoreError) -> Int {
        try FieldCheck.text(content.district, "district")
        try FieldCheck.time(content.time, "time")
        try FieldCheck.finite(content.delayBefore, "delayBefore")
        try FieldCheck.finite(content.delayAfter, "delayAfter")
        try FieldCheck.text(content.reason, "reason")
        return try write { database in
            try FieldCheck.json(content.plan, "plan", database)
            try database.execute(
                sql: """
                    INSERT INTO proposal (district, origin, plan, delay_before_s, delay_after_s, proposed_s, reason,
                        state)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    content.district, content.origin.rawValue, content.plan, content.delayBefore, content.delayAfter,
                    content.time, content.reason, ProposalState.proposed.rawValue,
                ])
            return Int(database.lastInsertedRowID)
        }
    }

    /// Takes a proposal from its state to another, and writes who did so into the audit log in the same transaction.
    ///
    /// - Throws: ``StoreError/unknown(kind:name:)``; ``StoreError/forbiddenDecision(proposal:from:to:)`` where
    ///   ``ProposalState/successors`` does not have it.
    /// - Returns: The proposal as it is now.
    @discardableResult
    public func decide(
        _ id: Int, _ state: ProposalState, by person: AuditActor, at time: Double, reason: String
    ) throws(StoreError) -> Proposal {
        try FieldCheck.time(time, "at")
        try FieldCheck.text(reason, "reason")
        return try write { database in
            guard let proposal = try Self.proposal(id, database) else {
                throw StoreError.unknown(kind: "proposal", name: "\(id)")
            }
            guard proposal.state.successors.contains(state) else {
                throw StoreError.forbiddenDecision(proposal: id, from: proposal.state, to: state)
            }
            let entry = AuditRecord(
                time: time, actor: person, action: "proposal.\(state.rawValue)", subject: "proposal \(id)",
                detail: try AuditRecord.json(["district": proposal.content.district, "reason": reason]))
            try AuditLog.append(entry, database)
            try database.execute(
                sql: "UPDATE proposal SET state = ? WHERE id = ?", arguments: [state.rawValue, id])
            try database.execute(
                sql: """
                    INSERT INTO decision (proposal, number, state, decided_by, role, decided_s, reason)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    id, proposal.decisions.count + 1, state.rawValue, person.name, person.role, time, reason,
                ])
            return try Self.proposal(id, database) ?? proposal
        }
    }

    /// A proposal by its number.
    public func proposal(_ id: Int) throws(StoreError) -> Proposal? { try read { try Self.proposal(id, $0) } }

    /// Proposals in a state, newest first.
    public func proposals(state: ProposalState, limit: Int = 100) throws(StoreError) -> [Proposal] {
        try read { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT * FROM proposal WHERE state = ? ORDER BY id DESC LIMIT ?",
                arguments: [state.rawValue, max(0, limit)])
            return try rows.map { try Self.proposal($0, database) }
        }
    }

    private static func proposal(_ id: Int, _ database: Database) throws -> Proposal? {
        try Row.fetchOne(database, sql: "SELECT * FROM proposal WHERE id = ?", arguments: [id])
            .map { try proposal($0, database) }
    }

    private static func proposal(_ row: Row, _ database: Database) throws -> Proposal {
        let id: Int = try row.decode(forColumn: "id")
        let decisions = try Row.fetchCursor(
            database, sql: "SELECT * FROM decision WHERE proposal = ? ORDER BY number", arguments: [id])
        return try Proposal(row: row, decisions: Array(decisions.map { try Proposal.Decision(row: $0) }))
    }
}
