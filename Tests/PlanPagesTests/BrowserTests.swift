import Foundation
import PlanPages
import TestSupport
import Testing

@Suite("The page in Chromium", .serialized)
struct BrowserTests {
    /// What Tests/PlanPagesTests/look_at_page.py saw.
    struct Sight: Decodable {
        var tagFaults: [String]
        var unclosed: [String]
        var openSeconds: Double
        var cells: Int
        var figures: Int
        var wrong: Int
        var firstWrong: [String]
        var scripts: Int
        var handlers: Int
        var hostile: Int
        var language: String
        var heading: String
        var pictures: Int
        var brokenNumbers: Int
        var axe: [String]
        var pdfBytes: Int
        var narrowWidth: Int
        var messages: [String]
        var requests: [String]
    }

    private static let isExpected = ProjectFolder.isBrowserExpected
    private static let absence: Comment = "Chromium or .venv is not there (Tools/setup): the test is skipped"

    private func look(at sample: PageSample, _ language: PageLanguage) throws -> Sight {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("page-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (page, report, sight) = (
            folder.appendingPathComponent("page.html"), folder.appendingPathComponent("report.json"),
            folder.appendingPathComponent("sight.json")
        )
        try Data(sample.html(language).utf8).write(to: page)
        try JSONEncoder().encode(sample.report).write(to: report)
        try Data().write(to: sight)
        let process = Process()
        process.executableURL = ProjectFolder.python
        process.arguments = [
            ProjectFolder.root.appendingPathComponent("Tests/PlanPagesTests/look_at_page.py").path, page.path,
            report.path,
            folder.path,
        ]
        process.standardOutput = try FileHandle(forWritingTo: sight)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return try JSONDecoder().decode(Sight.self, from: Data(contentsOf: sight))
    }

    /// What holds for every page.
    private func judge(_ sight: Sight) {
        #expect(sight.tagFaults.isEmpty && sight.unclosed.isEmpty, "\(sight.tagFaults) \(sight.unclosed)")
        #expect(sight.messages.isEmpty, "\(sight.messages)")
        #expect(sight.requests.isEmpty, "\(sight.requests)")
        #expect(sight.scripts == 0 && sight.handlers == 0 && sight.hostile == 0)
        #expect(sight.wrong == 0, "\(sight.firstWrong)")
        #expect(sight.brokenNumbers == 0)
        #expect(sight.axe.isEmpty, "\(sight.axe)")
        #expect(sight.narrowWidth <= 390, "the page scrolls sideways on a phone")
        #expect(sight.pdfBytes > 20_000)
    }

    @Test("every number of the district's page is the JSON's", .enabled(if: isExpected, absence))
    func district() throws {
        let sight = try look(at: PageSample.district(), .english)
        judge(sight)
        #expect(sight.cells > 1500 && sight.figures > 100 && sight.pictures > 60)
        #expect(sight.language == "en" && sight.heading == "Signal plan for district")
    }

    @Test("a page in Chinese is one as well", .enabled(if: isExpected, absence))
    func chinese() throws {
        let sight = try look(at: PageSample.hangzhou(), .chinese)
        judge(sight)
        #expect(sight.cells > 1500 && sight.language == "zh-Hans" && sight.heading == "hangzhou 信号配时方案")
    }

    @Test("hostile names stay text", .enabled(if: isExpected, absence))
    func hostile() throws {
        let sight = try look(at: PageSample.hostile(), .english)
        judge(sight)
        #expect(sight.heading.contains("<img src=x onerror=alert(1)>"))
    }
}
