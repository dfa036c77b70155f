import Foundation
import GRDB
import SignalModel

/// Something that a person with the file does to the audit log, having dropped its triggers.
struct AuditTampering {
    enum Deed: CaseIterable {
        case change, moveText, delete, cut, exchange, insert
    }

    let deed: Deed
    /// First entry that is not as it was.
    let first: Int
    private let body: (Database) throws -> Void

    /// Draws a deed on a log of some entries.
    init(_ deed: Deed, count: Int, using generator: inout SeededGenerator) {
        self.deed = deed
        let one = Int.random(in: 1..<count, using: &generator)
        let other = Int.random(in: one + 1...count, using: &generator)
        switch deed {
        case .change:
            let sequence = Int.random(in: 1...count, using: &generator)
            let change = Self.changes[Int.random(in: 0..<Self.changes.count, using: &generator)]
            let bytes = Data((0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) })
            first = sequence
            body = {
                try $0.execute(
                    sql: "UPDATE audit SET \(change) WHERE sequence = :sequence",
                    arguments: change.contains(":bytes")
                        ? ["bytes": bytes, "sequence": sequence] : ["sequence": sequence])
            }
        case .moveText:
            let pair = Self.neighbours[Int.random(in: 0..<Self.neighbours.count, using: &generator)]
            first = one
            body = {
                try $0.execute(
                    sql: """
                        UPDATE audit SET \(pair.0) = substr(\(pair.0), 1, length(\(pair.0)) - 1),
                            \(pair.1) = substr(\(pair.0), -1) || \(pair.1)
                        WHERE sequence = ?
                        """, arguments: [one])
            }
        case .delete:
            first = one
            body = { try $0.execute(sql: "DELETE FROM audit WHERE sequence = ?", arguments: [one]) }
        case .cut:
            first = other
            body = { try $0.execute(sql: "DELETE FROM audit WHERE sequence >= ?", arguments: [other]) }
        case .exchange:
            first = one
            body = {
                for (from, to) in [(one, -1), (other, one), (-1, other)] {
                    try $0.execute(sql: "UPDATE audit SET sequence = ? WHERE sequence = ?", arguments: [to, from])
                }
            }
        case .insert:
            first = other
            body = {
                try $0.execute(
                    sql: "UPDATE audit SET sequence = -sequence - 1 WHERE sequence >= ?", arguments: [other])
                try $0.execute(
                    sql: """
                        INSERT INTO audit SELECT ?, time_s, actor, role, action, subject, detail, previous, hash
                        FROM audit WHERE sequence = ?
                        """, arguments: [other, one])
                try $0.execute(sql: "UPDATE audit SET sequence = -sequence WHERE sequence < 0")
            }
        }
    }

    /// One change to each field, most of them as small as can be.
    private static let changes = [
        "time_s = time_s * 1.0000000000000003", "actor = actor || ' '", "actor = lower(actor)", "role = 'viewer'",
        "action = substr(action, 2)", "subject = ''", "detail = detail || ' '", "detail = '{}'", "previous = :bytes",
        "hash = :bytes", "sequence = 100000", "sequence = -5",
    ]
    private static let neighbours = [("actor", "role"), ("role", "action"), ("action", "subject")]

    func carryOut(on folder: StoreFolder) throws {
        try DatabaseQueue(path: folder.path).write { database in
            for trigger in ["audit_in_order", "audit_unchanged", "audit_kept"] {
                try database.execute(sql: "DROP TRIGGER \(trigger)")
            }
            try body(database)
        }
    }
}
