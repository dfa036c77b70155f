import Foundation
import SignalModel
import Synchronization
import TestSupport
import Testing

@testable import ControllerLink

@Suite("Files of certificates")
struct TransportSecurityTests {
    private static func client(_ folder: String) throws(CertificateError) -> TransportSecurity {
        try .client(
            authority: folder + "/authority.pem", certificate: folder + "/edge.pem", key: folder + "/edge.key",
            name: TrialCertificates.centre)
    }

    @Test("What is wrong with a file names the setting, the file and what to do")
    func files() async throws {
        let certificates = try await TrialCertificates()
        defer { certificates.remove() }
        let folder = certificates.path(.good)
        _ = try Self.client(folder)
        func fault(_ damage: (String) throws -> Void) throws -> CertificateError? {
            let copy = certificates.folder + "/" + UUID().uuidString
            try FileManager.default.copyItem(atPath: folder, toPath: copy)
            try damage(copy)
            do {
                _ = try Self.client(copy)
                return nil
            } catch {
                #expect(error.description.contains(error.file))
                return error
            }
        }
        for (field, file) in [
            (CertificateError.Field.authority, "authority.pem"), (.certificate, "edge.pem"), (.key, "edge.key"),
        ] {
            let missing = try fault { try FileManager.default.removeItem(atPath: $0 + "/" + file) }
            #expect(missing?.field == field && missing?.fault == .missing)
            for text in ["", "nonsense", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
                let malformed = try fault {
                    let path = $0 + "/" + file
                    try text.write(toFile: path, atomically: false, encoding: .utf8)
                }
                #expect(malformed?.field == field && malformed?.fault == .notPEM, "\(file) \(text)")
            }
        }
        let open = try fault {
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: $0 + "/edge.key")
        }
        #expect(open?.fault == .readableByOthers(permissions: "640"))
        #expect(open?.description.contains("chmod 600") == true)
        let other = try fault { try certificates.copy(.other, "edge.key", to: $0 + "/edge.key") }
        guard case .keyDoesNotFit(let certificate)? = other?.fault else {
            Issue.record("a key that does not fit: \(String(describing: other))")
            return
        }
        #expect(certificate.hasSuffix("/edge.pem") && other?.field == .key)
    }

    @Test("Names of hosts are taken, addresses are not")
    func names() {
        for name in ["centre.example", "centre", "a-b.c_d.example", "7.example"] {
            #expect(TransportSecurity.isName(name), "\(name)")
        }
        for name in ["", ".", "a..b", "10.0.0.1", "::1", "ä.example", "a b", "a/b", String(repeating: "a", count: 64)] {
            #expect(!TransportSecurity.isName(name), "\(name)")
        }
    }

    @Test("A junction of any name is found again in the name of a certificate")
    func junctions() {
        for name in ["J", "K 1/ä", "%41", "a,b;c:d$\"\n", "交差点"] {
            let uri = CertificateIdentity.uri(of: JunctionID(name))
            #expect(uri.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: ",") })
            #expect(CertificateIdentity.junction(ofURI: uri) == JunctionID(name))
        }
        #expect(CertificateIdentity.uri(of: "K 1/ä") == "greenband:junction:K%201%2F%C3%A4")
        for uri in ["", "greenband:junction:", "greenband:junction:%FF", "https://J", "greenband:other:J"] {
            #expect(CertificateIdentity.junction(ofURI: uri) == nil, "\(uri)")
        }
    }

    @Test("Nobody listens beyond the loopback without encryption, and nobody is kept from it with")
    func exposure() async throws {
        for host in ["127.0.0.1", "127.8.9.1", "::1", "localhost"] {
            #expect(throws: Never.self) { try LinkListener.requireSecurity(host: host, isEncrypted: false) }
        }
        for host in ["0.0.0.0", "::", "10.0.0.1", "centre.example", "", "127.0.0.1.example"] {
            #expect(throws: LinkError.exposed(host: host)) {
                try LinkListener.requireSecurity(host: host, isEncrypted: false)
            }
            #expect(throws: Never.self) { try LinkListener.requireSecurity(host: host, isEncrypted: true) }
        }
        var server = CentreServer(time: { 0 })
        server.host = "0.0.0.0"
        await #expect(throws: LinkError.exposed(host: "0.0.0.0")) {
            try await server.run(receiver: CentreServerTests.Ears()) { _ in }
        }
        var feeds = FeedServer(time: { 0 })
        feeds.host = "::"
        await #expect(throws: LinkError.exposed(host: "::")) {
            try await feeds.run(receiver: TestFeeds()) { _ in }
        }
    }

    @Test("Files that change are read anew; damaged ones are reported once and leave those before in force")
    func renewal() async throws {
        let certificates = try await TrialCertificates()
        defer { certificates.remove() }
        let live = certificates.folder + "/live"
        try FileManager.default.copyItem(atPath: certificates.path(.good), toPath: live)
        let failures = Failures()
        var server = CentreServer(time: { 0 })
        server.security = try .mutualServer(
            authority: live + "/authority.pem", certificate: live + "/centre.pem", key: live + "/centre.key"
        ) { error in failures.list.withLock { $0.append(error) } }
        let client = try Self.client(certificates.path(.good))
        let hello = EdgeMessage.Hello(versions: [1], junction: "J", software: "test", lastSequence: 0)
        try await server.run(receiver: CentreServerTests.Ears()) { port in
            func call() async -> LinkError {
                await EdgeClient.run(port: port, hello: hello, security: client, receiver: Leaver())
            }
            #expect(await call().isEndInOrder)
            try "half of a".write(toFile: live + "/centre.pem", atomically: false, encoding: .utf8)
            #expect(await call().isEndInOrder)
            #expect(await call().isEndInOrder)
            #expect(failures.list.withLock { $0.map(\.fault) } == [.notPEM])
            for file in ["centre.pem", "centre.key"] { try certificates.copy(.expired, file, to: live + "/" + file) }
            #expect(await call() == .handshakeFailed(.certificate(.expired, of: .other)))
            for file in ["centre.pem", "centre.key"] { try certificates.copy(.good, file, to: live + "/" + file) }
            #expect(await call().isEndInOrder)
        }
    }

    private final class Failures: Sendable {
        let list = Mutex<[CertificateError]>([])
    }

    /// A controller that says goodbye as soon as it is known.
    private struct Leaver: EdgeClient.Receiver {
        func connected(_ sender: LinkSender<EdgeMessage>, _ welcome: CentreMessage.Welcome) {
            sender.send(.goodbye(Goodbye(reason: "done")))
        }
        func received(_ message: CentreMessage) {}
    }
}

extension LinkError {
    /// Whether the connection was made and ended as it should.
    var isEndInOrder: Bool { self == .disconnected("the other side closed the connection") }
}
