import CentreStore
import Foundation
import Testing

/// A file system of its own in memory, where the tests may mount one.
final class SmallDisk: Sendable {
    let path: String

    init(megabytes: Int) throws {
        path = try StoreFolder().folder
        guard try Self.run("mount", "-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", path) else {
            throw CocoaError(.fileWriteNoPermission)
        }
    }

    deinit { _ = try? Self.run("umount", "-l", path) }

    static let isAllowed: Bool = (try? SmallDisk(megabytes: 1)) != nil

    private static func run(_ arguments: String...) throws -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}

@Suite("The store on a full disk")
struct FullDiskTests {
    /// Stores batches until one does not fit, and returns how many did.
    private static func fill(_ store: CentreStore, path: String) throws -> Int {
        for batch in 0..<10_000 {
            do throws(StoreError) {
                try store.record((0..<100).map { .made(batch * 100 + $0, start: Double(batch * 100 + $0)) })
            } catch {
                #expect(error == .diskFull(path: path))
                return batch
            }
        }
        Issue.record("the disk never became full")
        return 0
    }

    @Test("A store that has its greatest size refuses whole transactions, and takes more after retention")
    func greatestSize() throws {
        let folder = try StoreFolder()
        var store = try CentreStore(path: folder.path, greatestSize: 1 << 20)
        let batches = try Self.fill(store, path: folder.path)
        #expect(batches > 50)
        #expect(try store.readings(detector: "D", from: 0, to: 1e9).count == batches * 100)
        #expect(try store.lastSequence(of: .feed("north")) == batches * 100 - 1)
        #expect(throws: StoreError.diskFull(path: folder.path)) {
            try store.record((0..<5000).map { .made($0, start: 1e6 + Double($0)) })
        }
        #expect(try store.prune(readingsBefore: 2000).readings == 2000)
        #expect(try store.record((0..<1000).map { .made($0, start: 1e6 + Double($0)) }).stored == 1000)
        try store.close()
        let size = try #require(try FileManager.default.attributesOfItem(atPath: folder.path)[.size] as? Int)
        #expect(size <= 1 << 20)
        store = try folder.open()
        #expect(try store.readings(detector: "D", from: 0, to: 1e9).count == batches * 100 - 1000)
    }

    @Test(
        "A full disk is an error with nothing half written, and all works again once there is room",
        .enabled(if: SmallDisk.isAllowed, "no file system may be mounted: the test is skipped"))
    func fullDisk() throws {
        let disk = try SmallDisk(megabytes: 8)
        let path = disk.path + "/centre.sqlite"
        let ballast = disk.path + "/ballast"
        try Data(count: 4 << 20).write(to: URL(fileURLWithPath: ballast))
        let store = try CentreStore(path: path)
        let batches = try Self.fill(store, path: path)
        #expect(batches > 5)
        #expect(throws: StoreError.diskFull(path: path)) {
            try store.record((0..<50_000).map { .made($0, start: 1e6 + Double($0)) })
        }
        #expect(try store.readings(detector: "D", from: 0, to: 1e9).count == batches * 100)
        #expect(try store.lastSequence(of: .feed("north")) == batches * 100 - 1)
        let backup = disk.path + "/backup.sqlite"
        #expect(throws: StoreError.self) { try store.backup(to: backup) }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: disk.path).contains { $0.hasPrefix("backup") } == false)
        try FileManager.default.removeItem(atPath: ballast)
        #expect(try store.record((0..<100).map { .made($0, start: 2e6 + Double($0)) }).stored == 100)
        try store.close()
        let again = try CentreStore(path: path)
        #expect(try again.readings(detector: "D", from: 0, to: 1e9).count == batches * 100 + 100)
        try again.backup(to: backup)
        withExtendedLifetime(disk) {}
    }
}
