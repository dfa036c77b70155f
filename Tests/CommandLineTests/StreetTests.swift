import Foundation
import Formats
import SignalModel
import TestSupport
import Testing

@Suite(
    "Streets at the command line",
    .enabled(
        if: SUMOProgram.isExpected && SharedData.isExpected, "SUMO or ../shared is not there: the test is skipped"))
struct StreetTests {
    private static func arguments(_ rest: String...) throws -> [String] {
        let folder = try SharedData.url("data/sumo/ingolstadt1").path
        return [
            "street", "--net", folder + "/ingolstadt1.net.xml", "--routes", folder + "/ingolstadt1.rou.xml", "--begin",
            "57600", "--end", "57900",
        ] + rest
    }

    @Test("The last line is one JSON object with the delay first; trips are kept where asked for")
    func figures() throws {
        let folder = try Program.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let trips = folder.appendingPathComponent("trips.xml").path
        let long = try Program.run(Self.arguments("--tripinfo", trips))
        let short = try Program.run(Self.arguments("--json"))
        #expect(long.code == 0 && long.errors.isEmpty, "\(long.errors)")
        let line = try #require(long.output.split(separator: "\n").last)
        #expect(short.output == line + "\n")
        #expect(line.hasPrefix("{\"total_delay\": "))
        let result = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        let delay = try #require(result["total_delay"] as? Double)
        let vehicles = try #require(result["vehicles"] as? Double)
        #expect(result["control"] as? String == "fallback")
        // The same from SUMO's own account.
        let lost = try String(contentsOfFile: trips, encoding: .utf8).matches(
            of: #/<tripinfo [^>]*departDelay="([0-9.]+)"[^>]*timeLoss="([0-9.]+)"/#
        ).map { (Double($0.1) ?? 0) + (Double($0.2) ?? 0) }
        #expect(Double(lost.count) == vehicles)
        #expect(abs(lost.reduce(0, +) / vehicles - delay) < 1e-9 * delay)
    }

    @Test(
        "Second by second, by the centre or by the controllers, delay is far below that of the programs",
        arguments: ["adaptive", "local"])
    func adaptive(control: String) throws {
        func run(_ options: String...) throws -> (delay: Double, seconds: [String: Int], refused: Int?, line: String) {
            let result = try Program.run(Self.arguments() + ["--end", "58800", "--json"] + options)
            #expect(result.code == 0, "\(result.errors)")
            let figures = try #require(
                try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
            return (
                try #require(figures["total_delay"] as? Double), try #require(figures["seconds"] as? [String: Int]),
                figures["leases_refused"] as? Int, result.output
            )
        }
        let own = try run()
        let ours = try run("--control", control)
        #expect(ours.delay < 0.7 * own.delay)
        #expect(ours.seconds[control == "local" ? "local" : "groups", default: 0] >= 1190)
        #expect(ours.refused ?? 0 == 0)
        #expect(try run("--control", control).line == ours.line)
    }

    @Test("Detectors for control are placed once, beside those that count")
    func detectors() throws {
        let folder = try Program.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let net = try SharedData.url("data/sumo/ingolstadt1/ingolstadt1.net.xml").path
        let paths = ["counted", "once", "twice"].map { folder.appendingPathComponent($0 + ".json").path }
        #expect(try Program.run(["import", "sumo", net, "-o", paths[0]]).code == 0)
        let placed = try Program.run(["detectors", paths[0], "-o", paths[1], "--json"])
        #expect(placed.code == 0, "\(placed.errors)")
        let counted = try JSONDocument.read(Network.self, from: paths[0])
        let controlled = try JSONDocument.read(Network.self, from: paths[1])
        let added = controlled.detectors.filter { !$0.purpose.isCounting }
        #expect(added.count { $0.purpose == .control } > 20 && added.contains { $0.purpose == .inside })
        #expect(controlled.detectors.count == counted.detectors.count + added.count)
        #expect(try Program.run(["detectors", paths[1], "-o", paths[2]]).code == 0)
        #expect(
            try Data(contentsOf: URL(fileURLWithPath: paths[1])) == Data(contentsOf: URL(fileURLWithPath: paths[2])))
        #expect(try Program.run(["detectors", net]).code == 65)
    }

    @Test("What cannot be run is refused before SUMO starts")
    func refusals() throws {
        let folder = try Program.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let net = try SharedData.url("data/sumo/ingolstadt1/ingolstadt1.net.xml").path
        let network = try SUMONetworkReader.read(network: net).network
        var plan = Plan(network: network.name, name: "bad", junctions: [network.junctions[0].programs[0].plan])
        for group in plan.junctions[0].greens.indices {
            plan.junctions[0].greens[group].intervals = [
                GreenInterval(start: 0, duration: plan.junctions[0].cycle)
            ]
        }
        let path = folder.appendingPathComponent("bad.json")
        try JSONDocument.encode(plan).write(to: path)
        let unsafe = try Program.run(Self.arguments("--control", "plan", "--plan", path.path))
        #expect(unsafe.code == 1 && unsafe.errors.contains("green together"), "\(unsafe.errors)")
        let wrong = [
            ["--control", "plan"], ["--plan", path.path], ["--control", "bandit"], ["--end", "57600"],
            ["--begin", "0.5"], ["--seed", "-1"], ["--pace", "0"], ["--pace", "2", "--real-time"],
            ["--centre", "here"],
            ["--centre", "127.0.0.1:7400", "--control", "adaptive"],
        ]
        for options in wrong {
            let result = try Program.run(try Self.arguments() + options)
            #expect(result.code == 64, "\(options): \(result.code) \(result.errors)")
            #expect(result.output.isEmpty)
        }
        let missing = try Program.run(["street", "--net", "no.xml", "--routes", "no.xml", "--begin", "0", "--end", "9"])
        #expect(missing.code == 65 && missing.errors.contains("no.xml"))
    }
}
