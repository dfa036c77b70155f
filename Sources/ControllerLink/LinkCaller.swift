/// Who calls: where from, and by which certificate it was let in.
public struct LinkCaller: Equatable, Sendable {
    /// Address without the port.
    public let address: String
    /// Its certificate; nothing on a connection without certificates.
    public let certificate: CertificateIdentity?
}
