import Foundation
import GRDB

extension AuditLog {
    /// Checks every entry, one after the other, as they are now; others may go on adding.
    ///
    /// - Parameter expectedHead: The hash of an entry that was noted elsewhere, 64 hexadecimal digits: it must be in
    ///   the chain, at its end or before. Without it, nothing tells whether the end was cut off.
    /// - Complexity: One pass; memory for one entry at a time.
    public func verify(expectedHead: String? = nil) throws(StoreError) -> AuditVerdict {
        try store.read { try Self.verify($0, expectedHead: expectedHead) }
    }

    static func verify(_ database: Database, expectedHead: String?) throws -> AuditVerdict {
        let expected = expectedHead?.lowercased()
        var count = 0
        var head = AuditHash.start
        var isHeadFound = expected == nil || expected == head.hexadecimal
        // Texts come as the bytes that are stored: a decoder would take some damaged ones for what was there before.
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT sequence, time_s, CAST(actor AS BLOB), CAST(role AS BLOB), CAST(action AS BLOB),
                    CAST(subject AS BLOB), CAST(detail AS BLOB), previous, hash
                FROM audit ORDER BY sequence
                """)
        while let row = try rows.next() {
            let entry = try LinkedEntry(row)
            if entry.sequence != Int64(count + 1) {
                return .broken(sequence: count + 1, entry.sequence > count ? .missing : .doesNotFollow)
            }
            count += 1
            if let fault = entry.fault(after: head) { return .broken(sequence: count, fault) }
            head = entry.hash
            if !isHeadFound { isHeadFound = head.hexadecimal == expected }
        }
        guard isHeadFound else { return .broken(sequence: count + 1, .headNotFound(expected: expected ?? "")) }
        return .intact(count: count, head: head.hexadecimal)
    }
}

/// An entry as it is stored.
private struct LinkedEntry {
    let sequence: Int64
    let time: Double
    let texts: [Data]
    let previous: AuditHash
    let hash: AuditHash

    init(_ row: Row) throws {
        sequence = try row.decode(atIndex: 0)
        time = try row.decode(atIndex: 1)
        texts = try (2...6).map { try row.decode(Data.self, atIndex: $0) }
        previous = AuditHash(try row.decode(Data.self, atIndex: 7))
        hash = AuditHash(try row.decode(Data.self, atIndex: 8))
    }

    func fault(after head: AuditHash) -> AuditFault? {
        func hash(after previous: AuditHash) -> AuditHash {
            AuditHash(sequence: sequence, time: time, texts: texts, previous: previous)
        }
        if hash(after: head) == self.hash {
            // The hash says what stood before; the copy of it beside may have been changed all the same.
            return previous == head ? nil : .changed
        }
        return previous == head ? .changed : .doesNotFollow
    }
}
