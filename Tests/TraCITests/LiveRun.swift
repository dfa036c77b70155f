import Foundation
import Simulators
import TestSupport
import Testing

/// A run of the real SUMO on a shared network, with a folder for its outputs.
final class LiveRun {
    /// Whether tests with SUMO on shared networks are to run: always in CI.
    static var isExpected: Bool { SUMOProgram.isExpected && SharedData.isExpected }

    /// What the run says beside a skipped test.
    static let absence: Comment = "SUMO or ../shared is not there: the test is skipped"

    let folder: URL
    var simulation: SUMOSimulation

    init(_ name: String, begin: Double, length: Double, seed: Int = 1) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("greenband-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let source = try SharedData.url("data/sumo/\(name)").path
        simulation = SUMOSimulation(
            executable: try #require(SUMOProgram.binary, "SUMO is not installed"),
            network: "\(source)/\(name).net.xml", routes: ["\(source)/\(name).rou.xml"], begin: begin,
            end: begin + length, seed: seed)
        simulation.arguments = [
            "--tripinfo-output", path("tripinfo.xml"), "--tripinfo-output.write-unfinished",
            "--tripinfo-output.write-undeparted",
        ]
    }

    /// Removes the folder; by hand, as SUMO uses it longer than anybody here holds on to this.
    func remove() { try? FileManager.default.removeItem(at: folder) }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// The attributes of all elements of a name in an output file, one element to a line.
    func elements(_ element: String, of name: String) throws -> [[String: String]] {
        let text = try String(contentsOfFile: path(name), encoding: .utf8)
        return text.split(separator: "\n").compactMap { line in
            guard line.contains("<\(element) ") else { return nil }
            var result: [String: String] = [:]
            for match in line.matches(of: #/([A-Za-z]+)="([^"]*)"/#) {
                result[String(match.1)] = String(match.2)
            }
            return result
        }
    }

    /// The processes that were started with this run's outputs: found by their command lines.
    var processes: [Int32] {
        let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return numbers.compactMap { Int32($0) }.filter { number in
            let line = FileManager.default.contents(atPath: "/proc/\(number)/cmdline") ?? Data()
            return String(decoding: line, as: UTF8.self).contains(folder.path)
        }
    }
}
