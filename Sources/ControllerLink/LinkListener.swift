import Glibc
import NIOCore
import NIOPosix

/// Where a side listens, whom it lets connect, and what it takes from them.
public struct LinkListener: Sendable {
    /// Where it listens: the loopback unless told otherwise.
    public var host = "127.0.0.1"
    /// The port; 0 for any that is free.
    public var port = 0
    /// What it takes from callers.
    public var limits = LinkLimits()
    /// How connections are encrypted; without it they are not, and nobody listens beyond the loopback.
    public var security: TransportSecurity?
    /// Whether it may listen beyond the loopback without encryption: for detectors that are wired to the same cabinet.
    public var isPlainAllowed = false
    /// Connections at a time, those in the middle of a handshake among them; more are closed at once.
    public var greatestConnectionCount = 4096
    /// Connections of one address at a time; more are closed at once.
    public var greatestCountPerAddress = 1024
    /// New connections of one address a second in the long run; more are closed at once.
    ///
    /// Nil for as many as there are.
    public var newConnectionsPerSecond: Double? = 50
    /// New connections of one address that may come at once.
    public var newConnectionBurst = 1024.0
    /// Told of every caller that was turned away before it was let in: its address, and why.
    public var turnedAway: @Sendable (_ address: String, _ reason: LinkError) -> Void = { _, _ in }

    /// Time without a word after which the system asks whether the other side is still there, s.
    private static let quietTime = 30

    /// Listens on the loopback, with the usual limits.
    public init() {}

    /// Judges whether anybody may listen at a host.
    ///
    /// - Throws: ``LinkError/exposed(host:)`` where it is beyond the loopback and nothing is encrypted.
    public static func requireSecurity(host: String, isEncrypted: Bool) throws(LinkError) {
        guard isEncrypted || isLoopback(host) else { throw .exposed(host: host) }
    }

    /// Whether nobody outside the machine reaches a host.
    static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" { return true }
        guard let address = try? SocketAddress(ipAddress: host, port: 0) else { return false }
        return isLoopback(address)
    }

    private static func isLoopback(_ address: SocketAddress) -> Bool {
        guard let text = address.ipAddress else { return false }
        return text.hasPrefix("127.") || text == "::1"
    }

    /// Listens while a closure runs, which is given the port; all connections have ended when this returns.
    ///
    /// - Throws: ``LinkError/exposed(host:)``, or why nobody can listen there.
    func run<Value: Sendable>(
        handle: @escaping @Sendable (LinkConnection) async -> Void,
        _ body: @Sendable @escaping (Int) async throws -> Value
    ) async throws -> Value {
        if !isPlainAllowed { try Self.requireSecurity(host: host, isEncrypted: security != nil) }
        let gate = ConnectionGate(self)
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            // Who has lost power does not hang up.
            .childChannelOption(.socketOption(.so_keepalive), value: 1)
            .childChannelOption(.tcpOption(.init(rawValue: TCP_KEEPIDLE)), value: Self.quietTime)
            .bind(host: host, port: port) { [limits, security] channel in
                channel.eventLoop.makeCompletedFuture {
                    try LinkSession.connection(on: channel, limits: limits, security: security, gate: gate)
                }
            }
        let address = server.channel.localAddress
        if security == nil, !isPlainAllowed, let address, !Self.isLoopback(address) {
            // A name may lead anywhere.
            try await server.channel.close()
            throw LinkError.exposed(host: host)
        }
        let port = address?.port ?? self.port
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                try await Self.serve(server, handle)
                return nil
            }
            group.addTask { try await body(port) }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw LinkError.disconnected("the server stopped listening")
        }
    }

    private static func serve(
        _ server: NIOAsyncChannel<LinkConnection, Never>, _ handle: @escaping @Sendable (LinkConnection) async -> Void
    ) async throws {
        try await server.executeThenClose { connections in
            try await withThrowingDiscardingTaskGroup { group in
                for try await connection in connections { group.addTask { await handle(connection) } }
            }
        }
    }
}
