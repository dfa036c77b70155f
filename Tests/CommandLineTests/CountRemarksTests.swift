import Foundation
import Testing

@Suite("What reports say of counts, at the command line")
struct CountRemarksTests {
    /// What a command prints in a folder with the sound files, and counts with more rows.
    private static func output(of line: String, rows: [String] = []) throws -> String {
        let folder = try Program.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, content) in SoundInput.files {
            let more = name == "counts.csv" ? Data(rows.map { $0 + "\n" }.joined().utf8) : Data()
            try (content + more).write(to: folder.appendingPathComponent(name))
        }
        let result = try Program.run(line.split(separator: " ").map(String.init), in: folder, timeLimit: 60)
        try #require(result.code == 0, "\(result.ending)\n\(result.errors)")
        return result.output
    }

    static let commands = [
        "evaluate network.json plan.json --counts counts.csv",
        "optimize network.json --counts counts.csv --effort 1 -o new.json",
    ]

    @Test("Reports say how many detectors were left out, and why", arguments: commands)
    func detectors(line: String) throws {
        let output = try Self.output(of: line)
        #expect(output.hasSuffix("3 of 11 detectors left out: 3 missing\n"))
    }

    @Test(
        "Reports say which detectors of the counts the network does not have, and take nothing from them",
        arguments: commands + ["flows network.json --counts counts.csv -o new.json"])
    func unknown(line: String) throws {
        let rows = ["stranger,5,1,1,,", "stranger,9000,1,1,,", "other,999999,1,1,,"]
        let output = try Self.output(of: line, rows: rows)
        let plain = try Self.output(of: line)
        let told = "left out, none of those that the network counts with: \"stranger\", \"other\""
        #expect(output == plain + "2 detectors of the counts \(told)\n")
    }

    @Test("What is no whole interval at the end of the period is said")
    func rest() throws {
        let line = "flows network.json --counts counts.csv --end 1700 --interval 300 -o new.json"
        let output = try Self.output(of: line)
        #expect(output.hasSuffix("the last 200 s left out: no whole interval of 300 s\n"))
    }

    @Test(
        "What a queue keeps outside to the end is said",
        arguments: ["flows network.json --counts counts.csv -o new.json"] + commands)
    func unseen(line: String) throws {
        let rows = (6..<12).map { "WC_0/entry,\($0 * 300),300,5,0.9," }
        let output = try Self.output(of: line, rows: rows)
        let told =
            "lane \"WC_0\": a queue stands over its entry from 1800 s to the end; 120 vehicles taken to wait outside"
        #expect(output.contains(told), "\(output.suffix(400))")
    }

    @Test("A queue that has stood over an entry from the start is said")
    func unknownDemand() throws {
        let rows = (0..<12).map { "WC_0/entry,\($0 * 300),300,\($0 % 2 + 5),0.9," }
        let content = String(decoding: SoundInput.files["counts.csv"] ?? Data(), as: UTF8.self)
        let others = content.split(separator: "\n").filter { !$0.hasPrefix("WC_0/entry,") } + rows.map { Substring($0) }
        let folder = try Program.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, content) in SoundInput.files { try content.write(to: folder.appendingPathComponent(name)) }
        try others.joined(separator: "\n")
            .write(to: folder.appendingPathComponent("counts.csv"), atomically: true, encoding: .utf8)
        let line = "flows network.json --counts counts.csv -o new.json"
        let result = try Program.run(line.split(separator: " ").map(String.init), in: folder, timeLimit: 60)
        let told = "lane \"WC_0\": a queue stands over its entry from the start to the end: more may wait outside"
        #expect(result.code == 0 && result.output.contains(told), "\(result)")
    }

    @Test("As JSON, the same is said of the counts as in words")
    func document() throws {
        let rows = (6..<12).map { "WC_0/entry,\($0 * 300),300,5,0.9," } + ["stranger,5,1,1,,"]
        let line = "flows network.json --counts counts.csv --end 3700 --interval 300 -o new.json --json"
        let output = try Self.output(of: line, rows: rows)
        let remarks = try #require(
            try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any], "\(output)")
        let detectors = try #require(remarks["detectors"] as? [String: Any])
        let faults = try #require(detectors["leftOut"] as? [[String: Any]])
        #expect(faults.map { $0["fault"] as? String } == ["missing", "missing", "missing"])
        #expect(remarks["unknownDetectors"] as? [String] == ["stranger"])
        #expect(remarks["secondsLeftOut"] as? Double == 100)
        let unseen = try #require((detectors["unseen"] as? [[String: Any]])?.first)
        #expect(unseen["lane"] as? String == "WC_0" && unseen["start"] as? Double == 1800)
        #expect(abs(try #require(unseen["vehicles"] as? Double) - 120) < 0.5)
    }
}
