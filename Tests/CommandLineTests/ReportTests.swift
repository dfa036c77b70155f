import Formats
import Foundation
import TestSupport
import Testing

@Suite("Reports at the command line")
struct ReportTests {
    private static let folder = ProjectFolder.network("hangzhou")
    private static let demand = [
        folder.appendingPathComponent("network.json").path, "--counts",
        folder.appendingPathComponent("counts.csv").path, "--end", "600",
    ]

    /// A plan file with the present programs of the network, but for its name.
    private func planFile(in folder: URL) throws -> String {
        let data = try Data(contentsOf: Self.folder.appendingPathComponent("network.json"))
        let network = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let junctions = try #require(network["junctions"] as? [[String: Any]])
        let plan: [String: Any] = [
            "format": "greenband-plan", "version": 1, "network": "hangzhou", "name": "again", "notices": [],
            "junctions": try junctions.map { junction in
                let programs = try #require(junction["programs"] as? [[String: Any]])
                return try #require(programs.first?["plan"])
            },
        ]
        let file = folder.appendingPathComponent("plan.json")
        try JSONSerialization.data(withJSONObject: plan).write(to: file)
        return file.path
    }

    @Test("evaluate prints the plan beside the present one, and is silent on a standard error that is no terminal")
    func table() throws {
        let folder = try Program.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var arguments = Self.demand
        arguments.insert(try planFile(in: folder), at: 1)
        let result = try Program.run(["evaluate"] + arguments)
        #expect(result.code == 0)
        #expect(result.errors.isEmpty, "\(result.errors)")
        #expect(result.output.hasPrefix("network hangzhou, plan again: "))
        #expect(result.output.contains("Delay here: "))
        #expect(result.output.contains("Junction intersection_1_1: cycle 280 s (before: 280 s)"))
        let heads = result.output.components(separatedBy: "approach, movement").count - 1
        #expect(heads == 16)
    }

    @Test("the JSON has the keys that other programs read")
    func keys() throws {
        let result = try Program.run(["evaluate"] + Self.demand + ["--json"])
        #expect(result.code == 0)
        #expect(result.errors.isEmpty, "\(result.errors)")
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        #expect(json["presentDelay"] == nil, "the present programs have nothing before them")
        #expect(json["vehicles"] as? Double ?? 0 > 100)
        #expect(json["delay"] as? Double ?? 0 > 1)
        #expect((json["cycles"] as? [String: Double])?.count == 16)
        let movements = try #require(json["movements"] as? [[String: Any]])
        #expect(movements.count > 100)
        for row in movements {
            #expect(row["movement"] is String)
            for key in ["delay", "vehicles", "stops"] { #expect(row[key] is Double, "\(key)") }
        }
    }

    @Test("optimize prints before and after, and the same numbers as JSON")
    func optimized() throws {
        let folder = try Program.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = ["network.json", "flows.json", "plan.json"].map { folder.appendingPathComponent($0).path }
        let network = JunctionGenerator.junction(seed: 7)
        try JSONDocument.encode(network).write(to: URL(fileURLWithPath: files[0]))
        try JSONDocument.encode(FlowsGenerator.flows(for: network, seed: 7, greatestFlowPerLane: 200))
            .write(to: URL(fileURLWithPath: files[1]))
        let arguments = ["optimize", files[0], "--flows", files[1], "--effort", "1", "-o", files[2]]
        let table = try Program.run(arguments)
        #expect(table.code == 0 && table.errors.isEmpty, "\(table.errors)")
        let json = try Program.run(arguments + ["--json"])
        let report = try #require(
            try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any], "\(json.errors)")
        let delays = try ["presentDelay", "delay"].map { String(format: "%.1f", try #require(report[$0] as? Double)) }
        let lines = table.output.components(separatedBy: "\n").map { $0.split(separator: " ").joined(separator: " ") }
        #expect(lines.contains("per vehicle sent \(delays[0]) \(delays[1]) s/veh"))
        let subareas = try #require(report["subareas"] as? [[String: Any]])
        #expect(subareas.map { $0["isCoordinated"] is Bool } == [true])
        #expect(report["cycles"] is [String: Double])
        #expect(FileManager.default.fileExists(atPath: files[2]))
    }
}
