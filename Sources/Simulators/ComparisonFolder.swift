import Comparison
import Formats
import Foundation

/// A folder that holds a comparison: its inputs, its plans, and every run that is done.
///
/// A comparison that was ended by force goes on where it was: runs are written whole or not at all, and what is there is not
/// run again. What is in the folder never changes: a folder with other inputs or another plan of the same name is refused.
public final class ComparisonFolder: Sendable {
    /// Path of the folder.
    public let path: String
    private let lock: Int32

    /// Opens a folder, or makes it.
    ///
    /// - Parameters:
    ///   - path: The folder.
    ///   - description: What must be the same for runs to be of one comparison, as a text.
    ///   - inputs: Files to keep a copy of, by the name of the copy.
    /// - Throws: ``SimulatorError`` when it holds another comparison or is in use; ``FormatError`` when it cannot be written.
    public init(_ path: String, description: String, inputs: [String: String]) throws {
        self.path = URL(fileURLWithPath: path).path
        for part in ["", "/inputs", "/plans", "/runs"] { try OutputFolder.make(path + part) }
        // The lock goes with the process, however it ends.
        lock = open(path + "/lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
        guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            guard errno != EWOULDBLOCK else { throw SimulatorError.folderInUse(path) }
            throw FormatError(file: path + "/lock", fault: .unwritable(String(cString: strerror(errno))))
        }
        removeRemains()
        try keep(Data(description.utf8), at: "comparison.txt", else: "its window, demand or simulator is another")
        for (name, file) in inputs.sorted(by: { $0.key < $1.key }) {
            guard let data = FileManager.default.contents(atPath: file) else {
                let isThere = FileManager.default.fileExists(atPath: file)
                throw FormatError(file: file, fault: isThere ? .unreadable("it is not a plain file") : .missing)
            }
            try keep(data, at: "inputs/" + name, else: "\(name) differs from \(file)")
        }
    }

    deinit { close(lock) }

    /// Removes what a comparison that was ended by force had not finished.
    private func removeRemains() {
        try? FileManager.default.removeItem(atPath: path + "/work")
        for name in (try? FileManager.default.contentsOfDirectory(atPath: path + "/runs")) ?? []
        where name.hasPrefix(".") { try? FileManager.default.removeItem(atPath: path + "/runs/" + name) }
    }

    /// Path of the copy of an input.
    public func input(_ name: String) -> String { path + "/inputs/" + name }

    /// A plan as the folder keeps it.
    private struct KeptPlan: Codable {
        /// What the plan is or is made from; another source is another plan.
        var source: String
        /// Its signal programs.
        var programs: [String]
    }

    /// The programs of a plan: as they were kept under its label, or made and kept.
    ///
    /// - Parameters:
    ///   - source: What the plan is or is made from.
    ///   - make: Makes the programs where there are none.
    /// - Throws: ``SimulatorError/otherComparison(folder:difference:)`` where the label is another plan's.
    public func programs(
        label: String, source: String, make: () async throws -> [String]
    ) async throws -> [String] {
        let file = path + "/plans/\(label).json"
        if let data = FileManager.default.contents(atPath: file) {
            guard let kept = try? JSONDecoder().decode(KeptPlan.self, from: data), kept.source == source else {
                throw SimulatorError.otherComparison(folder: path, difference: "its plan \"\(label)\" is another one")
            }
            return kept.programs
        }
        let programs = try await make()
        try AtomicFile.write(JSONEncoder().encode(KeptPlan(source: source, programs: programs)), to: file)
        return programs
    }

    /// A run that is done; nil where it is not, or cannot be read.
    public func run(_ label: String, seed: UInt64, demandScale: Double) -> RunFigures? {
        FileManager.default.contents(atPath: file(label, seed, demandScale))
            .flatMap { try? JSONDecoder().decode(RunFigures.self, from: $0) }
    }

    /// Keeps a run.
    public func keep(_ figures: RunFigures, _ label: String, seed: UInt64, demandScale: Double) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        try AtomicFile.write(encoder.encode(figures), to: file(label, seed, demandScale))
    }

    /// Runs a body with an empty folder of its own, which is gone afterwards.
    public func withWorkFolder<Result: Sendable>(
        _ body: @Sendable (String) async throws -> Result
    ) async throws -> Result {
        let folder = path + "/work/\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await body(folder)
    }

    private func file(_ label: String, _ seed: UInt64, _ scale: Double) -> String {
        path + "/runs/\(label) \(scale) \(seed).json"
    }

    private func keep(_ data: Data, at name: String, else difference: String) throws {
        if let there = FileManager.default.contents(atPath: path + "/" + name) {
            guard there == data else { throw SimulatorError.otherComparison(folder: path, difference: difference) }
        } else {
            try AtomicFile.write(data, to: path + "/" + name)
        }
    }
}
