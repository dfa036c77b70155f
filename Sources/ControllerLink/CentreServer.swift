/// The centre's side: listens for controllers.
@dynamicMemberLookup
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

    /// Where it listens, and whom it lets connect.
    public var listener = LinkListener()
    /// The centre's clock, s of network time.
    public var time: @Sendable () -> Double

    /// A server with a clock.
    public init(time: @escaping @Sendable () -> Double) { self.time = time }

    /// A setting of the listener.
    public subscript<Setting>(dynamicMember setting: WritableKeyPath<LinkListener, Setting>) -> Setting {
        get { listener[keyPath: setting] }
        set { listener[keyPath: setting] = newValue }
    }

    /// Listens while a closure runs, which is given the port; all connections have ended when this returns.
    ///
    /// With ``LinkListener/security`` a controller is let in only for a junction that its certificate names.
    public func run<Value: Sendable>(
        receiver: some Receiver, _ body: @Sendable @escaping (Int) async throws -> Value
    ) async throws -> Value {
        let asksForCertificates = listener.security != nil
        return try await listener.run(
            host: CentreHost(time: time, receiver: receiver, asksForCertificates: asksForCertificates), body)
    }
}

/// Speaks for a centre's receiver.
private struct CentreHost<Receiver: CentreServer.Receiver>: LinkHost {
    let time: @Sendable () -> Double
    let receiver: Receiver
    let asksForCertificates: Bool

    func welcome(version: Int, limits: LinkLimits) -> CentreMessage {
        .welcome(.init(version: version, heartbeat: limits.heartbeat))
    }

    func introduce(
        _ hello: EdgeMessage.Hello, of caller: LinkCaller, _ sender: LinkSender<CentreMessage>
    ) throws(LinkError) -> CentrePeer {
        let junctions = caller.certificate?.junctions ?? []
        guard !asksForCertificates || junctions.contains(hello.junction) else {
            throw .notAdmitted(
                "the certificate is not made out to junction \(hello.junction), but to "
                    + (junctions.isEmpty ? "none" : junctions.prefix(5).map(\.text).joined(separator: ", ")))
        }
        return CentrePeer(hello: hello, caller: caller, sender: sender)
    }

    func connected(_ peer: CentrePeer) async -> String? { await receiver.connected(peer) }
    func received(_ message: EdgeMessage, from peer: CentrePeer) async { await receiver.received(message, from: peer) }
    func disconnected(_ peer: CentrePeer, _ error: LinkError?) async { await receiver.disconnected(peer, error) }
}
