import Foundation
import NIOSSL
import SignalModel

/// Who the other side of an encrypted connection is, as its certificate says.
public struct CertificateIdentity: Equatable, Sendable {
    /// Serial number, hexadecimal; with the authority's name it names one certificate.
    public let serial: String
    /// Junctions that it may speak for.
    public let junctions: [JunctionID]
    /// When the certificate expires, s since 1970 UTC.
    public let expires: Double

    /// States an identity.
    public init(serial: String, junctions: [JunctionID], expires: Double) {
        self.serial = serial
        self.junctions = junctions
        self.expires = expires
    }

    init(_ certificate: NIOSSLCertificate) {
        serial = certificate.serialNumber.map { String(format: "%02x", $0) }.joined()
        junctions = certificate._subjectAlternativeNames().compactMap { name in
            guard name.nameType == .uri else { return nil }
            return Self.junction(ofURI: String(decoding: name.contents, as: UTF8.self))
        }
        expires = Double(certificate.notValidAfter)
    }

    private static let prefix = "greenband:junction:"
    /// What needs no escape in a URI (RFC 3986, section 2.3); names of junctions may have any character.
    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

    /// How a certificate names a junction, among its subject alternative names.
    public static func uri(of junction: JunctionID) -> String {
        prefix + (junction.text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? "")
    }

    /// The junction that a URI names; nothing where it names none.
    public static func junction(ofURI uri: String) -> JunctionID? {
        guard uri.hasPrefix(prefix), let text = uri.dropFirst(prefix.count).removingPercentEncoding, !text.isEmpty
        else { return nil }
        return JunctionID(text)
    }
}
