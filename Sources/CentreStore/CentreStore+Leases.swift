import GRDB
import SignalModel

extension CentreStore {
    /// The next number of a lease for a junction: greater than every one before, over restarts too.
    ///
    /// - Parameter above: A number that it must exceed: what the controller says it has seen. It matters when the store
    ///   was restored from a backup that is older than the last leases.
    public func nextLeaseSequence(junction: JunctionID, above: Int = 0) throws(StoreError) -> Int {
        try nextLeaseSequences([(junction, above)])[0]
    }

    /// The next numbers of leases for several junctions, in one transaction.
    public func nextLeaseSequences(_ requests: [(junction: JunctionID, above: Int)]) throws(StoreError) -> [Int] {
        for request in requests {
            try FieldCheck.text(request.junction.text, "junction")
            guard (0..<Int.max).contains(request.above) else {
                throw .invalid(field: "above", expected: "0 ..< \(Int.max)", found: "\(request.above)")
            }
        }
        return try write { database in
            let next = try database.cachedStatement(
                sql: """
                    INSERT INTO lease_sequence (junction, last) VALUES (:junction, :above + 1)
                    ON CONFLICT (junction) DO UPDATE SET last = max(last, :above) + 1 RETURNING last
                    """)
            return try requests.map { request in
                let arguments: StatementArguments = ["junction": request.junction.text, "above": request.above]
                return try Int.fetchOne(next, arguments: arguments) ?? 0
            }
        }
    }

    /// Keeps leases that are about to be sent, all or none of them.
    ///
    /// - Throws: ``StoreError/leaseTaken(junction:sequence:)`` for a number that a lease has,
    ///   ``StoreError/invalid(field:expected:found:)`` for one that was never handed out and for content that is not
    ///   JSON.
    public func record(_ leases: [StoredLease]) throws(StoreError) {
        try write { database in
            for lease in leases { try Self.insert(lease, database) }
        }
    }

    /// Keeps what became of a lease.
    ///
    /// - Throws: ``StoreError/unknown(kind:name:)``; ``StoreError/leaseTaken(junction:sequence:)`` where another
    ///   outcome is known: only a lease that nobody answered may yet be accepted or refused.
    public func recordAnswer(
        junction: JunctionID, sequence: Int, _ answer: LeaseOutcome, at time: Double
    ) throws(StoreError) {
        try FieldCheck.time(time, "at")
        var reason: String?
        var detail: String?
        var endsRunning: Bool?
        if case .refused(let why, let more, let ends) = answer {
            (reason, detail, endsRunning) = (why, more, ends)
            try FieldCheck.text(why, "reason")
            try FieldCheck.text(more, "detail")
        }
        try write { database in
            guard let lease = try Self.lease(junction, sequence, database) else {
                throw StoreError.unknown(kind: "lease", name: "\(sequence) of junction \(junction)")
            }
            guard lease.answer == nil || lease.answer == .unanswered else {
                if lease.answer == answer { return }
                throw StoreError.leaseTaken(junction: junction.text, sequence: sequence)
            }
            try database.execute(
                sql: """
                    UPDATE lease SET outcome = ?, reason = ?, detail = ?, ends_running = ?, answered_s = ?
                    WHERE junction = ? AND sequence = ?
                    """, arguments: [answer.kind, reason, detail, endsRunning, time, junction.text, sequence])
        }
    }

    /// The last leases of a junction, newest first.
    public func leases(junction: JunctionID, limit: Int) throws(StoreError) -> [StoredLease] {
        try read {
            let rows = try Row.fetchCursor(
                $0, sql: "SELECT * FROM lease WHERE junction = ? ORDER BY sequence DESC LIMIT ?",
                arguments: [junction.text, max(0, limit)])
            return try Array(rows.map { try StoredLease(row: $0) })
        }
    }

    /// The lease that a junction runs at a time, as far as the centre knows; nothing where the fallback programme runs.
    ///
    /// It is the newest that was accepted, unless it has lapsed or a later one was refused in a way that ended it.
    public func currentLease(_ junction: JunctionID, at time: Double) throws(StoreError) -> StoredLease? {
        try read {
            let row = try Row.fetchOne(
                $0,
                sql: """
                    SELECT * FROM lease WHERE junction = ? AND issued_s <= ? AND
                        (outcome = 'accepted' OR outcome = 'refused' AND ends_running)
                    ORDER BY sequence DESC LIMIT 1
                    """, arguments: [junction.text, time])
            guard let lease = try row.map({ try StoredLease(row: $0) }), lease.answer == .accepted, time < lease.expires
            else { return nil }
            return lease
        }
    }

    private static func lease(_ junction: JunctionID, _ sequence: Int, _ database: Database) throws -> StoredLease? {
        try Row.fetchOne(
            database, sql: "SELECT * FROM lease WHERE junction = ? AND sequence = ?",
            arguments: [junction.text, sequence]
        ).map { try StoredLease(row: $0) }
    }

    private static func insert(_ lease: StoredLease, _ database: Database) throws {
        try FieldCheck.text(lease.junction.text, "junction")
        try FieldCheck.time(lease.issued, "issued")
        try FieldCheck.time(lease.expires, "expires")
        try FieldCheck.json(lease.content, "content", database)
        let last =
            try Int.fetchOne(
                database, sql: "SELECT last FROM lease_sequence WHERE junction = ?", arguments: [lease.junction.text])
            ?? 0
        guard lease.sequence > 0, lease.sequence <= last else {
            throw StoreError.invalid(
                field: "sequence", expected: "a number that was handed out, 1 … \(last)", found: "\(lease.sequence)")
        }
        guard try Self.lease(lease.junction, lease.sequence, database) == nil else {
            throw StoreError.leaseTaken(junction: lease.junction.text, sequence: lease.sequence)
        }
        try database.execute(
            sql: """
                INSERT INTO lease (junction, sequence, issued_s, expires_s, content, proposal) VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                lease.junction.text, lease.sequence, lease.issued, lease.expires, lease.content, lease.proposal,
            ])
    }
}
