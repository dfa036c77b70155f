import ControllerLink
import Formats
import Foundation
import SignalModel
import StageControl
import TestSupport
import Testing

/// The built daemon with its files in a folder, and what its lamps showed.
struct EdgeProcess {
    let folder: String
    let port: Int

    /// - Parameter certificates: Folder of the certificates for an encrypted link; without it it is not.
    init(certificates: String? = nil) throws {
        folder = FileManager.default.temporaryDirectory.path + "/greenband-test-\(UUID().uuidString)"
        // Away from the ports that the system hands out itself.
        port = Int.random(in: 20_000..<32_000)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try JSONDocument.encode(SmallNetwork.network).write(to: URL(fileURLWithPath: folder + "/network.json"))
        let plan = Plan(network: "small", name: "fallback", junctions: [SmallStreet.fallback])
        try JSONDocument.encode(plan).write(to: URL(fileURLWithPath: folder + "/plan.json"))
        let encryption = certificates.map {
            ", tls: {authority: \($0)/authority.pem, certificate: \($0)/edge.pem, key: \($0)/edge.key, name: centre.example}"
        }
        try """
        version: 1
        junction: J
        network: network.json
        fallback:
          - {from: "00:00", plan: plan.json}
        state: state.json
        lamps: {path: lamps.jsonl}
        centre: {port: \(port)\(encryption ?? "")}
        """.write(toFile: folder + "/J.yaml", atomically: true, encoding: .utf8)
    }

    /// Has the controller control its junction by itself, with loops that deliver at a port of its own.
    func makeLocal() throws {
        var network = SmallNetwork.network
        network.detectors += network.detectorsForControl()
        try JSONDocument.encode(network).write(to: URL(fileURLWithPath: folder + "/network.json"))
        let file = folder + "/J.yaml"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        try (text + "\nlocalControl: true\ndetectors: {port: \(port + 1)}\n").write(
            toFile: file, atomically: true, encoding: .utf8)
    }

    /// Loops in another language: a vehicle stands at the stop line of the side road, and nobody is anywhere else.
    func startLoops() throws -> Process {
        let loops = SmallNetwork.network.detectorsForControl().map(\.id.text)
        let script = """
            import json, socket, sys, time
            port, loops = int(sys.argv[1]), sys.argv[2:]
            while True:
                try:
                    link = socket.create_connection(("127.0.0.1", port))
                    break
                except OSError:
                    time.sleep(0.1)
            while True:
                time.sleep(1 - time.time() % 1)
                second = round(time.time()) - 1
                for loop in loops:
                    there = loop.startswith("SC_0/loop/97")
                    link.sendall((json.dumps({
                        "detector": loop, "start_s": second, "length_s": 1, "count": 0, "occupancy": int(there),
                        "present": there}) + "\\n").encode())
            """
        return try start(
            URL(fileURLWithPath: "/usr/bin/env"), ["python3", "-c", script, String(port + 1)] + loops)
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    static var program: URL {
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appendingPathComponent("greenband-edge")
    }

    func startEdge() throws -> Process { try start(Self.program, [folder + "/J.yaml"]) }

    /// What the daemon says when it is asked to check its configuration, and its exit code.
    func check() async throws -> (message: String, code: Int32) {
        let file = folder + "/J.yaml"
        return try await aside { try Self.check(file) }
    }

    private static func check(_ file: String) throws -> (message: String, code: Int32) {
        let process = Process()
        process.executableURL = program
        process.arguments = ["--check", file]
        let pipe = Pipe()
        process.standardError = pipe
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (String(decoding: data, as: UTF8.self), process.terminationStatus)
    }

    /// A centre in another language, written from the protocol's description alone.
    func startCentre() throws -> Process {
        let lease = try JSONEncoder().encode(LeaseContent.plan(SmallStreet.other))
        let script = """
            import json, socket, sys, time
            content = json.loads(sys.argv[2])
            server = socket.create_server(("127.0.0.1", int(sys.argv[1])))
            log = open(sys.argv[3], "a", buffering=1)
            while True:
                link, _ = server.accept()
                numbers, sequence, last = 0, 0, 0
                def say(**message):
                    global numbers
                    numbers += 1
                    link.sendall((json.dumps({"number": numbers, **message}) + "\\n").encode())
                for line in link.makefile("r"):
                    heard = json.loads(line)
                    log.write(line)
                    if heard["type"] == "hello":
                        sequence = heard["lastSequence"]
                        say(type="welcome", version=1, heartbeat_s=5)
                    say(type="acknowledge", upTo=heard["number"])
                    if time.time() - last > 2:
                        last, sequence = time.time(), sequence + 1
                        say(type="lease", junction="J", sequence=sequence, issued_s=last, expires_s=last + 6,
                            content=content)
            """
        return try start(
            URL(fileURLWithPath: "/usr/bin/env"),
            ["python3", "-c", script, String(port), String(decoding: lease, as: UTF8.self), folder + "/centre.log"])
    }

    private func start(_ program: URL, _ arguments: [String]) throws -> Process {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// What the centre has heard, as text.
    var heard: String { (try? String(contentsOfFile: folder + "/centre.log", encoding: .utf8)) ?? "" }

    /// Waits until the centre has heard something, s at most.
    func waitUntilHeard(_ text: String, within seconds: Double = 60, after start: Int = 0) async throws {
        let end = Date().timeIntervalSince1970 + seconds
        // Looks at least twice, however long the tests before have kept this one waiting.
        for round in 0... where round < 2 || Date().timeIntervalSince1970 < end {
            if heard.dropFirst(start).contains(text) { return }
            try await Task.sleep(for: .milliseconds(200))
        }
        Issue.record("the centre never heard \(text)")
    }

    /// Every second that the lamps showed, s of network time with the aspects of main, side and walk.
    func shown() throws -> [(time: Int, aspects: [String])] {
        struct Line: Decodable {
            var time_s: Double
            var aspects: [String: String]
        }
        let text = (try? String(contentsOfFile: folder + "/lamps.jsonl", encoding: .utf8)) ?? ""
        return try text.split(separator: "\n").map { line in
            let line = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
            return (Int(line.time_s), ["main", "side", "walk"].map { line.aspects[$0] ?? "" })
        }
    }

    /// Breaches in seconds of lamps that show on what they showed where there is a gap.
    static func breaches(in shown: [(time: Int, aspects: [String])]) -> [String] {
        var monitor = StreetMonitor(SmallStreet.junction)
        var last: (time: Int, aspects: [String])?
        for second in shown {
            if let last { for _ in 0..<max(0, second.time - last.time - 1) { monitor.watch(last.aspects) } }
            monitor.watch(second.aspects)
            last = second
        }
        return monitor.breaches
    }

    /// Whether all groups are green exactly when the fallback plan has them so.
    static func followsFallback(_ shown: some Sequence<(time: Int, aspects: [String])>) -> Bool {
        let plan = SmallStreet.fallback
        return shown.allSatisfy { second in
            let position = Double((second.time - Int(plan.offset)) % Int(plan.cycle))
            return zip(plan.greens, second.aspects).allSatisfy { greens, aspect in
                let isGreen = greens.intervals.contains { (0..<$0.duration).contains(position - $0.start) }
                return isGreen == (aspect == "green")
            }
        }
    }
}
