import Foundation
import GRDB
import SignalModel
import Testing

@testable import CentreStore

@Suite("Opening the store of the centre")
struct OpeningTests {
    @Test("A new store is whole, in write-ahead mode, and brings every transaction to the disk")
    func new() throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        let settings = try store.pool.writeWithoutTransaction { database in
            [
                try String.fetchOne(database, sql: "PRAGMA journal_mode"),
                try String.fetchOne(database, sql: "PRAGMA synchronous"),
            ]
        }
        #expect(settings == ["wal", "2"])
        #expect(try store.pool.read { try StoreSchema.migrator.hasCompletedMigrations($0) })
        try store.close()
        #expect(folder.names == ["centre.sqlite"])
    }

    @Test("What is no database is named with its first bytes, and left as it is")
    func text() throws {
        let folder = try StoreFolder()
        try "network: here\nversion: 1\n".write(toFile: folder.path, atomically: true, encoding: .utf8)
        let error = try openingError(folder.path)
        #expect(
            error
                == .notADatabase(
                    path: folder.path,
                    found: "a file that begins with the bytes 6e 65 74 77 6f 72 6b 3a 20 68 65 72 65 a 76 65"))
        #expect(error?.description.contains("restore") == true)
        #expect(try String(contentsOfFile: folder.path, encoding: .utf8) == "network: here\nversion: 1\n")
        #expect(folder.names == ["centre.sqlite"])
    }

    @Test("A database of another program is left as it is")
    func otherProgram() throws {
        let folder = try StoreFolder()
        try folder.tamper("PRAGMA application_id = 252006673; CREATE TABLE site (name TEXT)")
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.path))
        #expect(try openingError(folder.path) == .otherProgram(path: folder.path, applicationID: 252_006_673))
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path)) == before)
    }

    @Test("An empty file, a part of a header, and a log without its store are damage, not a new store")
    func remains() throws {
        let folder = try StoreFolder()
        try Data().write(to: URL(fileURLWithPath: folder.path))
        #expect(try openingError(folder.path) == .damaged(path: folder.path, found: ["the file is empty"]))
        try Data("SQLite format 3\0....".utf8).write(to: URL(fileURLWithPath: folder.path))
        #expect(try openingError(folder.path) == .damaged(path: folder.path, found: ["the file has 20 bytes"]))
        try FileManager.default.moveItem(atPath: folder.path, toPath: folder.path + "-wal")
        let error = try openingError(folder.path)
        #expect(error == .damaged(path: folder.path, found: ["the file is gone, \(folder.path)-wal is there"]))
        #expect(folder.names == ["centre.sqlite-wal"])
    }

    @Test("A store that a newer version has changed is refused, and says by which steps")
    func newer() throws {
        let folder = try StoreFolder()
        try folder.open().close()
        try folder.tamper("INSERT INTO grdb_migrations VALUES ('weather')")
        #expect(try openingError(folder.path) == .newerVersion(path: folder.path, steps: ["weather"]))
    }

    @Test("A store of every older version takes the steps that it lacks, and keeps what it has", arguments: 1...7)
    func older(stepCount: Int) throws {
        let folder = try StoreFolder()
        let steps = StoreSchema.migrator.migrations
        #expect(steps.count == 7)
        try StoreSchema.migrator.migrate(DatabaseQueue(path: folder.path), upTo: steps[stepCount - 1])
        try folder.tamper(
            """
            INSERT INTO source VALUES (1, 'feed', 'north', 7);
            INSERT INTO detector VALUES (1, 'D');
            INSERT INTO reading VALUES (1, 100, 1, 7, 10, 3, NULL, NULL, 111, 0);
            """)
        if stepCount < 5 {
            let missing = Array(steps[stepCount...])
            #expect(throws: StoreError.olderVersion(path: folder.path, steps: missing)) {
                try CentreStore(reading: folder.path)
            }
        }
        let store = try folder.open()
        #expect(try store.readings(detector: "D", from: 0, to: 200) == [.made(7, start: 100, count: 3, received: 111)])
        #expect(try store.nextLeaseSequence(junction: "J") == 1)
        #expect(try store.propose(ProposalTests.content()) == 1)
        #expect(try store.record(StoredEvent.Content(time: 1, severity: .alarm, kind: "k", subject: "s")) == 1)
        #expect(try store.audit.append(AuditRecord(time: 1, actor: engineer, action: "a", subject: "s")).sequence == 1)
    }

    @Test("A store that is opened to be looked at sees what another writes, and writes nothing")
    func reading() throws {
        let folder = try StoreFolder()
        #expect(throws: StoreError.noFile(path: folder.path)) { try CentreStore(reading: folder.path) }
        let store = try folder.open()
        let other = try CentreStore(reading: folder.path)
        try store.record([.made(1, start: 0)])
        #expect(try other.readings(detector: "D", from: 0, to: 1).count == 1)
        #expect(throws: StoreError.self) { try other.record([.made(2, start: 0)]) }
        #expect(try store.lastSequence(of: .feed("north")) == 1)
    }

    @Test("A store in a folder that is not there is an error")
    func noFolder() throws {
        let folder = try StoreFolder()
        let error = try openingError(folder.folder + "/none/centre.sqlite")
        guard case .inaccessible = error else {
            Issue.record("found \(String(describing: error))")
            return
        }
    }
}
