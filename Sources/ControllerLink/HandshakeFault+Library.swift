import Foundation
import NIOSSL

extension HandshakeFault {
    /// Reads what went wrong out of an error of the library; nothing where the error is of another kind.
    ///
    /// - Parameters:
    ///   - certificate: The other side's certificate, where it came that far.
    ///   - name: The name that it was to have.
    ///   - now: s since 1970 UTC.
    init?(_ error: any Error, certificate: NIOSSLCertificate?, name: String?, now: Double) {
        switch error {
        case NIOSSLError.handshakeFailed(let cause): self.init(cause, certificate, now)
        case let cause as BoringSSLError: self.init(cause, certificate, now)
        case let cause as NIOSSLExtraError where cause == .failedToValidateHostname:
            self = .wrongName(expected: name ?? "")
        case NIOSSLError.noCertificateToValidate: self = .certificate(.missing, of: .other)
        case NIOSSLError.unableToValidateCertificate: self = .certificate(.unacceptable, of: .other)
        default: return nil
        }
    }

    private init(_ cause: BoringSSLError, _ certificate: NIOSSLCertificate?, _ now: Double) {
        guard case .sslError(let stack) = cause else {
            self = .cut
            return
        }
        guard !stack.contains(.eofDuringHandshake) else {
            self = .cut
            return
        }
        self.init(words: stack.map(\.description).joined(separator: " "), certificate, now)
    }

    private init(words: String, _ certificate: NIOSSLCertificate?, _ now: Double) {
        // What the other side said of the own certificate (the alerts of RFC 8446, section 6.2), and what was found here.
        let meanings: [(word: String, fault: HandshakeFault)] = [
            ("ALERT_CERTIFICATE_EXPIRED", .certificate(.expired, of: .own)),
            ("ALERT_UNKNOWN_CA", .certificate(.unknownAuthority, of: .own)),
            ("ALERT_CERTIFICATE_REQUIRED", .certificate(.missing, of: .own)),
            ("ALERT_NO_CERTIFICATE", .certificate(.missing, of: .own)),
            ("ALERT_BAD_CERTIFICATE", .certificate(.unacceptable, of: .own)),
            ("ALERT_UNSUPPORTED_CERTIFICATE", .certificate(.unacceptable, of: .own)),
            ("ALERT_CERTIFICATE_UNKNOWN", .certificate(.unacceptable, of: .own)),
            ("ALERT_CERTIFICATE_REVOKED", .certificate(.unacceptable, of: .own)),
            ("PEER_DID_NOT_RETURN_A_CERTIFICATE", .certificate(.missing, of: .other)),
            ("CERTIFICATE_VERIFY_FAILED", .certificate(Self.fault(of: certificate, now), of: .other)),
            ("WRONG_VERSION_NUMBER", .notEncrypted), ("HTTP_REQUEST", .notEncrypted),
            ("HTTPS_PROXY_REQUEST", .notEncrypted), ("UNEXPECTED_RECORD", .notEncrypted),
        ]
        self = meanings.first { words.contains($0.word) }?.fault ?? .other(String(words.prefix(200)))
    }

    /// What is wrong with a certificate that was not taken: where its time is right, it is who made it.
    private static func fault(of certificate: NIOSSLCertificate?, _ now: Double) -> Certificate {
        guard let certificate else { return .unacceptable }
        if Double(certificate.notValidAfter) < now { return .expired }
        if Double(certificate.notValidBefore) > now { return .notYetValid }
        return .unknownAuthority
    }
}
