import ControllerLink
import Formats

extension EdgeConfiguration {
    /// How the link to the centre is encrypted, from the files that the configuration names; nothing where it is not.
    ///
    /// - Parameter renewalFailed: Told when the files have changed and cannot be used.
    /// - Throws: ``FormatError`` with the file and the field.
    public func security(
        renewalFailed: @escaping @Sendable (CertificateError) -> Void = { _ in }
    ) throws(FormatError) -> TransportSecurity? {
        guard let files = centre?.encryption else { return nil }
        do throws(CertificateError) {
            return try TransportSecurity.client(
                authority: files.authority, certificate: files.certificate, key: files.key, name: files.name,
                renewalFailed: renewalFailed)
        } catch {
            throw FormatError(
                file: error.file, location: .field("centre.tls.\(error.field.rawValue)"),
                fault: .unexpected(expected: error.expected, found: error.found))
        }
    }
}
