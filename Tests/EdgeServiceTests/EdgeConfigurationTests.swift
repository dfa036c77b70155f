import EdgeService
import Formats
import Foundation
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
    func broken(number: Int) throws {
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
        process.waitUntilExit()
        #expect(process.terminationStatus == 65)
    }
}
