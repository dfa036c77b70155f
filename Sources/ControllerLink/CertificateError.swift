/// What is wrong with a file of certificates or keys, or with the name that goes with them.
public struct CertificateError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Which setting is meant.
    public enum Field: String, Sendable, CaseIterable {
        /// The certificates of the authorities that the other side's certificate must come from.
        case authority
        /// The own certificate, followed by those between it and the authority.
        case certificate
        /// The key of the own certificate.
        case key
        /// The name that the other side's certificate must have.
        case name
    }

    /// What kind of fault it is.
    public enum Fault: Equatable, Sendable {
        case missing
        case unreadable(String)
        /// The file has no certificate, or no key, in PEM.
        case notPEM
        /// The key is not that of the certificate in another file.
        case keyDoesNotFit(certificate: String)
        /// The file of a key may be read by others than its owner; its permissions, octal.
        case readableByOthers(permissions: String)
        /// The name is empty or an address, which certificates of ours do not carry.
        case noName
    }

    /// Which setting is meant.
    public var field: Field
    /// The file, or the name.
    public var file: String
    /// What is wrong.
    public var fault: Fault

    /// States a fault.
    public init(_ field: Field, _ file: String, _ fault: Fault) {
        self.field = field
        self.file = file
        self.fault = fault
    }

    /// What should stand there.
    public var expected: String {
        switch fault {
        case .readableByOthers: "a key that its owner alone can read"
        case .keyDoesNotFit(let certificate): "the key of the certificate in \(certificate)"
        case .noName: "a name such as \"centre.example\""
        case .missing, .unreadable, .notPEM:
            field == .key ? "a private key in PEM, without a passphrase" : "certificates in PEM"
        }
    }

    /// What was found, without anything out of the file.
    public var found: String {
        switch fault {
        case .missing: "no file \(file)"
        case .unreadable(let reason): "\(file), which cannot be read: \(reason)"
        case .notPEM: "\(file), which is none"
        case .keyDoesNotFit: "another key in \(file)"
        case .readableByOthers(let permissions): "\(file) with permissions \(permissions); run: chmod 600 \(file)"
        case .noName: file.isEmpty ? "none" : "\"\(file)\""
        }
    }

    /// One sentence for people.
    public var description: String { "\(field.rawValue): expected \(expected), found \(found)" }
}
