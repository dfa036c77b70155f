import ControllerLink
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import NIOCore
import NIOSSL

extension CityService {
    /// Listens for controllers while a closure runs.
    func listenForEdges(_ body: @Sendable @escaping (Int) async throws -> Void) async throws {
        var server = CentreServer(time: Self.systemTime)
        let listener = configuration.edges
        server.listener.host = listener.host ?? "127.0.0.1"
        server.listener.port = listener.port
        if let tls = listener.tls {
            server.listener.security = try TransportSecurity.mutualServer(
                authority: tls.authority ?? "", certificate: tls.certificate, key: tls.key,
                renewalFailed: renewalFailed)
        }
        if configuration.clock == .street { server.listener.limits = .simulated }
        server.listener.turnedAway = turnedAway
        try await server.run(receiver: centre, body)
    }

    /// Listens for feeds while a closure runs, where that is configured.
    func listenForFeeds(_ body: @Sendable @escaping (Int?) async throws -> Void) async throws {
        guard let feed = configuration.feed else { return try await body(nil) }
        var server = FeedServer(time: Self.systemTime)
        server.listener.host = feed.host ?? "127.0.0.1"
        server.listener.port = feed.port
        if let tls = feed.tls {
            server.listener.security = try TransportSecurity.openServer(
                certificate: tls.certificate, key: tls.key, renewalFailed: renewalFailed)
        }
        server.listener.turnedAway = turnedAway
        let gate = TokenDigests(feed.sources.map { ($0.token, $0.name) })
        try await server.run(receiver: FeedTaker(centre: centre, sources: gate)) { try await body($0) }
    }

    private var renewalFailed: @Sendable (CertificateError) -> Void {
        { [log] error in log.error("certificates were not renewed: \(error)") }
    }

    private var turnedAway: @Sendable (String, LinkError) -> Void {
        { [log] address, reason in log.warning("turned away: \(reason)", metadata: ["address": "\(address)"]) }
    }

    /// Answers people over HTTP while a closure runs, where that is configured.
    func answerPeople(_ body: @Sendable @escaping (Int?) async throws -> Void) async throws {
        guard let listener = configuration.http else { return try await body(nil) }
        let host = listener.host ?? "127.0.0.1"
        try LinkListener.requireSecurity(host: host, isEncrypted: listener.tls != nil)
        let server: HTTPServerBuilder =
            try listener.tls.map { try .tls(Self.http, tlsConfiguration: Self.httpTLS($0)) } ?? Self.http
        let interface = HTTPInterface(centre: centre, people: configuration.people ?? [], metrics: metrics)
        let (bound, announcement) = AsyncStream<Int>.makeStream()
        let application = Application(
            router: interface.router(), server: server,
            configuration: .init(
                address: .hostname(host, port: listener.port), serverName: "greenband",
                availableConnectionsDelegate: MaximumAvailableConnections(CentreSettings.greatestPeopleCount)),
            onServerRunning: { announcement.yield($0.localAddress?.port ?? listener.port) }, logger: log)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { announcement.finish() }
                try await application.run()
            }
            group.addTask {
                for await port in bound { return try await body(port) }
                // The server has ended without listening; its own task says why.
            }
            defer { group.cancelAll() }
            while try await group.next() != nil {}
        }
    }

    /// HTTP, on connections that end where nothing is asked: each holds a descriptor, which controllers need too.
    private static var http: HTTPServerBuilder {
        .http1(configuration: .init(idleTimeout: .seconds(CentreSettings.longestIdleTime)))
    }

    /// Reads all certificates once, before anything listens.
    ///
    /// - Throws: ``CentreError/badCertificates(field:reason:)``.
    static func checkCertificates(of configuration: CityConfiguration) throws(CentreError) {
        func check(_ field: String, _ body: () throws -> Void) throws(CentreError) {
            do { try body() } catch { throw .badCertificates(field: field, reason: "\(error)") }
        }
        if let tls = configuration.edges.tls {
            try check("edges.tls") {
                _ = try TransportSecurity.mutualServer(
                    authority: tls.authority ?? "", certificate: tls.certificate, key: tls.key)
            }
        }
        for (field, tls) in [("feed.tls", configuration.feed?.tls), ("http.tls", configuration.http?.tls)] {
            guard let tls else { continue }
            try check(field) { _ = try TransportSecurity.openServer(certificate: tls.certificate, key: tls.key) }
        }
    }

    private static func httpTLS(_ files: CityConfiguration.TLS) throws -> TLSConfiguration {
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(files.certificate).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: files.key, format: .pem)))
        tls.minimumTLSVersion = .tlsv12
        return tls
    }
}

/// Takes what feeds deliver, of those that are known.
private struct FeedTaker: FeedServer.Receiver {
    let centre: CityCentre
    let sources: TokenDigests<String>

    func connected(_ source: FeedSource, token: FeedToken) async -> String? {
        guard token.withSecret(sources.owner) == source.name else { return "no such feed, or another token" }
        return nil
    }

    func received(_ readings: EdgeMessage.Readings, from source: FeedSource) async {
        await centre.take(readings.readings, from: .feed(source.name), at: readings.time)
    }

    func disconnected(_ source: FeedSource, _ error: LinkError?) async {
        await centre.record(
            .warning, .link, junction: nil, "feed \(source.name): \(error.map { "\($0)" } ?? "it hung up")")
    }
}
