import ControllerLink
import EdgeControl
import EdgeService
import Foundation
import NIOCore
import NIOPosix
import SignalModel
import Synchronization
import TestSupport
import Testing

/// What goes wrong with certificates and handshakes, each over real sockets, and what the street shows meanwhile.
@Suite("Faults of the encryption", .serialized)
struct EncryptionFaultTests {
    /// What is wrong until it is put right.
    enum Fault: String, CaseIterable {
        case expiredClient, expiredServer, unknownClientAuthority, unknownServerAuthority, noClientCertificate
        case wrongJunction, wrongName, plainClient, plainServer, silentServer, slowServer, halfOpenServer

        /// What the controller reports of it, in words.
        var report: String {
            switch self {
            case .expiredClient: "says that the own certificate has expired"
            case .expiredServer: "the other side's certificate has expired"
            case .unknownClientAuthority: "says that the own certificate comes from an unknown authority"
            case .unknownServerAuthority: "the other side's certificate comes from an unknown authority"
            case .noClientCertificate: "says that the own certificate is missing"
            case .wrongJunction: "not made out to junction J, but to X"
            case .wrongName: "not made out to \"centre.example\""
            case .plainClient: "disconnected"
            case .plainServer: "no encrypted connection"
            case .silentServer, .slowServer, .halfOpenServer: "was not over within 0.5 s"
            }
        }

        /// What the centre is told of it, in words; nothing where it is not ours.
        var refusal: String? {
            switch self {
            case .expiredClient: "the other side's certificate has expired"
            case .expiredServer: "says that the own certificate has expired"
            case .unknownClientAuthority: "the other side's certificate comes from an unknown authority"
            case .unknownServerAuthority: "says that the own certificate comes from an unknown authority"
            case .noClientCertificate: "the other side's certificate is missing"
            case .wrongJunction: "not made out to junction J, but to X"
            case .wrongName: ""
            case .plainClient: "not TLS"
            case .plainServer: ""
            case .silentServer, .slowServer, .halfOpenServer: nil
            }
        }

        /// Kinds of the certificates that the controller has, and that the centre has.
        var kinds: (edge: TrialCertificates.Kind, centre: TrialCertificates.Kind) {
            switch self {
            case .expiredClient: (.expired, .good)
            case .expiredServer: (.good, .expired)
            case .unknownClientAuthority: (.foreign, .good)
            case .unknownServerAuthority: (.good, .foreign)
            case .wrongJunction: (.other, .good)
            case .wrongName: (.good, .other)
            default: (.good, .good)
            }
        }
    }

    private static var limits: LinkLimits {
        var limits = LinkLimits()
        limits.longestHandshake = 0.5
        limits.longestLineTime = 0.3
        return limits
    }

    private final class Refusals: Sendable {
        let list = Mutex<[String]>([])
        var words: [String] { list.withLock { $0 } }
    }

    @Test(
        "The street runs its fallback plan, both sides say why, and all is well once it is put right",
        arguments: Fault.allCases)
    func fault(_ fault: Fault) async throws {
        let certificates = try await TrialCertificates()
        defer { certificates.remove() }
        let live = certificates.folder + "/live"
        try FileManager.default.createDirectory(atPath: live, withIntermediateDirectories: true)
        let files = ["edge.pem", "edge.key", "centre.pem", "centre.key"]
        for file in files {
            try certificates.copy(
                file.hasPrefix("edge") ? fault.kinds.edge : fault.kinds.centre, file, to: live + "/" + file)
        }
        let authority = certificates.path(.good, "authority.pem")
        let edge = try EdgeUnderTest()
        await edge.run(30)
        let client = try TransportSecurity.client(
            authority: authority, certificate: live + "/edge.pem", key: live + "/edge.key",
            name: TrialCertificates.centre)
        let nameless = try TransportSecurity.client(authority: authority, name: TrialCertificates.centre)
        let port = Int.random(in: 20_000..<32_000)
        let centre = TestCentre()
        let refusals = Refusals()
        var server = CentreServer { Double(edge.clock.network) }
        server.port = port
        server.limits = Self.limits
        server.turnedAway = { _, reason in refusals.list.withLock { $0.append(reason.description) } }
        let mutual = try TransportSecurity.mutualServer(
            authority: authority, certificate: live + "/centre.pem", key: live + "/centre.key")
        server.security = fault == .plainServer ? nil : mutual

        let wrong: TransportSecurity? =
            switch fault {
            case .plainClient: nil
            case .noClientCertificate: nameless
            default: client
            }
        if fault.refusal == nil {
            try await fault.withBadServer(port: port) { try await Self.suffer(edge, port, wrong, seconds: 1.5) }
        } else {
            try await server.run(receiver: centre) { _ in try await Self.suffer(edge, port, wrong, seconds: 2) }
            #expect(await centre.hellos.isEmpty)
            let words = refusals.words
            let expected = fault.refusal ?? ""
            #expect(words.contains { expected.isEmpty || $0.contains(expected) }, "\(words)")
        }
        #expect(await edge.run(2).running == .fallback)

        // Put right: certificates by new files, which both sides read without a restart.
        for file in files { try certificates.copy(.good, file, to: live + "/" + file) }
        server.security = mutual
        try await server.run(receiver: centre) { _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    await edge.runner.keepConnected(
                        host: "127.0.0.1", port: port, limits: Self.limits, security: client)
                }
                for _ in 0..<6000 where await centre.reports.filter({ $0.event == .linkLost }).isEmpty {
                    await edge.step()
                    try await Task.sleep(for: .milliseconds(20))
                }
                group.cancelAll()
            }
        }
        let reports = await centre.reports.filter { $0.event == .linkLost }.map(\.detail)
        #expect(reports.contains { $0.contains(fault.report) }, "\(reports)")
        #expect(await centre.callers.last?.certificate?.junctions == ["J", "K 1/ä"])
        #expect(await edge.lamps.breaches == [])
    }

    /// Has a controller try to connect for some seconds.
    private static func suffer(
        _ edge: EdgeUnderTest, _ port: Int, _ security: TransportSecurity?, seconds: Double
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await edge.runner.keepConnected(host: "127.0.0.1", port: port, limits: limits, security: security)
            }
            for _ in 0..<Int(seconds * 20) {
                #expect(await edge.step().running == .fallback)
                try await Task.sleep(for: .milliseconds(50))
            }
            group.cancelAll()
        }
    }

    @Test("Leases, readings and reports go over an encrypted link as over any other, each junction by its certificate")
    func conversation() async throws {
        let certificates = try await TrialCertificates()
        defer { certificates.remove() }
        let folder = certificates.path(.good)
        let edge = try EdgeUnderTest()
        let centre = TestCentre()
        var server = CentreServer { Double(edge.clock.network) }
        server.limits = .simulated
        server.security = try .mutualServer(
            authority: folder + "/authority.pem", certificate: folder + "/centre.pem", key: folder + "/centre.key")
        let client = try TransportSecurity.client(
            authority: folder + "/authority.pem", certificate: folder + "/edge.pem", key: folder + "/edge.key",
            name: TrialCertificates.centre)
        try await server.run(receiver: centre) { port in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    await edge.runner.keepConnected(host: "127.0.0.1", port: port, limits: .simulated, security: client)
                }
                for _ in 0..<6000 where await centre.hellos.isEmpty { try await Task.sleep(for: .milliseconds(20)) }
                try #require(await centre.hellos.count == 1)
                await edge.run(30)
                await centre.send(SmallStreet.lease(1, at: Double(edge.clock.network), lasting: 100))
                try await centre.expectAccepted(1)
                let reading = DetectorReading(detector: "WC in", start: 1, length: 1, count: 1)
                for _ in 0..<500 { await edge.runner.measured([reading]) }
                for _ in 0..<20 {
                    await edge.step()
                    await edge.runner.waitForCentre()
                }
                #expect(await centre.readings.count == 500)
                #expect(await edge.step().running == .plan)
                group.cancelAll()
            }
        }
        #expect(await edge.lamps.breaches == [])
    }

    /// Callers at the encrypted port that are no controllers.
    enum Stranger: String, CaseIterable { case silent, slow, plain, garbage, halfHandshake }

    @Test(
        "Who does not shake hands is hung up on in time, and controllers are served meanwhile",
        arguments: Stranger.allCases)
    func stranger(_ stranger: Stranger) async throws {
        let certificates = try await TrialCertificates()
        defer { certificates.remove() }
        let folder = certificates.path(.good)
        let refusals = Refusals()
        var server = CentreServer { 0 }
        server.limits = Self.limits
        server.turnedAway = { _, reason in refusals.list.withLock { $0.append(reason.description) } }
        server.security = try .mutualServer(
            authority: folder + "/authority.pem", certificate: folder + "/centre.pem", key: folder + "/centre.key")
        let client = try TransportSecurity.client(
            authority: folder + "/authority.pem", certificate: folder + "/edge.pem", key: folder + "/edge.key",
            name: TrialCertificates.centre)
        let centre = TestCentre()
        try await server.run(receiver: centre) { port in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    let time = try await ContinuousClock().measure {
                        try await RawCaller.call(stranger.pieces, port: port)
                    }
                    #expect(time < .seconds(4))
                }
                group.addTask {
                    let hello = EdgeMessage.Hello(versions: [1], junction: "K 1/ä", software: "test", lastSequence: 0)
                    let end = await EdgeClient.run(port: port, hello: hello, security: client, receiver: Leaver())
                    #expect(!end.isBreach && !"\(end)".contains("encrypted"), "\(end)")
                }
                try await group.waitForAll()
            }
            for _ in 0..<6000 where refusals.words.isEmpty { try await Task.sleep(for: .milliseconds(10)) }
        }
        #expect(await centre.hellos.map(\.junction) == ["K 1/ä"])
        #expect(refusals.words.count == 1 && refusals.words[0].contains(stranger.refusal), "\(refusals.words)")
    }

    /// The beginning of a record of a handshake that never ends.
    fileprivate static let drops: [UInt8] = [22, 3, 1, 16, 0] + Array(repeating: 1, count: 60)

    @Test("A conversation that was recorded is refused when it is played again")
    func replay() async throws {
        let certificates = try await TrialCertificates()
        defer { certificates.remove() }
        let folder = certificates.path(.good)
        let refusals = Refusals()
        var server = CentreServer { 0 }
        server.limits = Self.limits
        server.turnedAway = { _, reason in refusals.list.withLock { $0.append(reason.description) } }
        server.security = try .mutualServer(
            authority: folder + "/authority.pem", certificate: folder + "/centre.pem", key: folder + "/centre.key")
        let client = try TransportSecurity.client(
            authority: folder + "/authority.pem", certificate: folder + "/edge.pem", key: folder + "/edge.key",
            name: TrialCertificates.centre)
        let centre = TestCentre()
        let record = Record()
        try await server.run(receiver: centre) { port in
            try await RawCentre.run { connection, _ in
                try await record.relay(&connection, to: port)
            } _: { relay in
                let hello = EdgeMessage.Hello(versions: [1], junction: "J", software: "test", lastSequence: 0)
                _ = await EdgeClient.run(port: relay, hello: hello, security: client, receiver: Leaver())
            }
            #expect(await centre.hellos.count == 1)
            let bytes = record.bytes.withLock { $0 }
            #expect(bytes.count > 1000)
            try await RawCaller.call([bytes], port: port)
            for _ in 0..<6000 where refusals.words.isEmpty { try await Task.sleep(for: .milliseconds(10)) }
        }
        #expect(await centre.hellos.count == 1)
        #expect(refusals.words.count == 1 && refusals.words[0].contains("no encrypted connection"), "\(refusals.words)")
    }

    /// What a controller sent, byte by byte.
    private final class Record: Sendable {
        let bytes = Mutex<[UInt8]>([])

        /// Passes on what both sides say, and writes down the controller's part.
        func relay(_ connection: inout RawCentre.Connection, to port: Int) async throws {
            let target = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try RawCentre.Lines(wrappingChannelSynchronously: channel)
                    }
                }
            let back = connection.outbound
            try await target.executeThenClose { inbound, outbound in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { for try await buffer in inbound { try await back.write(buffer) } }
                    while let buffer = try await connection.hearBytes() {
                        bytes.withLock { $0 += Array(buffer.readableBytesView) }
                        try await outbound.write(buffer)
                    }
                    group.cancelAll()
                }
            }
        }
    }

    private struct Leaver: EdgeClient.Receiver {
        func connected(_ sender: LinkSender<EdgeMessage>, _ welcome: CentreMessage.Welcome) {
            sender.send(.goodbye(Goodbye(reason: "done")))
        }
        func received(_ message: CentreMessage) {}
    }
}

extension EncryptionFaultTests.Fault {
    /// Listens at a port, and does not shake hands as it should, while a body runs.
    func withBadServer(port: Int, _ body: @Sendable @escaping () async throws -> Void) async throws {
        try await RawCentre.run(port: port) { [self] connection, _ in
            switch self {
            case .slowServer:
                for byte in EncryptionFaultTests.drops {
                    try await connection.write([byte])
                    try await Task.sleep(for: .milliseconds(100))
                }
            case .halfOpenServer:
                // The beginning of an answer, and then nothing.
                _ = try await connection.hear()
                try await connection.write([22, 3, 3, 0, 90, 2, 0, 0, 86, 3, 3])
                try await Task.sleep(for: .seconds(60))
            default: try await Task.sleep(for: .seconds(60))
            }
        } _: { _ in
            try await body()
        }
    }
}

extension EncryptionFaultTests.Stranger {
    /// What the centre says of it.
    var refusal: String {
        switch self {
        case .silent, .slow, .halfHandshake: "no encrypted connection: it was not over within 0.5 s"
        case .plain, .garbage: "no encrypted connection: what the other side sends is not TLS"
        }
    }

    /// What it sends, with pauses between.
    var pieces: [[UInt8]] {
        switch self {
        case .silent: []
        case .slow: EncryptionFaultTests.drops.map { [$0] }
        case .plain: [Array("{\"number\":1,\"type\":\"hello\"}\n".utf8)]
        case .garbage: [[0, 255, 10, 13, 7, 9, 200, 200, 200, 1, 2, 3]]
        case .halfHandshake: [[22, 3, 1, 0, 200, 1, 0, 0, 196, 3, 3, 1, 2, 3]]
        }
    }
}
