import ControllerLink
import Foundation
import SignalModel
import Synchronization
import TestSupport
import Testing

/// Takes what feeds deliver, as slowly as a test has it.
final class TestFeeds: FeedServer.Receiver {
    static let token: FeedToken = "a secret of the trial"

    struct State {
        var readings: [DetectorReading] = []
        var sources: [String] = []
        var ends: [LinkError?] = []
        var running = 0
        var greatestRunning = 0
    }

    let state = Mutex(State())
    private let pause: Duration

    init(pause: Duration = .zero) { self.pause = pause }

    func connected(_ source: FeedSource, token: FeedToken) async -> String? {
        guard token == Self.token else { return "unknown token" }
        state.withLock { $0.sources.append(source.name) }
        return nil
    }

    func received(_ readings: EdgeMessage.Readings, from source: FeedSource) async {
        state.withLock {
            $0.running += 1
            $0.greatestRunning = max($0.greatestRunning, $0.running)
        }
        if pause > .zero { try? await Task.sleep(for: pause) }
        state.withLock {
            $0.readings += readings.readings
            $0.running -= 1
        }
    }

    func disconnected(_ source: FeedSource, _ error: LinkError?) async { state.withLock { $0.ends.append(error) } }
}

@Suite("Feeds of detectors over real sockets")
struct FeedServerTests {
    static func readings(_ number: Int) -> EdgeMessage.Readings {
        .init(
            time: Double(number),
            readings: [DetectorReading(detector: "D", start: Double(number), length: 1, count: 1)])
    }

    private static func client(_ port: Int, token: FeedToken = TestFeeds.token) -> FeedClient {
        FeedClient(port: port, hello: .init(source: "loops of the north", token: token))
    }

    @Test("Readings are taken in order, and acknowledged when they have been taken")
    func conversation() async throws {
        let feeds = TestFeeds()
        try await FeedServer(time: { 7 }).run(receiver: feeds) { port in
            try await Self.client(port).run { delivery in
                for number in 0..<100 { try await delivery.send(Self.readings(number)) }
                try await delivery.waitUntilAcknowledged()
                #expect(feeds.state.withLock { $0.readings.count } == 100)
                #expect(await delivery.pendingCount == 0)
            }
        }
        let state = feeds.state.withLock { $0 }
        #expect(state.readings.map(\.start) == (0..<100).map(Double.init))
        #expect(state.sources == ["loops of the north"] && state.ends == [nil])
        #expect(state.greatestRunning == 1)
    }

    @Test("A feed with another token, without a name or of another version is told why, and no more")
    func turnedAway() async throws {
        let feeds = TestFeeds()
        let told = Told()
        var server = FeedServer(time: { 0 })
        server.turnedAway = { _, reason in told.list.withLock { $0.append(reason) } }
        try await server.run(receiver: feeds) { port in
            await #expect(throws: LinkError.refused("unknown token")) {
                try await Self.client(port, token: "a guess").run { _ in }
            }
            var nameless = Self.client(port)
            nameless.hello.source = ""
            await #expect(throws: LinkError.self) { try await nameless.run { _ in } }
            var future = Self.client(port)
            future.hello.versions = [9]
            await #expect(throws: LinkError.refused("versions spoken here: [1]")) { try await future.run { _ in } }
        }
        #expect(feeds.state.withLock { $0.sources } == [])
        let reasons = told.list.withLock { $0.map(\.description) }
        #expect(reasons.count == 3 && reasons.allSatisfy { !$0.contains("guess") && !$0.contains("secret") })
    }

    private final class Told: Sendable {
        let list = Mutex<[LinkError]>([])
    }

    @Test("A receiver that is slow slows the feed: no more than the window is on the way, and nothing is lost")
    func backPressure() async throws {
        let feeds = TestFeeds(pause: .milliseconds(10))
        var server = FeedServer(time: { 0 })
        server.window = 5
        try await server.run(receiver: feeds) { port in
            try await Self.client(port).run { delivery in
                for number in 0..<60 {
                    try await delivery.send(Self.readings(number))
                    #expect(await delivery.pendingCount <= 5)
                }
                try await delivery.waitUntilAcknowledged()
            }
        }
        #expect(feeds.state.withLock { $0.readings.count } == 60)
        #expect(feeds.state.withLock { $0.greatestRunning } == 1)
    }

    @Test("A feed that minds no window and no limit is read no faster than the limits allow, and loses nothing")
    func pace() async throws {
        let feeds = TestFeeds()
        var server = FeedServer(time: { 0 })
        server.limits.messagesPerSecond = 200
        server.limits.burst = 20
        let hello = FeedMessage.hello(.init(source: "pipe", token: TestFeeds.token))
        let text =
            try LinkCodec.line(hello, number: 1)
            + (2...200).map { try LinkCodec.line(FeedMessage.readings(Self.readings($0)), number: $0) }.joined()
            + LinkCodec.line(FeedMessage.goodbye(Goodbye(reason: "")), number: 201)
        let start = ContinuousClock.now
        let heard = try await server.run(receiver: feeds) { port in
            try await BareCaller.call(Array(text.utf8), port: port)
        }
        let time = ContinuousClock.now - start
        #expect(feeds.state.withLock { $0.readings.count } == 199)
        #expect(heard.contains("\"type\":\"acknowledge\",\"upTo\":200}"))
        #expect(time > .milliseconds(850))
    }

    @Test("What was acknowledged before a cut was taken, and the rest is not")
    func cut() async throws {
        let feeds = TestFeeds(pause: .milliseconds(5))
        try await FeedServer(time: { 0 }).run(receiver: feeds) { port in
            await #expect(throws: CancellationError.self) {
                try await Self.client(port).run { delivery in
                    for number in 0..<50 { try await delivery.send(Self.readings(number)) }
                    try await delivery.waitUntilAcknowledged(upTo: 11)
                    throw CancellationError()
                }
            }
            #expect(feeds.state.withLock { $0.readings.count } >= 10)
            for _ in 0..<6000 where feeds.state.withLock({ $0.ends.isEmpty }) {
                try await Task.sleep(for: .milliseconds(10))
            }
        }
        let taken = feeds.state.withLock { $0.readings.map(\.start) }
        #expect(taken == (0..<taken.count).map(Double.init))
    }

    @Test("A feed lives by heartbeats while it has nothing to say, and ends without them")
    func silence() async throws {
        let feeds = TestFeeds()
        var server = FeedServer(time: { 0 })
        server.limits.longestSilence = 3
        try await server.run(receiver: feeds) { port in
            var lively = Self.client(port)
            lively.limits.heartbeat = 0.2
            try await lively.run { delivery in
                try await Task.sleep(for: .seconds(5))
                try await delivery.send(Self.readings(1))
                try await delivery.waitUntilAcknowledged()
            }
            var dead = Self.client(port)
            dead.limits.heartbeat = 100
            await #expect(throws: LinkError.self) {
                try await dead.run { delivery in
                    try await Task.sleep(for: .seconds(5))
                    try await delivery.send(Self.readings(2))
                    try await delivery.waitUntilAcknowledged()
                }
            }
        }
        #expect(feeds.state.withLock { $0.readings.map(\.start) } == [1])
        #expect(feeds.state.withLock { $0.ends } == [nil, .silent(seconds: 3)])
    }

    @Test("Encrypted, without a certificate of the feed, and with the centre's checked")
    func encrypted() async throws {
        let certificates = try await TrialCertificates()
        defer { certificates.remove() }
        let feeds = TestFeeds()
        var server = FeedServer(time: { 0 })
        let folder = certificates.path(.good)
        server.security = try .openServer(certificate: folder + "/centre.pem", key: folder + "/centre.key")
        try await server.run(receiver: feeds) { port in
            var client = Self.client(port)
            client.security = try .client(authority: folder + "/authority.pem", name: TrialCertificates.centre)
            try await client.run { delivery in
                for number in 0..<200 { try await delivery.send(Self.readings(number)) }
                try await delivery.waitUntilAcknowledged()
            }
            client.security = try .client(
                authority: certificates.path(.foreign) + "/authority.pem", name: TrialCertificates.centre)
            await #expect(throws: LinkError.handshakeFailed(.certificate(.unknownAuthority, of: .other))) {
                try await client.run { _ in }
            }
            client.security = try .client(authority: folder + "/authority.pem", name: "elsewhere.example")
            await #expect(throws: LinkError.handshakeFailed(.wrongName(expected: "elsewhere.example"))) {
                try await client.run { _ in }
            }
        }
        #expect(feeds.state.withLock { $0.readings.count } == 200)
    }

    @Test("No text made of a token shows it")
    func token() throws {
        let hello = FeedMessage.hello(.init(source: "s", token: TestFeeds.token))
        var dumped = ""
        dump(hello, to: &dumped)
        for text in ["\(hello)", String(reflecting: hello), dumped, "\(TestFeeds.token)"] {
            #expect(!text.contains("secret"))
        }
        #expect(try LinkCodec.line(hello, number: 1).contains("secret"))
        #expect(
            FeedToken("a") != FeedToken("b") && FeedToken("a") != FeedToken("aa") && FeedToken("a") == FeedToken("a"))
    }
}
