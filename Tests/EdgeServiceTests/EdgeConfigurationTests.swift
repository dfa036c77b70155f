import EdgeService
import Formats
import Foundation
import SignalModel
import TestSupport
import Testing

@Suite("Configurations of controllers")
struct EdgeConfigurationTests {
    /// Changes to a sound configuration, and what the message must say.
    static let damages: [(change: [String: String], message: String)] = [
        (["version: 1": "version: 2"], "version"),
        (["version: 1": "version: x"], "version"),
        (["junction: J": "junction: K"], "\"K\""),
        (["network: network.json": "network: none.json"], "none.json"),
        (["network: network.json": ""], "network"),
        (["plan: plan.json": "plan: network.json"], "network.json"),
        (["\"00:00\"": "\"24:00\""], "fallback[0].from"),
        (["\"00:00\"": "midnight"], "fallback[0].from"),
        (["junction: J": "junction: J\ncolour: red"], "colour"),
        (["junction: J": "junction: J\nleases: {longestPlan_s: 1e9}"], "longestPlan_s"),
        (["junction: J": "junction: J\ntimeZone_min: 100000"], "timeZone_min"),
        (["junction: J": "junction: [J"], "J.yaml"),
        (["port: ": "port: -"], "centre.port"),
        (["port: ": "port: 99999999999999999999"], "port"),
        (["lamps: {path: lamps.jsonl}": "lamps: lamps.jsonl"], "lamps"),
    ]

    @Test("A sound configuration is read, with paths from its own folder")
    func sound() throws {
        let street = try EdgeProcess()
        defer { street.remove() }
        let configuration = try EdgeConfiguration.read(street.folder + "/J.yaml")
        #expect(configuration.lamps.path == street.folder + "/lamps.jsonl")
        #expect(configuration.centre?.port == street.port)
        let settings = try configuration.settings()
        #expect(settings.junction == SmallNetwork.junction)
        #expect(settings.fallback.map(\.plan) == [SmallStreet.fallback])
    }

    @Test("A broken one is refused with the field that is wrong", arguments: damages.indices)
    func broken(number: Int) async throws {
        let (change, message) = Self.damages[number]
        let street = try EdgeProcess()
        defer { street.remove() }
        let file = street.folder + "/J.yaml"
        var text = try String(contentsOfFile: file, encoding: .utf8)
        for (old, new) in change {
            #expect(text.contains(old))
            text = text.replacingOccurrences(of: old, with: new)
        }
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        let error = #expect(throws: FormatError.self) { try EdgeConfiguration.read(file).settings() }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
        let process = Process()
        process.executableURL = EdgeProcess.program
        process.arguments = [file]
        process.standardError = FileHandle.nullDevice
        try process.run()
        await process.end()
        #expect(process.terminationStatus == 65)
    }

    @Test("Rules with a gap are refused with the network's file, and a fallback plan that breaks them with its own")
    func unsafe() async throws {
        let street = try EdgeProcess()
        defer { street.remove() }
        func refusal() throws -> String {
            let error = #expect(throws: FormatError.self) {
                try EdgeConfiguration.read(street.folder + "/J.yaml").settings()
            }
            return error?.description ?? ""
        }
        let conflicting = Plan(network: "small", name: "fallback", junctions: [SmallStreet.conflicting])
        try JSONDocument.encode(conflicting).write(to: URL(fileURLWithPath: street.folder + "/plan.json"))
        #expect(try refusal().contains("plan.json"))
        var network = SmallNetwork.network
        network.junctions[0].intergreens.removeAll { [$0.ending, $0.starting] == ["main", "side"] }
        network.junctions[0].intergreens.removeAll { [$0.starting, $0.ending] == ["main", "side"] }
        try JSONDocument.encode(network).write(to: URL(fileURLWithPath: street.folder + "/network.json"))
        #expect(try refusal().contains("network.json"))
        #expect(try await street.check().code == 65)
    }

    @Test("Certificates are looked at when the configuration is checked, and the message names file and field")
    func certificates() async throws {
        let certificates = try await TrialCertificates()
        defer { certificates.remove() }
        let live = certificates.folder + "/live"
        try FileManager.default.copyItem(atPath: certificates.path(.good), toPath: live)
        let street = try EdgeProcess(certificates: live)
        defer { street.remove() }
        func check(_ field: String, _ words: String, file: String, _ damage: () throws -> Void) async throws {
            try damage()
            let (message, code) = try await street.check()
            #expect(code == 65 && message.contains(field) && message.contains(words), "\(message)")
            #expect(message.contains(live + "/" + file) && !message.contains("PRIVATE KEY"), "\(message)")
            try certificates.copy(.good, file, to: live + "/" + file)
            #expect(try await street.check().code == 0)
        }
        try await check("centre.tls.authority", "no file", file: "authority.pem") {
            try FileManager.default.removeItem(atPath: live + "/authority.pem")
        }
        try await check("centre.tls.certificate", "certificates in PEM", file: "edge.pem") {
            try "nonsense".write(toFile: live + "/edge.pem", atomically: false, encoding: .utf8)
        }
        try await check("centre.tls.key", "another key", file: "edge.key") {
            try certificates.copy(.other, "edge.key", to: live + "/edge.key")
        }
        try await check("centre.tls.key", "chmod 600", file: "edge.key") {
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: live + "/edge.key")
        }
        let yaml = street.folder + "/J.yaml"
        let text = try String(contentsOfFile: yaml, encoding: .utf8)
        try text.replacingOccurrences(of: "name: centre.example", with: "name: 10.0.0.1")
            .write(toFile: yaml, atomically: true, encoding: .utf8)
        #expect(try await street.check().message.contains("centre.tls.name"))
    }
}
