import Foundation
import TestSupport
import Testing

@Suite("A city of Tools/make-city")
struct CityTests {
    /// Whether the tests are to run: always in CI.
    static var isExpected: Bool { ProjectFolder.isPythonExpected }

    static let absence: Comment = "there is no .venv (Tools/setup): the test is skipped"

    /// Runs the script, and says how it ended.
    private func makeCity(_ arguments: [String]) throws -> (code: Int32, errors: String) {
        let process = Process()
        process.executableURL = ProjectFolder.python
        let script = ProjectFolder.root.appending(path: "Tools/make_city.py").path(percentEncoded: false)
        process.arguments = [script] + arguments
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, said)
    }

    @Test(
        "is the same each time, is read without a problem, and its traffic gains from a plan",
        .enabled(if: isExpected, absence))
    func city() throws {
        let folder = try Program.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let paths = ["one", "two"].map { folder.appending(path: $0).path(percentEncoded: false) }
        for path in paths {
            let made = try makeCity(["10", "3", path])
            try #require(made.code == 0, "\(made.errors)")
        }
        for name in ["network.json", "flows.json"] {
            let contents = try paths.map { try Data(contentsOf: URL(filePath: "\($0)/\(name)")) }
            let areSame = contents[0] == contents[1]
            #expect(areSame, "\(name) differs")
        }
        let (network, flows, plan) = (paths[0] + "/network.json", paths[0] + "/flows.json", paths[0] + "/plan.json")
        let optimized = try Program.run([
            "optimize", network, "--flows", flows, "--effort", "1", "-o", plan, "--json",
        ])
        try #require(optimized.code == 0, "\(optimized.errors)")
        let checked = try Program.run(["check", network, plan])
        let report = try JSONDecoder().decode(Delays.self, from: Data(optimized.output.utf8))
        #expect(checked.output == "no violation\n")
        #expect(report.delay < report.presentDelay)
        #expect(report.cycles.count == 10)
    }

    private struct Delays: Decodable {
        var delay: Double
        var presentDelay: Double
        var cycles: [String: Int]
    }

    @Test(
        "is not made where the arguments are wrong", .enabled(if: isExpected, absence),
        arguments: [
            ([], "expected 3 arguments, found 0"), (["3", "1"], "expected a number of junctions from 4"),
            (["ten", "1"], "found 'ten'"), (["10", "-1"], "expected a seed from 0"),
            (["10", "--seed"], "unknown option"),
        ] as [([String], String)])
    func wrongArguments(start: [String], message: String) throws {
        let folder = try Program.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let target = folder.appending(path: "city").path(percentEncoded: false)
        let refused = try makeCity(start.isEmpty ? [] : start + [target])
        #expect(refused.code == 64)
        #expect(refused.errors.contains(message), "\(refused.errors)")
        #expect(!FileManager.default.fileExists(atPath: target))
    }
}
