import Foundation
import TestSupport
import Testing

@Suite("Networks/hcm at the command line")
struct HCMExampleTests {
    private static let folder = ProjectFolder.network("hcm")

    private func path(_ name: String) -> String { Self.folder.appending(path: name).path(percentEncoded: false) }

    @Test("The plan is accepted, and a plan with a second of yellow too little is not")
    func check() throws {
        let accepted = try Program.run(["check", path("network.json"), path("plan.json")])
        let folder = try Program.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let plan = try String(contentsOfFile: path("plan.json"), encoding: .utf8)
        let greedy = folder.appending(path: "plan.json").path(percentEncoded: false)
        try plan.replacing("\"duration_s\": 30,", with: "\"duration_s\": 31,")
            .write(toFile: greedy, atomically: true, encoding: .utf8)
        let refused = try Program.run(["check", path("network.json"), greedy])
        #expect(accepted.code == 0, "\(accepted.output)")
        #expect(accepted.output == "no violation\n")
        #expect(refused.code == 1)
        #expect(refused.output.contains("group NBL is green 3.0 s after group EB ends"))
    }

    @Test("Plan and flows give a delay for each of the twelve movements")
    func evaluate() throws {
        let result = try Program.run([
            "evaluate", path("network.json"), path("plan.json"), "--flows", path("flows.json"), "--json",
        ])
        #expect(result.code == 0, "\(result.errors)")
        #expect(result.output.components(separatedBy: "\"movement\":").count == 13)
    }

    /// Printed X of a lane group beside the movement that has it here, and what the model may differ by (README there).
    @Test(arguments: [
        ("EB through", 0.499, 0.013), ("EB right", 0.526, 0.013), ("WB through", 0.702, 0.013),
        ("WB right", 0.704, 0.013), ("SB through", 0.581, 0.013), ("SB right", 0.581, 0.013),
        ("NB through", 1.057, 0.04), ("NB right", 1.071, 0.04),
    ])
    func degreeOfSaturation(movement: String, printed: Double, tolerance: Double) throws {
        let result = try Program.run([
            "evaluate", path("network.json"), path("plan.json"), "--flows", path("flows.json"), "--json",
        ])
        let report = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        let movements = try #require(report["movements"] as? [[String: Any]])
        let row = try #require(movements.first { $0["movement"] as? String == movement })
        let saturation = try #require(row["degreeOfSaturation"] as? Double)
        #expect(abs(saturation - printed) <= tolerance)
    }
}
