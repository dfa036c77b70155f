import SignalModel

/// A controller as the centre sees it, for as long as its connection lasts.
public struct CentrePeer: Sendable {
    /// What it said of itself.
    public let hello: EdgeMessage.Hello
    /// Where it calls from, and the certificate that it was let in by.
    public let caller: LinkCaller
    let sender: LinkSender<CentreMessage>

    /// Junction that it runs.
    public var junction: JunctionID { hello.junction }

    /// Whether it is the same connection.
    public func isSame(as other: CentrePeer) -> Bool { sender === other.sender }

    /// Sends a lease.
    ///
    /// - Returns: False where the connection has ended or the controller takes no more.
    @discardableResult
    public func send(_ lease: Lease) -> Bool { sender.send(.lease(lease)) }

    /// Ends the connection with a reason.
    public func close(reason: String) {
        sender.send(.goodbye(Goodbye(reason: reason)))
        sender.finish()
    }
}
