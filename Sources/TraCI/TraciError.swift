/// What can go wrong between SUMO and a client of its TraCI protocol.
public enum TraciError: Error, Equatable, Sendable {
    /// The bytes are not what the protocol has at this place.
    case malformed(expected: String, found: String)
    /// A message says that it is longer than is accepted, bytes.
    case tooLarge(length: Int, limit: Int)
    /// SUMO refused a command; the reason is SUMO's own text.
    case refused(command: UInt8, reason: String)
    /// SUMO does not know a command; the reason is SUMO's own text.
    case notImplemented(command: UInt8, reason: String)
    /// A value came in another type than the variable has.
    case unexpectedValue(expected: String, found: String)
    /// The connection ended, or was never there.
    case disconnected(String)
    /// SUMO was silent for too long after a question.
    case unanswered(seconds: Double)
}

extension TraciError: CustomStringConvertible {
    /// One sentence for people.
    public var description: String {
        switch self {
        case .malformed(let expected, let found): "TraCI: expected \(expected), found \(found)"
        case .tooLarge(let length, let limit): "TraCI: a message of \(length) bytes, at most \(limit) are accepted"
        case .refused(let command, let reason): "SUMO refused the command \(Self.name(command)): \(reason)"
        case .notImplemented(let command, let reason):
            "SUMO does not know the command \(Self.name(command)): \(reason)"
        case .unexpectedValue(let expected, let found): "TraCI: expected a value \(expected), found \(found)"
        case .disconnected(let reason): "the connection to SUMO ended: \(reason)"
        case .unanswered(let seconds): "SUMO did not answer within \(seconds) s"
        }
    }

    private static func name(_ command: UInt8) -> String { "0x" + String(command, radix: 16) }
}
