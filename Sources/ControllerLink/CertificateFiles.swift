import Foundation
import NIOSSL

/// The files that one side's certificates and key are in.
struct CertificateFiles: Equatable, Sendable {
    /// What shows that a file has changed.
    struct Stamp: Equatable, Sendable {
        var modified: Date?
        var size: Int?
        var number: Int?
    }

    /// Greatest size of a file that is read, bytes.
    private static let greatestSize = 1 << 20

    var authority: String?
    var certificate: String?
    var key: String?

    /// The path of a file; nothing where there is none.
    func path(_ field: CertificateError.Field) -> String? {
        switch field {
        case .authority: authority
        case .certificate: certificate
        case .key: key
        case .name: nil
        }
    }

    /// How the files stand now.
    var stamps: [Stamp?] {
        [authority, certificate, key].map { path in
            guard let path, let found = try? FileManager.default.attributesOfItem(atPath: path) else { return nil }
            return Stamp(
                modified: found[.modificationDate] as? Date, size: (found[.size] as? NSNumber)?.intValue,
                number: (found[.systemFileNumber] as? NSNumber)?.intValue)
        }
    }

    /// The certificates of a file, at least one; none where there is no such file.
    func certificates(_ field: CertificateError.Field) throws(CertificateError) -> [NIOSSLCertificate] {
        guard let path = path(field) else { return [] }
        let bytes = try read(path, field)
        guard let certificates = try? NIOSSLCertificate.fromPEMBytes(bytes), !certificates.isEmpty else {
            throw CertificateError(field, path, .notPEM)
        }
        return certificates
    }

    /// The private key, where there is one.
    func privateKey() throws(CertificateError) -> NIOSSLPrivateKey? {
        guard let key else { return nil }
        let bytes = try read(key, .key)
        let permissions = (try? FileManager.default.attributesOfItem(atPath: key))?[.posixPermissions] as? NSNumber
        let mode = permissions?.intValue ?? 0o777
        guard mode & 0o077 == 0 else {
            throw CertificateError(.key, key, .readableByOthers(permissions: String(mode, radix: 8)))
        }
        guard let read = try? NIOSSLPrivateKey(bytes: bytes, format: .pem) else {
            throw CertificateError(.key, key, .notPEM)
        }
        return read
    }

    private func read(_ path: String, _ field: CertificateError.Field) throws(CertificateError) -> [UInt8] {
        guard FileManager.default.fileExists(atPath: path) else { throw CertificateError(field, path, .missing) }
        do {
            let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? file.close() }
            let data = try file.read(upToCount: Self.greatestSize + 1) ?? Data()
            guard data.count <= Self.greatestSize else { throw CertificateError(field, path, .notPEM) }
            return Array(data)
        } catch let error as CertificateError {
            throw error
        } catch {
            throw CertificateError(field, path, .unreadable((error as NSError).localizedDescription))
        }
    }
}
