import CentreStore
import ControllerLink
import Foundation
import SignalModel
import TestSupport
import Testing

@testable import Service

@Suite("The centre as a process", .timeLimit(.minutes(5)))
struct CentreProcessTests {
    /// The built program.
    private static var program: URL {
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("greenband")
    }

    /// A centre that runs, and the ports that it told.
    private struct Running {
        let process: Process
        let ports: CityService.Ports
    }

    private func start(_ city: CityUnderTest) async throws -> Running {
        let configuration = city.folder + "/city.yaml"
        return try await aside { try Self.start(configuration) }
    }

    private static func start(_ configuration: String) throws -> Running {
        let process = Process()
        let output = Pipe()
        process.executableURL = program
        process.arguments = ["serve", configuration, "--log-level", "error"]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var line = Data()
        while !line.contains(UInt8(ascii: "\n")) {
            let part = output.fileHandleForReading.availableData
            guard !part.isEmpty else { throw CocoaError(.fileReadUnknown) }
            line += part
        }
        return Running(process: process, ports: try JSONDecoder().decode(CityService.Ports.self, from: line))
    }

    /// Runs the program to its end.
    private func run(_ arguments: [String]) async throws -> (code: Int32, error: String) {
        try await aside { try Self.run(arguments) }
    }

    private static func run(_ arguments: [String]) throws -> (code: Int32, error: String) {
        let process = Process()
        let errors = Pipe()
        process.executableURL = program
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = errors
        try process.run()
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    @Test("A centre that is killed again and again loses nothing that it acknowledged, and controllers fall back")
    func killed() async throws {
        let city = try CityUnderTest()
        defer { city.remove() }
        _ = try city.configure("lease_s: 10")
        var acknowledged: [Double] = []
        var lastSequence = 0
        for round in 0..<3 {
            let running = try await start(city)
            let port = running.ports.edges!
            let edge = try EdgeOfCity(time: 100_000 + 1000 * round)
            let (starts, sequence) = try await edge.connected(to: port) {
                var starts: [Double] = []
                for _ in 0..<30 {
                    let time = Double(await edge.time)
                    // `step` returns when the centre has acknowledged.
                    await edge.step([DetectorReading(detector: "WC in", start: time - 1, length: 1, count: 1)])
                    starts.append(time - 1)
                }
                let status = await edge.step()
                #expect(status.running == .plan)
                kill(running.process.processIdentifier, SIGKILL)
                await running.process.end()
                // The lease lapses within its time, and one cycle later at most the fallback programme runs.
                #expect(await edge.step(until: .fallback, atMost: 12))
                return (starts, status.lease ?? 0)
            }
            acknowledged += starts
            #expect(sequence > lastSequence)
            lastSequence = sequence
        }
        let stored = try CentreStore(reading: city.store).readings(detector: "WC in", from: 0, to: 1e9)
        #expect(Set(acknowledged).isSubset(of: Set(stored.map(\.reading.start))))
        #expect(acknowledged.count == 90)
        guard case .intact = try CentreStore(reading: city.store).audit.verify() else {
            Issue.record("the audit log is broken")
            return
        }
    }

    @Test("A damaged store is named, restored from its copy, and the centre goes on with what it had")
    func damaged() async throws {
        let city = try CityUnderTest()
        defer { city.remove() }
        _ = try city.configure()
        let first = try await start(city)
        let copied = try await CityUnderTest.ask(first.ports, "/api/v1/backup", as: "engineer", method: "POST")
        let copy = try #require(copied["path"] as? String)
        first.process.terminate()
        await first.process.end()
        #expect(first.process.terminationStatus == 0)
        let file = try #require(FileHandle(forUpdatingAtPath: city.store))
        try file.seek(toOffset: 4096)
        try file.write(contentsOf: Data(repeating: 0xa5, count: 8192))
        try file.close()
        let refused = try await run(["serve", city.folder + "/city.yaml"])
        #expect(refused.code == 65)
        #expect(refused.error.contains("damaged") && refused.error.contains("restore"))
        #expect(try await run(["store", "check", city.store]).code == 65)
        let restored = try await run(["store", "restore", copy, city.store, "--by", "test"])
        #expect(restored.code == 0, "\(restored.error)")
        #expect(try await run(["audit", "verify", city.store]).code == 0)
        let second = try await start(city)
        #expect(try await CityUnderTest.ask(second.ports, "/health").status == 200)
        second.process.terminate()
        await second.process.end()
    }

    @Test("A port that is taken, and a network that is not there, are named")
    func cannotStart() async throws {
        let city = try CityUnderTest()
        defer { city.remove() }
        _ = try city.configure()
        let running = try await start(city)
        let text = try String(contentsOfFile: city.folder + "/city.yaml", encoding: .utf8)
        let other = text.replacingOccurrences(of: "edges: {port: 0}", with: "edges: {port: \(running.ports.edges!)}")
            .replacingOccurrences(of: "centre.sqlite", with: "other.sqlite")
        try other.write(toFile: city.folder + "/other.yaml", atomically: true, encoding: .utf8)
        let taken = try await run(["serve", city.folder + "/other.yaml"])
        #expect(taken.code == 65 && taken.error.contains("listened"), "\(taken.error)")
        let open = text.replacingOccurrences(of: "edges: {port: 0}", with: "edges: {host: 0.0.0.0, port: 0}")
            .replacingOccurrences(of: "centre.sqlite", with: "third.sqlite")
        try open.write(toFile: city.folder + "/open.yaml", atomically: true, encoding: .utf8)
        let exposed = try await run(["serve", city.folder + "/open.yaml"])
        #expect(exposed.code == 65 && exposed.error.contains("0.0.0.0"), "\(exposed.error)")
        try FileManager.default.removeItem(atPath: city.folder + "/network.json")
        let missing = try await run(["serve", city.folder + "/other.yaml", "--check"])
        #expect(missing.code == 65 && missing.error.contains("network.json"), "\(missing.error)")
        running.process.terminate()
        await running.process.end()
    }

    @Test("Certificates that cannot be read are named before anything listens", arguments: ["edges", "http"])
    func badCertificates(field: String) async throws {
        let city = try CityUnderTest()
        defer { city.remove() }
        _ = try city.configure()
        let file = city.folder + "/city.yaml"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(text.contains("\(field): {port: 0}"))
        let authority = field == "edges" ? "authority: centre.pem, " : ""
        try "no certificate\n".write(toFile: city.folder + "/centre.pem", atomically: true, encoding: .utf8)
        try text.replacingOccurrences(
            of: "\(field): {port: 0}",
            with: "\(field): {port: 0, tls: {\(authority)certificate: centre.pem, key: centre.pem}}"
        ).write(toFile: file, atomically: true, encoding: .utf8)
        for command in [["serve", file, "--check"], ["serve", file]] {
            let refused = try await run(command)
            #expect(refused.code == 65 && refused.error.contains("\(field).tls"), "\(refused.error)")
            #expect(refused.error.contains("city.yaml"))
        }
    }
}
