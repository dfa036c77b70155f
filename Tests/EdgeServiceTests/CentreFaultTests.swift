import ControllerLink
import EdgeControl
import EdgeService
import Foundation
import Formats
import SignalModel
import TestSupport
import Testing

/// A centre that leases what a test tells it to.
actor TestCentre: CentreServer.Receiver {
    private var peer: CentrePeer?
    private(set) var answers: [LeaseAnswer] = []
    private(set) var reports: [EdgeReport] = []
    private(set) var hellos: [EdgeMessage.Hello] = []
    private(set) var callers: [LinkCaller] = []
    private(set) var readings: [DetectorReading] = []
    private(set) var errors: [LinkError] = []
    private(set) var statusCount = 0

    func connected(_ peer: CentrePeer) -> String? {
        self.peer = peer
        hellos.append(peer.hello)
        callers.append(peer.caller)
        return nil
    }

    func received(_ message: EdgeMessage, from peer: CentrePeer) {
        switch message {
        case .answer(let answer): answers.append(answer)
        case .report(let report): reports.append(report)
        case .readings(let message): readings += message.readings
        case .status: statusCount += 1
        case .hello, .goodbye: break
        }
    }

    func disconnected(_ peer: CentrePeer, _ error: LinkError?) {
        if let error { errors.append(error) }
    }

    func send(_ lease: Lease) { peer?.send(lease) }

    func turnAway() { peer?.close(reason: "maintenance") }

    /// Waits for the answer to a lease.
    func answer(to sequence: Int) async throws -> LeaseAnswer {
        for _ in 0..<6000 {
            if let answer = answers.last(where: { $0.sequence == sequence }) { return answer }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw LinkError.disconnected("no answer to lease \(sequence)")
    }

    func forget() { answers = [] }

    func expectAccepted(_ sequence: Int) async throws {
        let answer = try await answer(to: sequence)
        #expect(answer.isAccepted, "\(answer.detail)")
    }

    func expect(_ refusal: LeaseAnswer.Refusal, of sequence: Int) async throws {
        let answer = try await answer(to: sequence)
        #expect(answer.refusal == refusal, "lease \(sequence)")
    }
}

@Suite("Centre and controller over real sockets", .serialized)
struct CentreFaultTests {
    /// Runs a centre and a controller that is connected to it.
    private static func withLink(
        store: EdgeStore? = nil, _ body: @Sendable @escaping (EdgeUnderTest, TestCentre) async throws -> Void
    ) async throws {
        let edge = try EdgeUnderTest(store: store)
        let centre = TestCentre()
        let clock = edge.clock
        var server = CentreServer(time: { Double(clock.network) })
        server.limits = .simulated
        try await server.run(receiver: centre) { port in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    await edge.runner.keepConnected(host: "127.0.0.1", port: port, limits: .simulated)
                }
                await edge.runner.waitForConnection()
                await edge.run(30)
                try await body(edge, centre)
                group.cancelAll()
            }
        }
        let breaches = await edge.lamps.breaches
        #expect(breaches == [])
    }

    @Test("Leases are answered, readings and reports arrive, and all is acknowledged")
    func conversation() async throws {
        try await Self.withLink { edge, centre in
            await centre.send(SmallStreet.lease(1, at: Double(edge.clock.network), lasting: 100))
            try await centre.expectAccepted(1)
            let reading = DetectorReading(detector: "WC in", start: 1, length: 1, count: 1)
            for _ in 0..<500 { await edge.runner.measured([reading]) }
            for _ in 0..<20 {
                await edge.step()
                await edge.runner.waitForCentre()
            }
            #expect(await centre.readings.count == 500)
            #expect(await centre.reports.map(\.event).contains(.started))
            #expect(await centre.statusCount == 50)
            #expect(await edge.step().running == .plan)
        }
    }

    @Test("Wrong leases are refused over the link, and the street stays safe")
    func wrongLeases() async throws {
        try await Self.withLink { edge, centre in
            func now() -> Double { Double(edge.clock.network) }
            await centre.send(SmallStreet.lease(10, at: now(), lasting: 200))
            try await centre.expectAccepted(10)
            await edge.run(10)
            let leases: [(Lease, LeaseAnswer.Refusal)] = [
                (SmallStreet.lease(9, at: now(), lasting: 100), .notNewer),
                (SmallStreet.lease(10, at: now(), lasting: 100), .notNewer),
                (SmallStreet.lease(11, at: now() - 400, lasting: 100), .issuedTooLongAgo),
                (SmallStreet.lease(12, at: now(), lasting: 100, .plan(SmallStreet.conflicting)), .unsafe),
                (SmallStreet.lease(13, at: now(), lasting: 20, .groups(["main", "side"])), .unsafe),
                (SmallStreet.lease(14, at: now(), lasting: 2e9), .badDuration),
            ]
            for (lease, refusal) in leases {
                await centre.forget()
                await centre.send(lease)
                try await centre.expect(refusal, of: lease.sequence)
                await edge.run(2)
            }
            var other = SmallStreet.lease(15, at: now(), lasting: 100)
            other.junction = "K"
            await centre.send(other)
            try await centre.expect(.wrongJunction, of: 15)
            await edge.run(100)
            #expect(await edge.step().running == .fallback)
        }
    }

    @Test("A centre that is replaced goes on where the sequence was")
    func reconnect() async throws {
        try await Self.withLink { edge, centre in
            await centre.send(SmallStreet.lease(7, at: Double(edge.clock.network), lasting: 30))
            try await centre.expectAccepted(7)
            await centre.turnAway()
            for _ in 0..<6000 where await centre.hellos.count < 2 { try await Task.sleep(for: .milliseconds(10)) }
            #expect(await centre.hellos.last?.lastSequence == 7)
            await centre.send(SmallStreet.lease(8, at: Double(edge.clock.network), lasting: 30))
            try await centre.expectAccepted(8)
            await edge.run(60)
            #expect(await edge.step().running == .fallback)
        }
    }

    @Test("A clock that jumps by an hour ends the lease", arguments: [3600, -3600])
    func clockJump(by shift: Int) async throws {
        try await Self.withLink { edge, centre in
            await centre.send(SmallStreet.lease(1, at: Double(edge.clock.network), lasting: 600))
            try await centre.expectAccepted(1)
            await edge.run(30)
            edge.clock.jump(by: shift)
            #expect(await edge.step().running == .fallback)
            await edge.run(100)
        }
    }

    @Test("Lamps that fail end the lease, which is refused until they are well")
    func driver() async throws {
        try await Self.withLink { edge, centre in
            await edge.lamps.setBroken(true)
            await edge.run(8)
            await centre.send(SmallStreet.lease(1, at: Double(edge.clock.network), lasting: 100))
            try await centre.expect(.notReady, of: 1)
            await edge.lamps.setBroken(false)
            await edge.run(60)
            await edge.runner.waitForCentre()
            let events = await centre.reports.map(\.event)
            #expect(events.contains(.driverFailed) && events.contains(.driverRecovered))
        }
    }

    @Test("What is on the disk survives a restart: the sequence, and a lease that has not lapsed")
    func restart() async throws {
        let disk = try TrialDisk()
        defer { disk.remove() }
        let store = disk.store
        try await Self.withLink(store: store) { edge, centre in
            await centre.send(SmallStreet.lease(41, at: Double(edge.clock.network), lasting: 600))
            try await centre.expectAccepted(41)
            await edge.run(5)
        }
        let kept = try store.read()
        #expect(kept?.lastSequence == 41)
        let again = try EdgeUnderTest(store: store, clock: TestClock(EdgeUnderTest.begin + 100))
        #expect(await again.step().running == .starting)
        #expect(await again.run(40).running == .plan)
        #expect(await again.run(700).running == .fallback)
        #expect(await again.lamps.breaches == [])
        // After the lease has lapsed only the sequence counts.
        let late = try EdgeUnderTest(store: store, clock: TestClock(EdgeUnderTest.begin + 5000))
        #expect(await late.run(40).running == .fallback)
        for damage in ["", "{", "{\"lastSequence\": -1}", "{\"lastSequence\": 1e40}", "[]"] {
            try damage.write(toFile: disk.file, atomically: true, encoding: .utf8)
            #expect(throws: FormatError.self) { try store.read() }
            let forgetful = try EdgeUnderTest(store: store)
            #expect(await forgetful.run(40).running == .fallback)
        }
    }

    @Test("A lease that a fault has ended does not run again after a restart")
    func endedLease() async throws {
        let disk = try TrialDisk()
        defer { disk.remove() }
        let store = disk.store
        try await Self.withLink(store: store) { edge, centre in
            await centre.send(SmallStreet.lease(41, at: Double(edge.clock.network), lasting: 600))
            try await centre.expectAccepted(41)
            await edge.run(5)
            await centre.send(
                SmallStreet.lease(42, at: Double(edge.clock.network), lasting: 100, .plan(SmallStreet.conflicting)))
            try await centre.expect(.unsafe, of: 42)
            #expect(await edge.step().running == .fallback)
        }
        let again = try EdgeUnderTest(store: store, clock: TestClock(EdgeUnderTest.begin + 100))
        #expect(await again.run(40).running == .fallback)
        #expect(try store.read() == .init(lastSequence: 42))
    }

    @Test("Leases of seconds leave their numbers on the disk too")
    func sequenceOfGroups() async throws {
        let disk = try TrialDisk()
        defer { disk.remove() }
        let store = disk.store
        try await Self.withLink(store: store) { edge, centre in
            for number in 5000..<5010 {
                await centre.send(
                    SmallStreet.lease(number, at: Double(edge.clock.network), lasting: 10, .groups(["main"])))
                try await centre.expectAccepted(number)
                await edge.run(2)
            }
        }
        try await Self.withLink(store: store) { edge, centre in
            #expect(await centre.hellos.allSatisfy { $0.lastSequence >= 5009 })
            await centre.send(SmallStreet.lease(5009, at: Double(edge.clock.network), lasting: 10))
            try await centre.expect(.notNewer, of: 5009)
        }
    }

    /// A folder for what a controller keeps.
    private struct TrialDisk {
        let folder = FileManager.default.temporaryDirectory.path + "/greenband-test-\(UUID().uuidString)"
        var file: String { folder + "/state.json" }
        var store: EdgeStore { EdgeStore(path: file) }

        init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

        func remove() { try? FileManager.default.removeItem(atPath: folder) }
    }

    @Test("A disk that takes nothing is reported, and the lease runs all the same", arguments: Disk.allCases)
    func fullDisk(_ disk: Disk) async throws {
        let trial = try TrialDisk()
        defer {
            Disk.unmount(trial.folder)
            trial.remove()
        }
        // Where the system lets nobody mount anything, only the folder that is gone can be tried.
        guard disk != .full || Disk.mountFull(trial.folder) else { return }
        try await Self.withLink(store: trial.store) { edge, centre in
            if disk == .gone { try FileManager.default.removeItem(atPath: trial.folder) }
            await centre.send(SmallStreet.lease(1, at: Double(edge.clock.network), lasting: 100))
            try await centre.expectAccepted(1)
            #expect(await edge.run(30).running == .plan)
            await edge.runner.waitForCentre()
            #expect(await centre.reports.map(\.event).contains(.storageFailed))
        }
    }

    enum Disk: String, CaseIterable {
        case gone, full

        /// Puts a disk without a free byte at a folder.
        static func mountFull(_ folder: String) -> Bool {
            guard run("mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", folder) else { return false }
            return FileManager.default.createFile(
                atPath: folder + "/filler", contents: Data(repeating: 0, count: 4096))
        }

        static func unmount(_ folder: String) { _ = run("umount", folder) }

        private static func run(_ arguments: String...) -> Bool {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = arguments
            process.standardError = FileHandle.nullDevice
            guard (try? process.run()) != nil else { return false }
            process.waitUntilExit()
            return process.terminationStatus == 0
        }
    }
}
