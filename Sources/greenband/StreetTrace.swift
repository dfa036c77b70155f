import ControllerLink
import Formats
import Foundation
import SignalModel

/// Writes what controllers ran, one line of JSON for every second.
final class StreetTrace: Sendable {
    private struct Line: Encodable {
        var time: Int
        var running: [String: Int]
    }

    private let file: FileHandle

    /// Begins a file.
    init(_ path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path)
        else { throw FormatError(file: path, fault: .unwritable("the file cannot be made")) }
        self.file = file
    }

    /// Adds a second.
    func add(_ time: Int, _ statuses: [JunctionID: EdgeMessage.Status]) {
        let running = Dictionary(grouping: statuses.values, by: \.running.rawValue).mapValues(\.count)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        guard let line = try? encoder.encode(Line(time: time, running: running)) else { return }
        // Who follows the street reads it as it grows; a full disk costs the trace, not the run.
        try? file.write(contentsOf: line + Data("\n".utf8))
    }
}
