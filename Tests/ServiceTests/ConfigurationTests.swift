import Formats
import Foundation
import TestSupport
import Testing

@testable import Service

@Suite("The centre's configuration")
struct ConfigurationTests {
    private static let digest = String(repeating: "a", count: 64)

    private static let whole = """
        version: 1
        network: network.json
        store: centre.sqlite
        edges: {port: 7400}
        """

    private func read(_ text: String) throws -> CityConfiguration {
        let folder = FileManager.default.temporaryDirectory.path + "/greenband-test-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try text.write(toFile: folder + "/city.yaml", atomically: true, encoding: .utf8)
        return try CityConfiguration.read(folder + "/city.yaml")
    }

    @Test("The least configuration is enough")
    func least() throws {
        let configuration = try read(Self.whole)
        #expect(configuration.edges.port == 7400)
        #expect(configuration.network.hasPrefix("/") && configuration.network.hasSuffix("/network.json"))
    }

    @Test(
        "What is wrong is named with its field",
        arguments: [
            ("version: 2\n", "version"), ("edges: {port: 70000}\n", "edges.port"), ("edges: {port: x}\n", "edges.port"),
            ("lease_s: 1\n", "lease_s"), ("lease_s: .nan\n", "lease_s"), ("timeZone_min: 5000\n", "timeZone_min"),
            ("colour: red\n", "colour"), ("clock: sundial\n", "clock"), ("http: {}\n", "http.port"),
            ("people: [{name: a, role: king, token_sha256: \(digest)}]\n", "people[0].role"),
            ("people: [{name: a, role: viewer, token_sha256: secret}]\n", "people[0].token_sha256"),
            ("feed: {port: 1, sources: [{name: a, token_sha256: zz}]}\n", "feed.sources[0].token_sha256"),
            ("adaptation: {every_s: 5}\n", "adaptation.every_s"),
            ("adaptation: {window_s: -1}\n", "adaptation.window_s"),
            ("adaptation: {approval: nobody}\n", "adaptation.approval"),
            ("retention: {readings_h: 0}\n", "retention.readings_h"),
            ("backup: {path: b, every_h: 0}\n", "backup.every_h"),
            ("edges: {port: 1, tls: {certificate: c, key: k}}\n", "edges.tls.authority"),
            ("districts: 7\n", "districts"),
        ])
    func faults(change: String, field: String) throws {
        let key = change.split(separator: ":")[0]
        let lines = Self.whole.split(separator: "\n").filter { !$0.hasPrefix("\(key):") }
        #expect {
            _ = try read(lines.joined(separator: "\n") + "\n" + change)
        } throws: { error in
            (error as? FormatError)?.description.contains(field) ?? false
        }
    }

    @Test(
        "What is no configuration at all is refused",
        arguments: ["", "[", "just words", "- 1\n- 2", "version: 1", "\u{0}\u{1}", "a: &a [*a]"])
    func nonsense(text: String) {
        #expect(throws: FormatError.self) { _ = try read(text) }
    }

    @Test("A secret that is wrong is not repeated in the message")
    func noSecretInMessages() {
        let text = Self.whole + "\npeople: [{name: a, role: viewer, token_sha256: my-secret-token}]\n"
        #expect {
            _ = try read(text)
        } throws: { !"\($0)".contains("my-secret-token") }
    }
}
