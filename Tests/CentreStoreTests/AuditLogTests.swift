import CentreStore
import Foundation
import GRDB
import Testing

@Suite("The audit log")
struct AuditLogTests {
    static let start = String(repeating: "0", count: 64)

    static func record(_ number: Int) -> AuditRecord {
        AuditRecord(
            time: Double(number) * 0.1, actor: AuditActor(name: "Ada \(number % 3)", role: "engineer"),
            action: "plan.approved", subject: "district \(number % 5)", detail: "{\"number\":\(number)}")
    }

    static func head(_ verdict: AuditVerdict) -> String? {
        if case .intact(_, let head) = verdict { head } else { nil }
    }

    @Test("An empty log is intact, and entries are chained from 64 zeros on, over restarts too")
    func chain() throws {
        let folder = try StoreFolder()
        var store = try folder.open()
        #expect(try store.audit.verify() == .intact(count: 0, head: Self.start))
        var entries = try (0..<5).map { try store.audit.append(Self.record($0)) }
        try store.close()
        store = try folder.open()
        entries += try (5..<9).map { try store.audit.append(Self.record($0)) }
        #expect(entries.map(\.sequence) == Array(1...9))
        #expect(entries.map(\.record) == (0..<9).map(Self.record))
        #expect(entries.map(\.previous) == [Self.start] + entries.dropLast().map(\.hash))
        #expect(try store.audit.entries(from: 1, limit: 100) == entries)
        #expect(try store.audit.entries(from: 4, limit: 3).map(\.sequence) == [4, 5, 6])
        #expect(try store.audit.verify() == .intact(count: 9, head: entries[8].hash))
    }

    @Test("A head that was noted is found at the end and before it; another is not")
    func expectedHead() throws {
        let store = try StoreFolder.opened()
        let entries = try (0..<9).map { try store.audit.append(Self.record($0)) }
        for entry in entries {
            #expect(try store.audit.verify(expectedHead: entry.hash) == .intact(count: 9, head: entries[8].hash))
            #expect(Self.head(try store.audit.verify(expectedHead: entry.hash.uppercased())) == entries[8].hash)
        }
        let other = String(repeating: "ab", count: 32)
        #expect(
            try store.audit.verify(expectedHead: other) == .broken(sequence: 10, .headNotFound(expected: other)))
    }

    @Test("The hash is the one that its description gives")
    func knownHash() throws {
        let store = try StoreFolder.opened()
        let entry = try store.audit.append(
            AuditRecord(
                time: 1.5, actor: AuditActor(name: "Ada", role: "é"), action: "a", subject: "", detail: "{}"))
        // By sha256sum, of the bytes that README.md of the module lists.
        #expect(entry.hash == "4c7d8b36099705e95c51ffef572b10d05e2782b8ec3197f1f22d05360448e515")
    }

    @Test(
        "Other programs cannot change, delete, replace or put in entries by mistake",
        arguments: [
            "UPDATE audit SET actor = 'Eve' WHERE sequence = 2", "DELETE FROM audit WHERE sequence = 3",
            "DELETE FROM audit", "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE sequence = 2",
            "INSERT INTO audit SELECT 9, time_s, actor, role, action, subject, detail, previous, hash FROM audit LIMIT 1",
            "INSERT INTO audit SELECT NULL, time_s, actor, role, action, subject, detail, previous, hash FROM audit LIMIT 1",
            "INSERT INTO audit SELECT 4, time_s, actor, role, action, subject, 'x', previous, hash FROM audit LIMIT 1",
        ])
    func triggers(sql: String) throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        let entries = try (0..<3).map { try store.audit.append(Self.record($0)) }
        #expect(throws: DatabaseError.self) { try folder.tamper(sql) }
        #expect(try store.audit.entries(from: 1, limit: 9) == entries)
    }

    @Test("Entries that cannot be stored as they are leave the log as it was")
    func invalid() throws {
        let store = try StoreFolder.opened()
        try store.audit.append(Self.record(0))
        var records = Array(repeating: Self.record(1), count: 6)
        records[0].time = .nan
        records[1].actor.name = "a\0"
        records[2].actor.role = "\0"
        records[3].action = "\0"
        records[4].subject = "a\0b"
        records[5].detail = "{"
        for record in records {
            #expect(throws: StoreError.self) { try store.audit.append([Self.record(1), record]) }
        }
        #expect(try store.audit.entries(from: 1, limit: 9).count == 1)
        // Minus zero would come back as another number than was hashed.
        try store.audit.append(AuditRecord(time: -0.0, actor: engineer, action: "a", subject: "s"))
        #expect(Self.head(try store.audit.verify()) != nil)
    }

    @Test("A long log is checked entry by entry")
    func long() throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        try store.audit.append((0..<20_000).map(Self.record))
        let last = try #require(try store.audit.entries(from: 20_000, limit: 1).first)
        #expect(try store.audit.verify(expectedHead: last.hash) == .intact(count: 20_000, head: last.hash))
        try folder.tamper("DROP TRIGGER audit_unchanged; UPDATE audit SET time_s = 7 WHERE sequence = 19999")
        #expect(try store.audit.verify() == .broken(sequence: 19_999, .changed))
    }
}
