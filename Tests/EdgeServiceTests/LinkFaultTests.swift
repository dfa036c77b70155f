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

    /// The welcome and a lease of 60 s, and then something that no good centre does.
    private static func play(
        leaseTime: Double = 60, fault: @Sendable @escaping (inout RawCentre.Connection, TestClock) async throws -> Void,
        check: @Sendable @escaping (EdgeUnderTest) async throws -> Void
    ) async throws {
        let edge = try EdgeUnderTest()
        let events = Events()
        try await RawCentre.run { connection, number in
            try await connection.hear("\"hello\"")
            try await connection.send(.welcome(.init(version: 1, heartbeat: 5)))
            guard number == 0 else {
                // The centre is well again, and hears the reports.
                while try await connection.hear() { await events.read(connection.heard) }
                return
            }
            try await connection.send(
                .lease(SmallStreet.lease(1, at: Double(edge.clock.network), lasting: leaseTime)))
            try await connection.hear("\"answer\"")
            try await connection.hear("\"plan\"")
            try await fault(&connection, edge.clock)
        } _: { port in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    await edge.runner.keepConnected(host: "127.0.0.1", port: port, limits: limits)
                }
                await edge.run(30)
                await edge.runner.waitForConnection()
                let began = try await edge.run(until: .plan, limit: 400)
                #expect(began != nil)
                try await check(edge)
                // The connection comes back, and with it the reports of what happened.
                for _ in 0..<400 where await !events.seen.contains("fallbackBegan") {
                    await edge.step()
                    try await Task.sleep(for: .milliseconds(10))
                }
                await edge.run(3 * Int(SmallStreet.fallback.cycle))
                group.cancelAll()
            }
        }
        let breaches = await edge.lamps.breaches
        let seen = await events.seen
        #expect(breaches == [])
        #expect(seen.contains("linkLost"))
        #expect(seen.contains("fallbackBegan"))
    }

    /// Lets real time pass with few seconds of the street's, until the lease ends.
    private static func waitForFallback(_ edge: EdgeUnderTest, within seconds: Int) async throws {
        for _ in 0..<seconds {
            if await edge.step().running == .fallback { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        Issue.record("no fallback within \(seconds) s")
    }

    @Test("A breach of the protocol ends the lease at once", arguments: Breach.allCases)
    func breach(_ breach: Breach) async throws {
        try await Self.play { connection, clock in
            try await breach.commit(on: &connection, clock)
        } check: { edge in
            try await Self.waitForFallback(edge, within: 50)
        }
    }

    @Test("A centre that goes silent, or hangs up, is followed by fallback when its lease lapses", arguments: Loss.allCases)
    func loss(_ loss: Loss) async throws {
        try await Self.play(leaseTime: 20) { connection, _ in
            switch loss {
            case .hangsUp: return
            case .cutsLineShort: try await connection.write(String(connection.line(.heartbeat(.init(time: 1))).dropLast(9)))
            case .goesSilent: try await Task.sleep(for: .seconds(3))
            }
        } check: { edge in
            try await Self.waitForFallback(edge, within: 25)
        }
    }

    enum Loss: String, CaseIterable { case hangsUp, cutsLineShort, goesSilent }

    /// What no good centre does.
    enum Breach: String, CaseIterable {
        case malformed, randomBytes, zeros, lineTooLong, slowLoris, flood, replayedFrame, reorderedFrame, secondWelcome
        case unknownMessage, deeplyNested, hugeNumber

        func commit(on connection: inout RawCentre.Connection, _ clock: TestClock) async throws {
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

    /// Names of events in what a controller said.
    actor Events {
        private(set) var seen: Set<String> = []

        func read(_ text: String) {
            for match in text.matches(of: #/"event":"(\w+)"/#) { seen.insert(String(match.1)) }
        }
    }
}
