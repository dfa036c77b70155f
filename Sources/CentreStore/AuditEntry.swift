import Foundation
import GRDB

/// An entry of the audit log in its place in the chain.
public struct AuditEntry: Equatable, Sendable {
    /// Its place, from 1 without gaps.
    public var sequence: Int
    /// What it says.
    public var record: AuditRecord
    /// Hash of the entry before, 64 hexadecimal digits; zeros for the first.
    public var previous: String
    /// Its own hash, 64 hexadecimal digits.
    public var hash: String

    init(row: Row) throws {
        sequence = try row.decode(forColumn: "sequence")
        record = try AuditRecord(
            time: row.decode(forColumn: "time_s"),
            actor: AuditActor(name: row.decode(forColumn: "actor"), role: row.decode(forColumn: "role")),
            action: row.decode(forColumn: "action"), subject: row.decode(forColumn: "subject"),
            detail: row.decode(forColumn: "detail"))
        previous = AuditHash(try row.decode(Data.self, forColumn: "previous")).hexadecimal
        hash = AuditHash(try row.decode(Data.self, forColumn: "hash")).hexadecimal
    }
}
