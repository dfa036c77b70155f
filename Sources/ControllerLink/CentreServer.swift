import NIOCore
import NIOPosix

/// The centre's side: listens for controllers.
public struct CentreServer: Sendable {
    /// Who decides what controllers are told.
    public protocol Receiver: Sendable {
        /// A controller has introduced itself.
        ///
        /// - Returns: A reason to turn it away; nothing where it is welcome.
        func connected(_ peer: CentrePeer) async -> String?
        /// A message of a controller; it is acknowledged when this returns, after all that was sent meanwhile.
        func received(_ message: EdgeMessage, from peer: CentrePeer) async
        /// The connection to a controller that was welcome has ended; the error is its cause where there was one.
        func disconnected(_ peer: CentrePeer, _ error: LinkError?) async
    }

    /// Where it listens: the loopback unless told otherwise.
    public var host = "127.0.0.1"
    /// The port; 0 for any that is free.
    public var port = 0
    /// What it takes from controllers.
    public var limits = LinkLimits()
    /// Connections at a time; more are closed at once.
    public var greatestConnectionCount = 4096
    /// The centre's clock, s of network time.
    public var time: @Sendable () -> Double

    /// A server with a clock.
    public init(time: @escaping @Sendable () -> Double) { self.time = time }

    /// Listens while a closure runs, which is given the port; all connections have ended when this returns.
    public func run<Value: Sendable>(
        receiver: some Receiver, _ body: @Sendable @escaping (Int) async throws -> Value
    ) async throws -> Value {
        let limits = limits
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .bind(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture { try LinkSession.lines(of: channel, limits: limits) }
            }
        let port = server.channel.localAddress?.port ?? self.port
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                try await serve(server, receiver)
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

    private func serve(
        _ server: NIOAsyncChannel<LinkSession.Lines, Never>, _ receiver: some Receiver
    ) async throws {
        try await server.serve(atMost: greatestConnectionCount) { await handle($0, receiver) }
    }

    private func handle(_ lines: LinkSession.Lines, _ receiver: some Receiver) async {
        try? await LinkSession.run(lines, incoming: EdgeMessage.self, outgoing: CentreMessage.self) {
            messages, sender throws(LinkError) in
            guard case .hello(let hello)? = try await messages.next()?.message else {
                throw .notIntroduced(found: "another message")
            }
            guard let version = hello.versions.filter(LinkCodec.versions.contains).max() else {
                sender.send(.goodbye(Goodbye(reason: "versions spoken here: \(LinkCodec.versions)")))
                return
            }
            let peer = CentrePeer(hello: hello, sender: sender)
            // The welcome goes first, whatever the receiver sends.
            sender.send(.welcome(.init(version: version, heartbeat: limits.heartbeat)))
            if let reason = await receiver.connected(peer) {
                sender.send(.goodbye(Goodbye(reason: reason)))
                return
            }
            peer.sender.send(.acknowledge(.init(number: 1)))
            do throws(LinkError) {
                try await converse(&messages, peer, receiver)
                await receiver.disconnected(peer, nil)
            } catch {
                await receiver.disconnected(peer, error)
                throw error
            }
        }
    }

    private func converse(
        _ messages: inout LinkReceiver<EdgeMessage>, _ peer: CentrePeer, _ receiver: some Receiver
    ) async throws(LinkError) {
        let heart = Task { [limits, time] in
            while !Task.isCancelled {
                try await Task.sleep(for: .seconds(limits.heartbeat))
                peer.sender.send(.heartbeat(.init(time: time())))
            }
        }
        defer { heart.cancel() }
        while let (number, message) = try await messages.next() {
            switch message {
            case .hello: throw .malformed("a second hello")
            case .goodbye: return
            case .status, .readings, .report, .answer:
                await receiver.received(message, from: peer)
                peer.sender.send(.acknowledge(.init(number: number)))
            }
        }
    }
}
