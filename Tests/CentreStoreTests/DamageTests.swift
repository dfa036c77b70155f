import CentreStore
import Foundation
import SignalModel
import Testing

@Suite("Damage to the store")
struct DamageTests {
    private static let pageSize = 4096

    private static func filled() throws -> (StoreFolder, backup: String) {
        let folder = try StoreFolder()
        let store = try folder.open()
        try store.record((0..<4000).map { .made($0, detector: DetectorID("D\($0 % 9)"), start: Double($0)) })
        try store.audit.append((0..<500).map(AuditLogTests.record))
        try store.record(
            (0..<500).map { StoredEvent.Content(time: Double($0), severity: .notice, kind: "k", subject: "s") })
        let backup = folder.folder + "/backup.sqlite"
        try store.backup(to: backup)
        try store.close()
        return (folder, backup)
    }

    @Test("A page of noise anywhere in the file is found at opening, and the backup restores all")
    func page() throws {
        let (folder, backup) = try Self.filled()
        let whole = try Data(contentsOf: URL(fileURLWithPath: folder.path))
        var generator = SeededGenerator(seed: 1)
        let pageCount = whole.count / Self.pageSize
        #expect(pageCount > 60)
        for page in 0..<pageCount {
            var damaged = whole
            let start = page * Self.pageSize
            for position in start..<start + Self.pageSize {
                damaged[position] = UInt8.random(in: 0...255, using: &generator)
            }
            try damaged.write(to: URL(fileURLWithPath: folder.path))
            switch try openingError(folder.path) {
            case .damaged?, .notADatabase?: break
            case let other: Issue.record("page \(page): found \(String(describing: other))")
            }
        }
        let aside = try CentreStore.restore(from: backup, to: folder.path, by: engineer, at: 9)
        #expect(aside == folder.path + ".before-9")
        let store = try folder.open()
        let counts = try (0..<9).map {
            try store.readings(detector: DetectorID("D\($0)"), from: 0, to: 1e9).count
        }
        #expect(counts.reduce(0, +) == 4000)
        #expect(try store.events(since: 0, limit: 999).count == 500)
        guard case .intact(501, _) = try store.audit.verify() else {
            Issue.record("the audit log is not intact")
            return
        }
    }

    @Test("A file that is cut off anywhere is found at opening", arguments: 0..<20)
    func truncated(seed: Int) throws {
        let (folder, _) = try Self.filled()
        let whole = try Data(contentsOf: URL(fileURLWithPath: folder.path))
        var generator = SeededGenerator(seed: UInt64(seed))
        let length = Int.random(in: 0..<whole.count, using: &generator)
        try whole.prefix(length).write(to: URL(fileURLWithPath: folder.path))
        guard case .damaged = try openingError(folder.path) else {
            Issue.record("\(length) bytes of \(whole.count) passed")
            return
        }
    }

    @Test("A log that is cut off anywhere costs the transactions of its end, and nothing before", arguments: 0..<20)
    func truncatedLog(seed: Int) throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        for batch in 0..<20 {
            try store.record((0..<10).map { .made(batch * 10 + $0, start: Double(batch * 10 + $0)) })
        }
        let crashed = try StoreFolder()
        try FileManager.default.copyItem(atPath: folder.path, toPath: crashed.path)
        let log = try Data(contentsOf: URL(fileURLWithPath: folder.path + "-wal"))
        var generator = SeededGenerator(seed: UInt64(seed))
        let length = seed == 0 ? log.count : Int.random(in: 0..<log.count, using: &generator)
        try log.prefix(length).write(to: URL(fileURLWithPath: crashed.path + "-wal"))
        let sequences = try crashed.open().readings(detector: "D", from: 0, to: 1e9).map(\.sequence)
        #expect(sequences == Array(0..<sequences.count))
        #expect(sequences.count % 10 == 0)
        if seed == 0 { #expect(sequences.count == 200) }
    }
}
