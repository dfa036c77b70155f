import ControllerLink
import Foundation
import SignalModel
import Synchronization

/// Writes the aspects of every second as a line of JSON: to a file, to a pipe that lamps hang on, or to a device.
public final class LineLampDriver: LampDriver {
    /// Why lamps were not reached.
    public struct Failure: Error, CustomStringConvertible {
        /// Where the lines go.
        public var path: String
        /// What the system says.
        public var reason: String
        /// One sentence for people.
        public var description: String { "\(path): \(reason)" }
    }

    private struct Line: Encodable {
        var junction: JunctionID
        var time: Double
        var aspects: [String: LampAspect]

        enum CodingKeys: String, CodingKey {
            case junction, aspects
            case time = "time_s"
        }
    }

    private let path: String
    private let junction: Junction
    private let file = Mutex<FileHandle?>(nil)

    /// Writes to a path, for a junction.
    public init(path: String, junction: Junction) {
        self.path = path
        self.junction = junction
    }

    /// Writes one line.
    ///
    /// - Throws: ``Failure`` where nobody takes it; the next second tries again.
    public func show(_ aspects: [LampAspect], at time: Double) async throws {
        let names = junction.signalGroups.map(\.id.text)
        let line = Line(
            junction: junction.id, time: time,
            aspects: Dictionary(zip(names, aspects), uniquingKeysWith: { first, _ in first }))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = try encoder.encode(line) + Data("\n".utf8)
        try file.withLock { file in
            if file == nil { file = try opened() }
            do {
                try file?.write(contentsOf: data)
            } catch {
                file = nil
                throw Failure(path: path, reason: error.localizedDescription)
            }
        }
    }

    private func opened() throws(Failure) -> FileHandle {
        // A pipe without a reader must not stop the clock: it is an error instead.
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Failure(path: path, reason: String(cString: strerror(errno))) }
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }
}
