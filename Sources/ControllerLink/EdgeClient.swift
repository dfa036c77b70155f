import NIOCore
import NIOPosix

/// The controller's side of a connection.
public enum EdgeClient {
    /// Who takes what the centre says.
    public protocol Receiver: Sendable {
        /// The centre knows the controller; what is to be said goes to the sender from now on.
        func connected(_ sender: LinkSender<EdgeMessage>, _ welcome: CentreMessage.Welcome) async
        /// A message of the centre.
        func received(_ message: CentreMessage) async
    }

    /// Connects to the centre and hands over its messages until the connection ends.
    ///
    /// - Returns: Why the connection ended.
    public static func run(
        host: String = "127.0.0.1", port: Int, hello: EdgeMessage.Hello, limits: LinkLimits = LinkLimits(),
        receiver: some Receiver
    ) async -> LinkError {
        let lines: LinkSession.Lines
        do {
            lines = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .connectTimeout(.seconds(5))
                .connect(host: host, port: port) { channel in
                    channel.eventLoop.makeCompletedFuture { try LinkSession.lines(of: channel, limits: limits) }
                }
        } catch {
            return .disconnected("nobody answers at \(host):\(port): \(error)")
        }
        do throws(LinkError) {
            try await LinkSession.run(lines, incoming: CentreMessage.self, outgoing: EdgeMessage.self) {
                messages, sender throws(LinkError) in
                sender.send(.hello(hello))
                try await converse(&messages, sender, receiver)
            }
            return .disconnected("the centre closed the connection")
        } catch {
            return error
        }
    }

    private static func converse(
        _ messages: inout LinkReceiver<CentreMessage>, _ sender: LinkSender<EdgeMessage>, _ receiver: some Receiver
    ) async throws(LinkError) {
        switch try await messages.next()?.message {
        case .welcome(let welcome):
            guard LinkCodec.versions.contains(welcome.version) else {
                throw .noCommonVersion(offered: [welcome.version])
            }
            await receiver.connected(sender, welcome)
        case .goodbye(let goodbye): throw .refused(goodbye.reason)
        case nil: return
        case .lease, .heartbeat, .acknowledge: throw .notIntroduced(found: "another message")
        }
        while let (_, message) = try await messages.next() {
            switch message {
            case .goodbye(let goodbye): throw .refused(goodbye.reason)
            case .welcome: throw .malformed("a second welcome")
            case .lease, .heartbeat, .acknowledge: await receiver.received(message)
            }
        }
    }
}
