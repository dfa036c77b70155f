import CentreStore
import Foundation
import Testing

/// What a process said before it was killed must be in the store.
@Suite("A process that is killed while it stores")
struct KilledWriterTests {
    private struct Claims {
        var readings = 0
        var lease = 0
        var audit = 0
        var head = ""

        /// Takes what the process said, but not a line that it had not ended.
        mutating func add(_ output: String) {
            for line in output.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
                let words = line.split(separator: " ")
                guard words.count >= 2 else { continue }
                switch words[0] {
                case "readings": readings = max(readings, Int(words[2]) ?? 0)
                case "lease": lease = max(lease, Int(words[1]) ?? 0)
                case "audit": (audit, head) = (max(audit, Int(words[1]) ?? 0), String(words[2]))
                default: Issue.record("the writer said \(line)")
                }
            }
        }
    }

    private static func outputOfKilled(_ path: String, after seconds: Double) async throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appendingPathComponent("store-writer")
        process.arguments = ["write", path]
        // A file, and not a pipe that could fill and hold the process up.
        let output = path + ".said-\(UUID().uuidString)"
        try Data().write(to: URL(fileURLWithPath: output))
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
        try process.run()
        defer { kill(process.processIdentifier, SIGKILL) }
        for _ in 0..<600 where try String(contentsOfFile: output, encoding: .utf8).isEmpty {
            try await Task.sleep(for: .milliseconds(50))
        }
        try await Task.sleep(for: .seconds(seconds))
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal)
        return try String(contentsOfFile: output, encoding: .utf8)
    }

    @Test("Nothing is lost that the store has said is stored, and no number is used twice")
    func killed() async throws {
        let folder = try StoreFolder()
        var claims = Claims()
        for round in 0..<6 {
            claims.add(try await Self.outputOfKilled(folder.path, after: 0.07 * Double(round) + 0.01))
            let store = try folder.open()
            let readings = try (0..<7).flatMap {
                try store.readings(detector: .init("D\($0)"), from: 0, to: 1e12).map(\.sequence)
            }
            #expect(claims.readings > 0)
            #expect(readings.count >= claims.readings)
            #expect(readings.sorted() == Array(1...readings.count))
            // Whole batches only.
            #expect(readings.count % 50 == 0)
            #expect(try store.lastSequence(of: .feed("north")) == readings.count)
            if !claims.head.isEmpty {
                let verdict = try store.audit.verify(expectedHead: claims.head)
                guard case .intact(let count, _) = verdict, count >= claims.audit else {
                    Issue.record("\(claims.audit) entries were stored, found \(verdict)")
                    return
                }
            }
            let next = try store.nextLeaseSequence(junction: "J")
            #expect(next > claims.lease)
            claims.lease = next
            try store.close()
        }
        #expect(claims.audit > 0)
    }
}
