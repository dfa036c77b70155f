import ControllerLink
import Formats
import Foundation

/// What a controller keeps on its disk: the last lease that it accepted, and the greatest sequence number.
public struct EdgeStore: Sendable {
    /// What is kept.
    public struct Content: Codable, Equatable, Sendable {
        /// Sequence number that no lease has exceeded; 0 for none.
        ///
        /// It may be ahead of the last one: leases of a few seconds would wear the disk out.
        public var lastSequence: Int
        /// The last lease of a plan that was accepted; it may have lapsed.
        public var lease: Lease?

        /// States what is to be kept.
        public init(lastSequence: Int = 0, lease: Lease? = nil) {
            self.lastSequence = lastSequence
            self.lease = lease
        }
    }

    /// Greatest size of a file that is taken for one of its own, bytes.
    private static let greatestSize = 1 << 20

    private let path: String

    /// Keeps a file at a path.
    public init(path: String) { self.path = path }

    /// What was kept; nothing where there is no file yet.
    ///
    /// - Throws: ``FormatError`` where the file cannot be read or is damaged.
    public func read() throws(FormatError) -> Content? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw FormatError(file: path, fault: .unreadable(error.localizedDescription))
        }
        guard data.count <= Self.greatestSize, let content = try? JSONDecoder().decode(Content.self, from: data),
            (0...Lease.greatestSequence).contains(content.lastSequence),
            content.lease.map({ (1...Lease.greatestSequence).contains($0.sequence) }) ?? true
        else { throw FormatError(file: path, fault: .malformed("expected the state of an edge")) }
        return content
    }

    /// Keeps a content in place of the one before, whole or not at all.
    ///
    /// - Throws: ``FormatError`` where the disk does not take it.
    public func write(_ content: Content) throws(FormatError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data: Data
        do {
            data = try encoder.encode(content)
        } catch {
            throw FormatError(file: path, fault: .unwritable(error.localizedDescription))
        }
        try AtomicFile.write(data, to: path)
    }
}
