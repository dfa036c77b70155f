import Foundation
import NIOSSL
import Synchronization

/// How the connections of one side are encrypted: TLS 1.2 at least, by certificates in files.
///
/// The files are looked at with every new connection, and read anew when one has changed; so certificates are renewed
/// without a restart. Files that cannot be used leave those before them in force, and are reported once.
public final class TransportSecurity: Sendable {
    /// What the side does.
    enum Role: Equatable, Sendable {
        /// Listens, and takes only those with a certificate of its authority.
        case mutualServer
        /// Listens for anyone; who they are shows otherwise.
        case openServer
        /// Calls a side whose certificate has the name.
        case client(name: String)
    }

    let role: Role
    private let files: CertificateFiles
    private let renewalFailed: @Sendable (CertificateError) -> Void
    private let state: Mutex<State>

    private struct State {
        var context: NIOSSLContext
        var stamps: [CertificateFiles.Stamp?]
    }

    private init(
        _ role: Role, _ files: CertificateFiles, _ renewalFailed: @escaping @Sendable (CertificateError) -> Void
    ) throws(CertificateError) {
        if case .client(let name) = role, !Self.isName(name) { throw CertificateError(.name, name, .noName) }
        self.role = role
        self.files = files
        self.renewalFailed = renewalFailed
        let stamps = files.stamps
        state = Mutex(State(context: try Self.context(role, files), stamps: stamps))
    }

    /// For who listens, and takes only those whose certificate comes from an authority.
    ///
    /// - Parameter renewalFailed: Told when files have changed and cannot be used.
    public static func mutualServer(
        authority: String, certificate: String, key: String,
        renewalFailed: @escaping @Sendable (CertificateError) -> Void = { _ in }
    ) throws(CertificateError) -> TransportSecurity {
        try TransportSecurity(
            .mutualServer, CertificateFiles(authority: authority, certificate: certificate, key: key), renewalFailed)
    }

    /// For who listens to callers that have no certificate and show otherwise who they are.
    public static func openServer(
        certificate: String, key: String, renewalFailed: @escaping @Sendable (CertificateError) -> Void = { _ in }
    ) throws(CertificateError) -> TransportSecurity {
        try TransportSecurity(.openServer, CertificateFiles(certificate: certificate, key: key), renewalFailed)
    }

    /// For who calls with a certificate of its own.
    ///
    /// - Parameter name: What the other side's certificate must be made out to.
    public static func client(
        authority: String, certificate: String, key: String, name: String,
        renewalFailed: @escaping @Sendable (CertificateError) -> Void = { _ in }
    ) throws(CertificateError) -> TransportSecurity {
        try TransportSecurity(
            .client(name: name), CertificateFiles(authority: authority, certificate: certificate, key: key),
            renewalFailed)
    }

    /// For who calls without a certificate.
    public static func client(
        authority: String, name: String, renewalFailed: @escaping @Sendable (CertificateError) -> Void = { _ in }
    ) throws(CertificateError) -> TransportSecurity {
        try TransportSecurity(.client(name: name), CertificateFiles(authority: authority), renewalFailed)
    }

    /// The handler that encrypts one connection.
    func handler() throws -> NIOSSLHandler {
        switch role {
        case .mutualServer, .openServer: NIOSSLServerHandler(context: currentContext())
        case .client(let name): try NIOSSLClientHandler(context: currentContext(), serverHostname: name)
        }
    }

    private func currentContext() -> NIOSSLContext {
        var failure: CertificateError?
        let context = state.withLock { state in
            let stamps = files.stamps
            guard stamps != state.stamps else { return state.context }
            state.stamps = stamps
            do throws(CertificateError) {
                state.context = try Self.context(role, files)
            } catch {
                failure = error
            }
            return state.context
        }
        if let failure { renewalFailed(failure) }
        return context
    }

    private static func context(_ role: Role, _ files: CertificateFiles) throws(CertificateError) -> NIOSSLContext {
        let authorities = try files.certificates(.authority)
        let chain = try files.certificates(.certificate)
        let key = try files.privateKey()
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.certificateVerification =
            switch role {
            case .mutualServer: .noHostnameVerification
            case .openServer: .none
            case .client: .fullVerification
            }
        configuration.trustRoots = .certificates(authorities)
        configuration.certificateChain = chain.map { .certificate($0) }
        configuration.privateKey = key.map { .privateKey($0) }
        // A side that is gone answers no farewell.
        configuration.shutdownTimeout = .seconds(1)
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            // Certificates and key are well formed each: they do not belong together.
            throw CertificateError(
                .key, files.path(.key) ?? "", .keyDoesNotFit(certificate: files.path(.certificate) ?? ""))
        }
    }

    /// Whether a text may be the name in a certificate: labels with points between them, and no address.
    public static func isName(_ text: String) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        let allowed = labels.allSatisfy { label in
            !label.isEmpty && label.utf8.count <= 63
                && label.utf8.allSatisfy { byte in
                    switch byte {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                        true
                    default: false
                    }
                }
        }
        // Numbers alone are an address.
        return allowed && text.utf8.count <= 253 && labels.last.map { Int($0) == nil } ?? false
    }
}
