import Comparison
import Formats
import Foundation

/// A folder that holds a comparison: its inputs, its plans, and every run that is done.
///
/// A comparison that was ended by force goes on where it was: runs are written whole or not at all, and what is there is not
/// run again. What is in the folder never changes: a folder with other inputs or another plan of the same name is refused.
public final class ComparisonFolder: Sendable {
    /// A file that runs depend on; the folder keeps a copy.
    public struct Input: Sendable {
        /// What the file is to the runs, such as `routes`; the copy is called after it.
        public var role: String
        /// Path of the file; nil where the comparison does without one.
        public var file: String?
        /// End of the copy's name, before the `.gz` that the file's name may have.
        public var suffix: String

        /// Names a file, or says that there is none.
        public init(_ role: String, _ file: String?, suffix: String) {
            self.role = role
            self.file = file
            self.suffix = suffix
        }

        fileprivate var copy: String? { file.map { role + suffix + ($0.hasSuffix(".gz") ? ".gz" : "") } }
    }

    /// Path of the folder.
    public let path: String
    private let copies: [String: String]
    private let lock: Int32

    /// Opens a folder, or makes it.
    ///
    /// - Parameters:
    ///   - path: The folder.
    ///   - setting: What must be the same for runs to be of one comparison, by what it is; each value in one line.
    ///   - inputs: The files that runs depend on, and those that they could depend on and do not.
    /// - Throws: ``SimulatorError`` when it holds another comparison or is in use; ``FormatError`` when it cannot be written.
    public init(_ path: String, setting: [String: String], inputs: [Input]) throws {
        self.path = URL(fileURLWithPath: path).path
        copies = Dictionary(uniqueKeysWithValues: inputs.compactMap { input in input.copy.map { (input.role, $0) } })
        for part in ["", "/inputs", "/plans", "/runs"] { try OutputFolder.make(path + part) }
        // The lock goes with the process, however it ends.
        lock = open(path + "/lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
        guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            guard errno != EWOULDBLOCK else { throw SimulatorError.folderInUse(path) }
            throw FormatError(file: path + "/lock", fault: .unwritable(String(cString: strerror(errno))))
        }
        removeRemains()
        let roles = Dictionary(uniqueKeysWithValues: inputs.map { ($0.role, $0.copy ?? "none") })
        try keepDescription(setting.merging(roles) { setting, _ in setting })
        for input in inputs { try keep(input) }
    }

    deinit { close(lock) }

    /// Removes what a comparison that was ended by force had not finished.
    private func removeRemains() {
        try? FileManager.default.removeItem(atPath: path + "/work")
        for name in (try? FileManager.default.contentsOfDirectory(atPath: path + "/runs")) ?? []
        where name.hasPrefix(".") { try? FileManager.default.removeItem(atPath: path + "/runs/" + name) }
    }

    /// Path of the copy of an input; nil where the comparison does without it.
    public func input(_ role: String) -> String? { copies[role].map { path + "/inputs/" + $0 } }

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

    private func keepDescription(_ description: [String: String]) throws {
        let file = path + "/comparison.txt"
        guard let data = FileManager.default.contents(atPath: file) else {
            let lines = description.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\n" }
            return try AtomicFile.write(lines.joined(), to: file)
        }
        let kept = Self.description(String(decoding: data, as: UTF8.self))
        for role in Set(kept.keys).union(description.keys).sorted() where kept[role] != description[role] {
            let (there, here) = (kept[role] ?? "not stated", description[role] ?? "not stated")
            throw SimulatorError.otherComparison(
                folder: path, difference: "\(role): there \(there), in this comparison \(here)")
        }
    }

    private static func description(_ text: String) -> [String: String] {
        let pairs = text.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: ": ", maxSplits: 1).map(String.init)
            return parts.count == 2 ? (parts[0], parts[1]) : nil
        }
        return Dictionary(pairs) { first, _ in first }
    }

    private func keep(_ input: Input) throws {
        guard let file = input.file, let copy = self.input(input.role) else { return }
        guard let data = FileManager.default.contents(atPath: file) else {
            let isThere = FileManager.default.fileExists(atPath: file)
            throw FormatError(file: file, fault: isThere ? .unreadable("it is not a plain file") : .missing)
        }
        guard let there = FileManager.default.contents(atPath: copy) else {
            return try AtomicFile.write(data, to: copy)
        }
        guard there == data else {
            throw SimulatorError.otherComparison(
                folder: path, difference: "\(input.role): \(copy) differs from \(file)")
        }
    }
}
