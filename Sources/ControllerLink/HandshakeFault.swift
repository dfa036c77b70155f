/// Why the two sides could not agree on an encrypted connection.
public enum HandshakeFault: Equatable, Sendable {
    /// Whose certificate is at fault.
    public enum Side: Equatable, Sendable {
        /// The own one: the other side said so.
        case own
        /// The other side's.
        case other
    }

    /// What is wrong with a certificate.
    public enum Certificate: Equatable, Sendable {
        case expired
        case notYetValid
        /// It comes from no authority that is trusted.
        case unknownAuthority
        /// There is none.
        case missing
        /// It is none that may be used so, or broken.
        case unacceptable
    }

    /// A certificate was not taken.
    case certificate(Certificate, of: Side)
    /// The other side's certificate is made out to another name than the one expected.
    case wrongName(expected: String)
    /// What the other side sends is not TLS.
    case notEncrypted
    /// The handshake was not over in time, s.
    case tooSlow(limit: Double)
    /// The other side hung up in the middle.
    case cut
    /// Anything else, in the words of the library.
    case other(String)
}

extension HandshakeFault: CustomStringConvertible {
    /// One clause for people.
    public var description: String {
        switch self {
        case .certificate(let fault, .own): "the other side says that the own certificate \(Self.words(fault))"
        case .certificate(let fault, .other): "the other side's certificate \(Self.words(fault))"
        case .wrongName(let expected): "the other side's certificate is not made out to \"\(expected)\""
        case .notEncrypted: "what the other side sends is not TLS"
        case .tooSlow(let limit): "it was not over within \(limit) s"
        case .cut: "the other side hung up before it was over"
        case .other(let reason): reason
        }
    }

    private static func words(_ fault: Certificate) -> String {
        switch fault {
        case .expired: "has expired"
        case .notYetValid: "is not valid yet"
        case .unknownAuthority: "comes from an unknown authority"
        case .missing: "is missing"
        case .unacceptable: "is not acceptable"
        }
    }
}
