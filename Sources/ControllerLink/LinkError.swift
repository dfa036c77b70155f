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
    /// The other side ended the connection with a reason.
    case refused(String)
    /// The connection ended, or was never there.
    case disconnected(String)
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
        case .refused(let reason): "the other side refused: \(reason)"
        case .disconnected(let reason): "disconnected: \(reason)"
        }
    }

    /// Whether the other side broke the protocol, rather than that the connection was lost.
    public var isBreach: Bool {
        switch self {
        case .lineTooLong, .lineTooSlow, .tooManyMessages, .malformed, .outOfOrder, .notIntroduced: true
        case .silent, .noCommonVersion, .refused, .disconnected: false
        }
    }
}
