/// Why a connection between centre and controller was ended.
public enum LinkError: Error, Equatable, Sendable {
    /// A line is longer than is taken in, bytes.
    case lineTooLong(limit: Int)
    /// A line was begun and not ended in time, s.
    case lineTooSlow(limit: Double)
    /// More messages came than the limits allow.
    case tooManyMessages(perSecond: Double)
    /// A line is no message of the protocol.
    case malformed(String)
    /// A message has another number than comes next.
    case outOfOrder(expected: Int, found: Int)
    /// The other side said nothing for too long, s.
    case silent(seconds: Double)
    /// The first message is not the one that opens a connection.
    case notIntroduced(found: String)
    /// The sides have no version of the protocol in common.
    case noCommonVersion(offered: [Int])
    /// The sides could not agree on an encrypted connection.
    case handshakeFailed(HandshakeFault)
    /// There are more connections than may be.
    case tooManyConnections(Crowd)
    /// A caller that is not who it must be.
    case notAdmitted(String)
    /// Without encryption nobody listens beyond the loopback.
    case exposed(host: String)
    /// The other side ended the connection with a reason.
    case refused(String)
    /// The connection ended, or was never there.
    case disconnected(String)

    /// Of what there are too many connections.
    public enum Crowd: Equatable, Sendable {
        /// Connections at a time.
        case inAll(limit: Int)
        /// Connections of one address at a time.
        case ofAddress(limit: Int)
        /// New connections of one address in a second.
        case perSecond(limit: Double)
    }
}

extension LinkError: CustomStringConvertible {
    /// One sentence for people.
    public var description: String {
        switch self {
        case .lineTooLong(let limit): "a line of more than \(limit) bytes"
        case .lineTooSlow(let limit): "a line was begun and not ended within \(limit) s"
        case .tooManyMessages(let rate): "more than \(rate) messages a second"
        case .malformed(let reason): "not a message of the protocol: \(reason)"
        case .outOfOrder(let expected, let found): "expected message number \(expected), found \(found)"
        case .silent(let seconds): "nothing was heard for \(seconds) s"
        case .notIntroduced(let found): "expected an introduction, found \(found)"
        case .noCommonVersion(let offered): "no common version of the protocol; the other side speaks \(offered)"
        case .handshakeFailed(let fault): "no encrypted connection: \(fault)"
        case .tooManyConnections(.inAll(let limit)): "more than \(limit) connections"
        case .tooManyConnections(.ofAddress(let limit)): "more than \(limit) connections of one address"
        case .tooManyConnections(.perSecond(let limit)): "more than \(limit) new connections of one address a second"
        case .notAdmitted(let reason): "not let in: \(reason)"
        case .exposed(let host): "\(host) is beyond the loopback: without certificates nobody may listen there"
        case .refused(let reason): "the other side refused: \(reason)"
        case .disconnected(let reason): "disconnected: \(reason)"
        }
    }

    /// Whether the other side broke the protocol, rather than that the connection was lost.
    public var isBreach: Bool {
        switch self {
        case .lineTooLong, .lineTooSlow, .tooManyMessages, .malformed, .outOfOrder, .notIntroduced: true
        case .silent, .noCommonVersion, .handshakeFailed, .tooManyConnections, .notAdmitted, .exposed, .refused,
            .disconnected:
            false
        }
    }
}
