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
    /// - Parameter security: How the connection is encrypted; without it it is not.
    /// - Returns: Why the connection ended.
    public static func run(
        host: String = "127.0.0.1", port: Int, hello: EdgeMessage.Hello, limits: LinkLimits = LinkLimits(),
        security: TransportSecurity? = nil, receiver: some Receiver
    ) async -> LinkError {
        await LinkCall.run(
            host: host, port: port, limits: limits, security: security, opening: EdgeMessage.hello(hello),
            connected: { await receiver.connected($0, $1) },
            received: { (message: CentreMessage) in await receiver.received(message) })
    }
}
