import Formats
import Foundation
import Testing

@Suite("Compressed counts at the command line")
struct CompressedCountsTests {
    @Test("Counts are the same as CSV and as JSON, plain and compressed", arguments: ["csv.gz", "json", "json.gz"])
    func same(suffix: String) throws {
        let folder = try Program.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in ["network.json", "counts.csv"] {
            try SoundInput.files[name]?.write(to: folder.appendingPathComponent(name))
        }
        let counts = try CountsCSV.read(folder.appendingPathComponent("counts.csv").path)
        try JSONDocument.encode(counts).write(to: folder.appendingPathComponent("counts.json"))
        let gzip = try Process.run(
            URL(fileURLWithPath: "/usr/bin/env"),
            arguments: ["gzip", "--keep", folder.path + "/counts.csv", folder.path + "/counts.json"])
        gzip.waitUntilExit()
        func flows(_ file: String) throws -> String {
            let result = try Program.run(["flows", "network.json", "--counts", file], in: folder, timeLimit: 20)
            try #require(result.code == 0, "\(result.ending)\n\(result.errors)")
            return result.output
        }
        #expect(try flows("counts.\(suffix)") == flows("counts.csv"))
    }
}
