import Comparison
import Formats
import Foundation
import Testing

@testable import Simulators

@Suite("Folders of comparisons")
struct ComparisonFolderTests {
    private let figures = RunFigures(vehicles: 10, delay: 0.1 + 0.2, stops: 1 / 3)

    private let setting = ["demand": "given"]

    private func input(_ text: String, in folder: String) throws -> String {
        let path = folder + "/in.xml"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    @Test("What is kept is found again, to the bit")
    func roundTrip() async throws {
        try await withFolder { place in
            let net = try input("<net/>", in: place)
            let path = place + "/c"
            do {
                let folder = try ComparisonFolder(path, setting: setting, inputs: [.init("net", net, suffix: ".xml")])
                #expect(try await folder.programs(label: "ours", source: "p") { ["made"] } == ["made"])
                try folder.keep(figures, "ours", seed: 3, demandScale: 0.8)
            }
            let again = try ComparisonFolder(path, setting: setting, inputs: [.init("net", net, suffix: ".xml")])
            let kept = try await again.programs(label: "ours", source: "p") {
                Issue.record("a plan that is kept is made again")
                return []
            }
            #expect(kept == ["made"])
            #expect(again.run("ours", seed: 3, demandScale: 0.8) == figures)
            #expect(again.run("ours", seed: 4, demandScale: 0.8) == nil)
            #expect(again.run("ours", seed: 3, demandScale: 1) == nil)
            #expect(try String(contentsOfFile: #require(again.input("net")), encoding: .utf8) == "<net/>")
        }
    }

    @Test("A folder of another comparison is refused")
    func another() async throws {
        try await withFolder { place in
            let net = try input("<net/>", in: place)
            let path = place + "/c"
            do {
                let folder = try ComparisonFolder(path, setting: setting, inputs: [.init("net", net, suffix: ".xml")])
                _ = try await folder.programs(label: "ours", source: "p") { ["made"] }
                await #expect(throws: SimulatorError.self) {
                    try await folder.programs(label: "ours", source: "q") { ["made"] }
                }
            }
            #expect(throws: SimulatorError.self) {
                try ComparisonFolder(path, setting: ["demand": "drawn"], inputs: [.init("net", net, suffix: ".xml")])
            }
            _ = try input("<net version=\"2\"/>", in: place)
            #expect(throws: SimulatorError.self) {
                try ComparisonFolder(path, setting: setting, inputs: [.init("net", net, suffix: ".xml")])
            }
        }
    }

    @Test("A role that a file fills in one comparison alone, or under a name of another kind, makes it another one")
    func roles() async throws {
        try await withFolder { place in
            let file = try input("<net/>", in: place)
            let packed = place + "/in.xml.gz"
            try FileManager.default.copyItem(atPath: file, toPath: packed)
            func refusal(of second: String?, after first: String?) throws -> String {
                let path = place + "/" + UUID().uuidString
                _ = try ComparisonFolder(path, setting: setting, inputs: [.init("counts", first, suffix: ".xml")])
                let error = #expect(throws: SimulatorError.self) {
                    try ComparisonFolder(path, setting: setting, inputs: [.init("counts", second, suffix: ".xml")])
                }
                return try #require(error).description
            }
            #expect(try refusal(of: file, after: nil).contains("counts: there none, in this comparison counts.xml"))
            #expect(try refusal(of: nil, after: file).contains("counts: there counts.xml, in this comparison none"))
            #expect(try refusal(of: packed, after: file).contains("in this comparison counts.xml.gz"))
        }
    }

    @Test("A folder is one comparison's at a time")
    func lock() async throws {
        try await withFolder { place in
            let first = try ComparisonFolder(place, setting: setting, inputs: [])
            #expect(throws: SimulatorError.folderInUse(first.path)) {
                try ComparisonFolder(place, setting: setting, inputs: [])
            }
        }
    }

    @Test("A run cut short is run again")
    func damaged() async throws {
        try await withFolder { place in
            let folder = try ComparisonFolder(place, setting: setting, inputs: [])
            try folder.keep(figures, "ours", seed: 3, demandScale: 1)
            try Data("{\"delay\":".utf8).write(to: URL(fileURLWithPath: place + "/runs/ours 1.0 3.json"))
            #expect(folder.run("ours", seed: 3, demandScale: 1) == nil)
        }
    }

    @Test("Jobs are done in their order, a few at a time, and an error ends them")
    func queue() async throws {
        actor Log {
            var begun: [Int] = []
            var running = 0
            var most = 0
            func begin(_ job: Int) { (begun, running) = (begun + [job], running + 1); most = max(most, running) }
            func end() { running -= 1 }
        }
        let log = Log()
        var seen: [Int] = []
        try await RunQueue.perform(Array(0..<20), workers: 3, finished: { seen.append($0) }) { job in
            await log.begin(job)
            await Task.yield()
            await log.end()
        }
        let (begun, most) = await (log.begun, log.most)
        #expect(begun.sorted() == Array(0..<20))
        #expect(most <= 3)
        #expect(seen == Array(1...20))
        struct Fault: Error {}
        await #expect(throws: Fault.self) {
            try await RunQueue.perform([1, 2, 3], workers: 2, finished: { _ in }) { if $0 == 2 { throw Fault() } }
        }
    }
}
