import ControllerLink
import EdgeControl
import EdgeService
import Foundation
import SignalModel
import TestSupport
import Testing

/// What goes wrong on the link, each with real sockets, and what the street shows meanwhile.
@Suite("Faults of the link", .serialized)
struct LinkFaultTests {
    private static var limits: LinkLimits {
        var limits = LinkLimits()
        limits.longestLineTime = 0.4
        limits.longestSilence = 1.5
        limits.greatestLine = 8192
        return limits
    }

    /// The welcome and a lease, and then something that no good centre does; what the street shows after it.
    ///
    /// - Returns: What the controller runs in the first second after the connection was lost.
    private static func play(
        fault: @Sendable @escaping (inout RawCentre.Connection) async throws -> Void
    ) async throws -> RunningContent {
        let edge = try EdgeUnderTest()
        let events = Events()
        // Ready for leases before the first one comes.
        await edge.run(30)
        let (running, laterEvents) = try await RawCentre.run { connection, number in
            try await connection.hear("\"hello\"")
            try await connection.send(.welcome(.init(version: 1, heartbeat: 5)))
            guard number == 0 else {
                // The centre is well again, and hears the reports.
                await events.note("reconnected")
                while try await connection.hear() { await events.read(connection.heard) }
                return
            }
            try await connection.send(.lease(SmallStreet.lease(1, at: Double(edge.clock.network), lasting: leaseTime)))
            try await connection.hear("\"answer\"")
            await events.note("answered")
            try await connection.hear("\"plan\"")
            try await fault(&connection)
        } _: { port in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await edge.runner.keepConnected(host: "127.0.0.1", port: port, limits: limits) }
                // No second passes while real time does: the lease is as long as it is.
                try await events.wait(for: "answered")
                #expect(await edge.step().running == .plan)
                try await events.wait(for: "reconnected")
                let running = await edge.step().running
                #expect(await edge.run(Int(leaseTime)).running == .fallback)
                await edge.run(3 * Int(SmallStreet.fallback.cycle))
                // Reports go with the seconds that pass.
                for _ in 0..<3000 where await !events.seen.contains("fallbackBegan") {
                    await edge.step()
                    try await Task.sleep(for: .milliseconds(20))
                }
                try await events.wait(for: "fallbackBegan")
                group.cancelAll()
                return (running, await events.seen)
            }
        }
        #expect(await edge.lamps.breaches == [])
        #expect(laterEvents.contains("linkLost"))
        return running
    }

    private static let leaseTime = 60.0

    @Test("A breach of the protocol ends the lease at once", arguments: Breach.allCases)
    func breach(_ breach: Breach) async throws {
        let running = try await Self.play { try await breach.commit(on: &$0) }
        #expect(running == .fallback)
    }

    @Test(
        "A centre that goes silent, or hangs up, is followed by fallback when its lease lapses",
        arguments: Loss.allCases)
    func loss(_ loss: Loss) async throws {
        let running = try await Self.play { connection in
            switch loss {
            case .hangsUp: return
            case .cutsLineShort:
                try await connection.write(String(connection.line(.heartbeat(.init(time: 1))).dropLast(9)))
            case .goesSilent: try await connection.hearAll()
            }
        }
        #expect(running == .plan)
    }

    enum Loss: String, CaseIterable { case hangsUp, cutsLineShort, goesSilent }

    /// What no good centre does.
    enum Breach: String, CaseIterable {
        case malformed, randomBytes, zeros, lineTooLong, slowLoris, flood, replayedFrame, reorderedFrame, secondWelcome
        case unknownMessage, deeplyNested, hugeNumber

        func commit(on connection: inout RawCentre.Connection) async throws {
            switch self {
            case .malformed: try await connection.write("{\"number\": 3, \"type\": \"lease\"}\n")
            case .randomBytes:
                var random = SplitMix64(seed: 5)
                try await connection.write((0..<3000).map { _ in UInt8.random(in: 0...255, using: &random) } + [10])
            case .zeros: try await connection.write([0, 0, 0, 10])
            case .lineTooLong: try await connection.write(String(repeating: "x", count: 20_000))
            case .slowLoris:
                for character in try connection.line(.heartbeat(.init(time: 1))) {
                    try await connection.write(String(character))
                    try await Task.sleep(for: .milliseconds(60))
                }
            case .flood:
                for _ in 0..<2000 { try await connection.send(.heartbeat(.init(time: 1))) }
            case .replayedFrame:
                let line = try connection.line(.heartbeat(.init(time: 1)))
                try await connection.write(line + line)
            case .reorderedFrame:
                let first = try connection.line(.heartbeat(.init(time: 1)))
                let second = try connection.line(.heartbeat(.init(time: 2)))
                try await connection.write(second + first)
            case .secondWelcome: try await connection.send(.welcome(.init(version: 1, heartbeat: 5)))
            case .unknownMessage: try await connection.write("{\"number\": 3, \"type\": \"explode\"}\n")
            case .deeplyNested:
                try await connection.write(String(repeating: "[", count: 8000) + "\n")
            case .hugeNumber:
                try await connection.write(
                    "{\"number\": 3, \"type\": \"heartbeat\", \"time_s\": 1e999999}\n")
            }
            try await connection.hearAll()
        }
    }

    /// What happened, by name.
    actor Events {
        private(set) var seen: Set<String> = []

        func note(_ event: String) { seen.insert(event) }

        func read(_ text: String) {
            for match in text.matches(of: #/"event":"(\w+)"/#) { seen.insert(String(match.1)) }
        }

        /// Waits until something has happened, however busy the machine is.
        func wait(for event: String) async throws {
            for _ in 0..<3000 where !seen.contains(event) { try await Task.sleep(for: .milliseconds(20)) }
            #expect(seen.contains(event), "\(event)")
        }
    }
}
