import Foundation
import Testing

@testable import Reports

@Suite("The table beside the JSON")
struct ReportTableTests {
    /// The lines of each junction's block.
    private func blocks(of text: String) -> [String: [String]] {
        var blocks: [String: [String]] = [:]
        var open: String?
        for line in text.components(separatedBy: "\n") {
            if line.hasPrefix("Junction ") {
                open = String(line.dropFirst("Junction ".count).prefix { $0 != ":" })
            } else if line.hasPrefix("Approaches without a signal") {
                open = "unsignalled"
            } else if line.isEmpty {
                open = nil
            }
            if let open { blocks[open, default: []].append(line) }
        }
        return blocks
    }

    private func cells(_ line: String) -> [String] {
        line.components(separatedBy: "  ").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    /// Whether a cell is a number of the JSON, rounded to the decimals of the cell.
    private func shows(_ cell: String, _ value: Any?) -> Bool {
        guard let value = value as? Double else { return cell == (value as? String ?? "-") }
        guard let shown = Double(cell) else { return false }
        let decimals = cell.contains(".") ? cell.reversed().prefix { $0 != "." }.count : 0
        return abs(shown - value) <= 0.5 * pow(10, -Double(decimals)) + 1e-9
    }

    @Test("every row of a movement holds the numbers of the JSON", arguments: ["hangzhou", "district"])
    func movements(name: String) throws {
        let sample = try Sample.named(name)
        let blocks = blocks(of: sample.report.text)
        let rows = try #require(try sample.json()["movements"] as? [[String: Any]])
        #expect(rows.count > 100)
        for row in rows {
            let junction = row["junction"] as? String ?? "unsignalled"
            let approach = try #require(row["approach"] as? String)
            let label = "\(row["turn"] ?? "") to \(row["to"] ?? "")"
            let block = try #require(blocks[junction])
            let first = try #require(block.firstIndex { cells($0).first == approach })
            let line = try #require(block[first...].first { cells($0).first == label })
            let expected = [
                "flowPerHour", "capacityPerHour", "presentDegreeOfSaturation", "degreeOfSaturation", "presentDelay",
                "delay", "presentLevelOfService", "levelOfService", "presentLongestQueue", "longestQueue",
            ]
            let found = Array(cells(line).dropFirst())
            #expect(found.count == expected.count, "\(line)")
            for (cell, key) in zip(found, expected) {
                #expect(shows(cell, row[key]), "\(junction) \(label) \(key): \(cell) against \(row[key] ?? "none")")
            }
        }
    }

    @Test("every row of an approach or a junction holds the numbers of the JSON", arguments: ["hangzhou", "district"])
    func sums(name: String) throws {
        let sample = try Sample.named(name)
        let blocks = blocks(of: sample.report.text)
        let junctions = try #require(try sample.json()["junctions"] as? [[String: Any]])
        #expect(junctions.count == sample.model.network.junctions.count)
        for junction in junctions {
            let block = try #require(blocks[junction["junction"] as? String ?? ""])
            var sums = [("junction", try #require(junction["traffic"] as? [String: Any]))]
            for approach in try #require(junction["approaches"] as? [[String: Any]]) {
                sums.append(
                    (try #require(approach["approach"] as? String), try #require(approach["traffic"] as? [String: Any]))
                )
            }
            for (label, sum) in sums {
                let line = try #require(block.first { cells($0).first == label }, "\(label)")
                let expected = ["flowPerHour", "presentDelay", "delay", "presentLevelOfService", "levelOfService"]
                let found = Array(cells(line).dropFirst())
                #expect(found.count == expected.count, "\(line)")
                for (cell, key) in zip(found, expected) {
                    #expect(shows(cell, sum[key]), "\(label) \(key): \(cell) against \(sum[key] ?? "none")")
                }
            }
        }
    }

    @Test("every stage stands in its junction's block with its times and groups", arguments: ["hangzhou", "district"])
    func stages(name: String) throws {
        let sample = try Sample.named(name)
        let blocks = blocks(of: sample.report.text)
        for junction in try #require(try sample.json()["junctions"] as? [[String: Any]]) {
            let block = try #require(blocks[junction["junction"] as? String ?? ""])
            let stages = try #require(junction["stages"] as? [[String: Any]])
            #expect(!stages.isEmpty)
            for (number, stage) in stages.enumerated() {
                let groups = try #require(stage["groups"] as? [[String: Any]])
                let first = try #require(block.firstIndex { cells($0).first == "\(number + 1)" })
                let found = cells(block[first])
                #expect(found[4] == groups[0]["group"] as? String)
                for (cell, key) in zip(found.dropFirst(), ["start", "green", "interstage"]) {
                    #expect(shows(cell, stage[key]), "\(key): \(cell) against \(stage[key] ?? "none")")
                }
                for group in groups {
                    let id = try #require(group["group"] as? String)
                    let line = try #require(block[first...].first { cells($0).contains(id) })
                    let own = try #require(cells(line).drop { $0 != id }.dropFirst().first)
                    #expect(shows(own, group["green"]))
                }
            }
        }
    }

    @Test("crossings and the whole network hold the numbers of the JSON", arguments: ["hangzhou", "district"])
    func crossingsAndTotal(name: String) throws {
        let sample = try Sample.named(name)
        let json = try sample.json()
        let blocks = blocks(of: sample.report.text)
        let crossings = try #require(json["crossings"] as? [[String: Any]])
        #expect(crossings.count == (name == "district" ? 26 : 0))
        for crossing in crossings {
            let block = try #require(blocks[crossing["junction"] as? String ?? ""])
            let found = cells(try #require(block.last { cells($0).first == crossing["group"] as? String }))
            for (cell, key) in zip(found.dropFirst(), ["flowPerHour", "presentDelay", "delay"]) {
                #expect(shows(cell, crossing[key]))
            }
        }
        let summary = sample.report.summary.components(separatedBy: "\n").map(cells)
        for (label, keys) in [
            ("per vehicle sent", ["presentDelay", "delay"]),
            ("in all", ["presentDelayVehicleHours", "delayVehicleHours"]),
        ] {
            let found = try #require(summary.first { $0.first == label })
            for (cell, key) in zip(found.dropFirst(), keys) { #expect(shows(cell, json[key])) }
        }
        let definition = try #require(json["definition"] as? String)
        #expect(sample.report.summary.replacingOccurrences(of: "\n", with: " ").contains(definition))
        #expect(sample.report.text.hasPrefix(sample.report.summary))
    }

    @Test("lines are no longer than 110 characters where names are short", arguments: ["hangzhou", "district"])
    func width(name: String) throws {
        let longest = try Sample.named(name).report.text.components(separatedBy: "\n").map(\.count).max()
        #expect(longest ?? 0 <= 110)
    }
}
