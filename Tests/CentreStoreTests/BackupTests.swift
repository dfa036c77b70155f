import CentreStore
import Foundation
import Synchronization
import Testing

@Suite("Backup and restoration of the store")
struct BackupTests {
    @Test("A backup is one file with what was stored, and is restored with what was there kept aside")
    func restoration() throws {
        let folder = try StoreFolder()
        let backup = folder.folder + "/backup.sqlite"
        let store = try folder.open()
        try store.record((1...100).map { .made($0, start: Double($0)) })
        try store.audit.append((0..<5).map(AuditLogTests.record))
        try store.backup(to: backup)
        #expect(!FileManager.default.fileExists(atPath: backup + "-wal"))
        try store.record((101...120).map { .made($0, start: Double($0)) })
        let head = try store.audit.append(AuditLogTests.record(5)).hash
        try store.close()
        let aside = try CentreStore.restore(from: backup, to: folder.path, by: engineer, at: 2000)
        #expect(aside == folder.path + ".before-2000")
        let restored = try folder.open()
        #expect(try restored.readings(detector: "D", from: 0, to: 1000).count == 100)
        let entries = try restored.audit.entries(from: 1, limit: 100)
        #expect(entries.map(\.record).dropLast() == (0..<5).map(AuditLogTests.record)[...])
        #expect(entries.last?.record.action == "store.restored")
        #expect(entries.last?.record.actor == engineer)
        #expect(entries.last?.record.detail.contains(backup) == true)
        // The entry after the backup is lost, and whoever noted it can tell.
        #expect(
            try restored.audit.verify(expectedHead: head) == .broken(sequence: 7, .headNotFound(expected: head)))
        #expect(AuditLogTests.head(try restored.audit.verify()) == entries.last?.hash)
        let before = try CentreStore(path: try #require(aside))
        #expect(try before.readings(detector: "D", from: 0, to: 1000).count == 120)
        // The backup can be used again, and nothing is overwritten.
        try restored.close()
        #expect(throws: StoreError.exists(path: folder.path + ".before-2000")) {
            try CentreStore.restore(from: backup, to: folder.path, by: engineer, at: 2000)
        }
        #expect(try folder.open().audit.entries(from: 1, limit: 100) == entries)
        try CentreStore.restore(from: backup, to: folder.folder + "/new.sqlite", by: engineer, at: 2000)
        #expect(try CentreStore(path: folder.folder + "/new.sqlite").lastSequence(of: .feed("north")) == 100)
    }

    @Test("A log that was left beside the store goes aside with it")
    func logAside() throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        try store.backup(to: folder.folder + "/backup.sqlite")
        try store.record([.made(1, start: 1)])
        // As after the death of a process: copies of the files while they are in use.
        let crashed = try StoreFolder()
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: folder.path + suffix, toPath: crashed.path + suffix)
        }
        let aside = try CentreStore.restore(
            from: folder.folder + "/backup.sqlite", to: crashed.path, by: engineer, at: 10)
        #expect(try crashed.open().lastSequence(of: .feed("north")) == nil)
        #expect(try CentreStore(path: try #require(aside)).lastSequence(of: .feed("north")) == 1)
    }

    @Test("A backup may be made while others write, and has whole transactions")
    func online() async throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        try store.record((0..<20_000).map { .made($0, start: Double($0)) })
        let isDone = Mutex(false)
        async let written = {
            var batch = 200
            while !isDone.withLock({ $0 }) {
                try store.record((0..<100).map { .made(batch * 100 + $0, start: Double(batch * 100 + $0)) })
                batch += 1
            }
            return batch
        }()
        for number in 0..<5 { try store.backup(to: folder.folder + "/backup\(number).sqlite") }
        isDone.withLock { $0 = true }
        let batches = try await written
        var last = 0
        for number in 0..<5 {
            let copy = try CentreStore(reading: folder.folder + "/backup\(number).sqlite")
            let count = try copy.readings(detector: "D", from: 0, to: 1e9).count
            #expect(count % 100 == 0 && count >= max(20_000, last) && count <= batches * 100)
            #expect(try copy.lastSequence(of: .feed("north")) == count - 1)
            last = count
        }
    }

    @Test("A backup overwrites nothing, and leaves nothing behind where it fails")
    func refusals() throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        try store.backup(to: folder.folder + "/backup.sqlite")
        let names = folder.names
        #expect(throws: StoreError.exists(path: folder.folder + "/backup.sqlite")) {
            try store.backup(to: folder.folder + "/backup.sqlite")
        }
        #expect(throws: StoreError.self) { try store.backup(to: folder.folder + "/none/backup.sqlite") }
        #expect(folder.names == names)
    }

    @Test("What is no whole backup is not restored, and the store stays as it was")
    func badBackups() throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        try store.record((0..<5000).map { .made($0, start: Double($0)) })
        try store.audit.append((0..<5).map(AuditLogTests.record))
        let backup = folder.folder + "/backup.sqlite"
        try store.backup(to: backup)
        try store.close()
        let whole = try Data(contentsOf: URL(fileURLWithPath: backup))
        let names = folder.names
        func restoring(_ data: Data) throws -> StoreError? {
            try data.write(to: URL(fileURLWithPath: backup))
            do throws(StoreError) {
                try CentreStore.restore(from: backup, to: folder.path, by: engineer, at: 1)
                return nil
            } catch {
                return error
            }
        }
        for damaged in [Data(), Data("no database".utf8), whole.prefix(whole.count / 2), whole.prefix(4096)] {
            let error = try restoring(damaged)
            #expect(error != nil, "\(damaged.count) bytes were restored")
            #expect(folder.names == names)
        }
        #expect(throws: StoreError.noFile(path: "/none")) {
            try CentreStore.restore(from: "/none", to: folder.path, by: engineer, at: 1)
        }
        // A backup whose audit log was changed.
        try whole.write(to: URL(fileURLWithPath: backup))
        let changed = try StoreFolder()
        try whole.write(to: URL(fileURLWithPath: changed.path))
        try changed.tamper("DROP TRIGGER audit_unchanged; UPDATE audit SET actor = 'Eve' WHERE sequence = 3")
        let error = try restoring(try Data(contentsOf: URL(fileURLWithPath: changed.path)))
        #expect(error?.description.contains("entry 3 of the audit log was changed") == true)
        #expect(folder.names == names)
        #expect(try folder.open().readings(detector: "D", from: 0, to: 1e9).count == 5000)
    }

    @Test("A restoration that was cut off keeps the store from being taken for new")
    func cutOff() throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        try store.record([.made(1, start: 1)])
        let backup = folder.folder + "/backup.sqlite"
        try store.backup(to: backup)
        try store.close()
        // As it is between moving the store aside and putting the copy in its place.
        try FileManager.default.moveItem(atPath: folder.path, toPath: folder.path + ".before-1")
        try FileManager.default.copyItem(atPath: backup, toPath: folder.path + ".restoring")
        guard case .damaged = try openingError(folder.path) else {
            Issue.record("the store was taken for new")
            return
        }
        #expect(try CentreStore.restore(from: backup, to: folder.path, by: engineer, at: 2) == nil)
        #expect(try folder.open().lastSequence(of: .feed("north")) == 1)
        #expect(folder.names.contains("centre.sqlite.restoring") == false)
    }
}
