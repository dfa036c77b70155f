import Foundation
import GRDB

/// Who did what, in a table to which entries can only be added, each with a hash over itself and the one before.
///
/// What the chain proves: whoever knows the hash of an entry from elsewhere (printed, mailed, logged on another
/// machine) can tell that this entry and all before it are as they were when it was noted. Without such a note, it
/// finds accidents and clumsy changes: a changed field, an entry that is missing in the middle, entries exchanged. It
/// does not stop anyone who can write the file: he can cut off the last entries, or make the whole chain anew from any
/// place, and only a noted hash shows it. Nor does it say that what was entered is true, or that all was entered that
/// should have been.
///
/// ``AuditHash`` in the source, and README.md beside it, say byte by byte how the hash is made.
public struct AuditLog: Sendable {
    let store: CentreStore

    /// Adds an entry at the end.
    ///
    /// - Throws: ``StoreError/invalid(field:expected:found:)`` for texts with zero characters, and a detail that is not
    ///   JSON.
    @discardableResult
    public func append(_ record: AuditRecord) throws(StoreError) -> AuditEntry {
        try store.write { database in
            try Self.append(record, database)
            guard let row = try Row.fetchOne(database, sql: "SELECT * FROM audit ORDER BY sequence DESC LIMIT 1") else {
                throw StoreError.unknown(kind: "entry", name: "last")
            }
            return try AuditEntry(row: row)
        }
    }

    /// Adds entries at the end, all or none of them.
    public func append(_ records: some Sequence<AuditRecord>) throws(StoreError) {
        try store.write { database in
            for record in records { try Self.append(record, database) }
        }
    }

    /// Entries from a number on, in order.
    public func entries(from sequence: Int, limit: Int) throws(StoreError) -> [AuditEntry] {
        try store.read {
            let rows = try Row.fetchCursor(
                $0, sql: "SELECT * FROM audit WHERE sequence >= ? ORDER BY sequence LIMIT ?",
                arguments: [sequence, max(0, limit)])
            return try Array(rows.map { try AuditEntry(row: $0) })
        }
    }

    /// The last entries, newest first.
    public func latest(limit: Int) throws(StoreError) -> [AuditEntry] {
        try store.read {
            let rows = try Row.fetchCursor(
                $0, sql: "SELECT * FROM audit ORDER BY sequence DESC LIMIT ?", arguments: [max(0, limit)])
            return try Array(rows.map { try AuditEntry(row: $0) })
        }
    }

    static func append(_ record: AuditRecord, _ database: Database) throws {
        try record.check(database)
        let find = try database.cachedStatement(
            sql: "SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1")
        let last = try Row.fetchOne(find)
        let previous = try last.map { AuditHash(try $0.decode(Data.self, atIndex: 1)) } ?? .start
        let sequence = try (last?.decode(Int.self, atIndex: 0) ?? 0) + 1
        let hash = AuditHash(sequence: sequence, record, previous: previous)
        try database.cachedStatement(
            sql: """
                INSERT INTO audit (sequence, time_s, actor, role, action, subject, detail, previous, hash)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            sequence, record.time, record.actor.name, record.actor.role, record.action, record.subject, record.detail,
            previous.bytes, hash.bytes,
        ])
    }
}

extension CentreStore {
    /// Who did what.
    public var audit: AuditLog { AuditLog(store: self) }
}
