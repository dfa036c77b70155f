import NIOCore
import NIOPosix

/// The side that calls, whatever it calls for.
enum LinkCall {
    /// Connects, opens the conversation and hands over what is heard until the connection ends.
    ///
    /// - Returns: Why the connection ended.
    static func run<Incoming: HostMessage, Outgoing: CallerMessage>(
        host: String, port: Int, limits: LinkLimits, security: TransportSecurity?, opening: Outgoing,
        connected: @escaping @Sendable (LinkSender<Outgoing>, Incoming.Terms) async -> Void,
        received: @escaping @Sendable (Incoming) async -> Void
    ) async -> LinkError {
        let connection: LinkConnection
        do {
            connection = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .connectTimeout(.seconds(5))
                .connect(host: host, port: port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try LinkSession.connection(on: channel, limits: limits, security: security)
                    }
                }
        } catch {
            return .disconnected("nobody answers at \(host):\(port): \(error)")
        }
        do throws(LinkError) {
            try await LinkSession.run(connection, incoming: Incoming.self, outgoing: Outgoing.self) {
                messages, sender throws(LinkError) in
                sender.send(opening)
                guard let first = try await messages.next()?.message else { return }
                if let goodbye = first.parting { throw .refused(goodbye.reason) }
                guard let terms = first.terms else { throw .notIntroduced(found: "another message") }
                guard Outgoing.versions.contains(terms.version) else {
                    throw .noCommonVersion(offered: [terms.version])
                }
                await connected(sender, terms)
                while let (_, message) = try await messages.next() {
                    if let goodbye = message.parting { throw .refused(goodbye.reason) }
                    guard message.terms == nil else { throw .malformed("a second welcome") }
                    await received(message)
                }
            }
            return .disconnected("the other side closed the connection")
        } catch {
            return error
        }
    }
}
