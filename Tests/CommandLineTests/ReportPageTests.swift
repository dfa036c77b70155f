import Foundation
import TestSupport
import Testing

@Suite("Report pages at the command line")
struct ReportPageTests {
    /// Runs a line in a folder with the sound files.
    private func run(
        _ line: String, _ judge: (URL, Program.Result) throws -> Void
    ) throws {
        let folder = try Program.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, content) in SoundInput.files { try content.write(to: folder.appendingPathComponent(name)) }
        try judge(folder, Program.run(line.split(separator: " ").map(String.init), in: folder, timeLimit: 120))
    }

    private func page(in folder: URL) throws -> String {
        try String(contentsOf: folder.appendingPathComponent("report.html"), encoding: .utf8)
    }

    @Test("optimize writes plan and page, and all that the page says as JSON")
    func optimized() throws {
        try run("optimize network.json --counts counts.csv --effort 1 -o new.json --report report.html --json") {
            folder, result throws in
            #expect(result.code == 0, "\(result.errors)")
            let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
            let json = try #require(object as? [String: Any])
            let headline = try #require(json["headline"] as? [String: Any])
            let delay = try #require(headline["delay"] as? Double)
            #expect(json["delay"] as? Double == delay)
            #expect((json["detectors"] as? [String: Any])?["detectorCount"] is Int)
            let html = try page(in: folder)
            #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
            let before = try #require(html.components(separatedBy: "\" data-key=\"headline.delay\"").first)
            let shown = before.components(separatedBy: "<data value=\"").last.flatMap { Double($0) }
            #expect(abs(try #require(shown) - delay) <= 1e-12 * delay)
            #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent("new.json").path))
        }
    }

    @Test("evaluate writes a page beside its table, in Chinese where that is asked for")
    func evaluated() throws {
        try run("evaluate network.json plan.json --flows flows.json --report report.html --language zh") {
            folder, result throws in
            #expect(result.code == 0, "\(result.errors)")
            #expect(result.output.contains("Delay here: "))
            #expect(try page(in: folder).contains("<html lang=\"zh-Hans\">"))
        }
    }

    @Test("report writes the same page as evaluate does, and to standard output without a place for it")
    func reported() throws {
        var first = ""
        try run("evaluate network.json plan.json --counts counts.csv --report report.html") { folder, _ in
            first = try page(in: folder)
        }
        try run("report network.json plan.json --counts counts.csv -o report.html") { folder, result throws in
            #expect(result.code == 0 && result.output.isEmpty, "\(result.errors)")
            #expect(try page(in: folder) == first)
        }
        try run("report network.json plan.json --counts counts.csv") { _, result in #expect(result.output == first) }
    }

    @Test("with --all every lane group has its profile")
    func all() throws {
        try run("report network.json plan.json --counts counts.csv --all -o report.html --json") { _, result in
            let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
            let json = try #require(object as? [String: Any])
            let groups = try #require(json["laneGroups"] as? [Any])
            #expect(!groups.isEmpty && (json["profiles"] as? [Any])?.count == groups.count)
        }
    }

    private static func line(
        _ line: String, with files: [String: Data] = [:], code: Int32 = 65, _ message: String...
    ) -> BrokenInput {
        BrokenInput(line, files: files, line.split(separator: " ").map(String.init), code: code, message)
    }

    private static let folder = ["FOLDER/": Data()]

    static let broken: [BrokenInput] = [
        line("report NONE --flows flows.json -o OUT", "NONE: no such file"),
        line("report network.json NONE --flows flows.json -o OUT", "NONE: no such file"),
        line("report network.json plan.json --flows NONE -o OUT", "NONE: no such file"),
        line(
            "report network.json plan.json --flows flows.json -o NONE/OUT", code: 73, "NONE/OUT: cannot be written"),
        line("report network.json plan.json --flows flows.json -o FOLDER", with: folder, code: 73, "it is a folder"),
        line("report network.json plan.json -o OUT", code: 64, "--counts"),
        line("report network.json plan.json --flows flows.json --language fr -o OUT", code: 64, "--language"),
        line("report network.json plan.json --flows flows.json --json", code: 64, "-o"),
        line("evaluate network.json plan.json --flows flows.json --language zh", code: 64, "--report"),
        line(
            "evaluate network.json plan.json --flows flows.json --report NONE/OUT", code: 73,
            "NONE/OUT: cannot be written"),
        // Plan and page or neither.
        line(
            "optimize network.json --flows flows.json --effort 1 -o OUT --report NONE/PAGE", code: 73,
            "NONE/PAGE: cannot be written"),
        line(
            "optimize network.json --flows flows.json --effort 1 -o NONE/OUT --report PAGE", code: 73,
            "NONE/OUT: cannot be written"),
    ]

    @Test("ends with its exit code, a message that names the place and no file", arguments: broken)
    func refused(_ broken: BrokenInput) throws { try broken.judge() }
}
