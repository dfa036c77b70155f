/// The side that is called, in one conversation after the other.
protocol LinkHost: Sendable {
    associatedtype Incoming: CallerMessage
    associatedtype Outgoing: HostMessage
    /// A caller that has introduced itself.
    associatedtype Peer: Sendable

    /// The clock, s of network time.
    var time: @Sendable () -> Double { get }
    /// The terms, in a version that both speak.
    func welcome(version: Int, limits: LinkLimits) -> Outgoing
    /// Looks at who calls.
    ///
    /// - Throws: ``LinkError/notAdmitted(_:)`` where it is not who it must be.
    func introduce(
        _ opening: Incoming.Opening, of caller: LinkCaller, _ sender: LinkSender<Outgoing>
    ) throws(LinkError) -> Peer
    /// Judges a caller; what it sends meanwhile goes after the terms.
    ///
    /// - Returns: A reason to turn it away; nothing where it is welcome.
    func connected(_ peer: Peer) async -> String?
    /// A message that is neither opening nor goodbye; it is acknowledged when this returns.
    func received(_ message: Incoming, from peer: Peer) async
    /// The connection of a caller that was welcome has ended.
    func disconnected(_ peer: Peer, _ error: LinkError?) async
}
