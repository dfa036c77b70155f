import Formats
import Foundation
import Subprocess
import SystemPackage

/// Runs other programs.
enum ProgramRun {
    /// Runs a program to its end.
    ///
    /// - Parameters:
    ///   - program: Path of the program, or the name of one that is on the usual paths.
    ///   - folder: Where it works; where this program does without it.
    ///   - logFolder: Where its complaints are kept meanwhile; where it works, or the system's folder, without it.
    ///   - variables: The whole environment of the program.
    /// - Returns: What it wrote to standard output, 64 KiB at most.
    /// - Throws: ``SimulatorError/failed(program:message:)`` with the end of what it wrote to standard error; ``FormatError`` where
    ///   there is no room for that.
    @discardableResult
    static func run(
        _ program: String, _ arguments: [String], folder: String? = nil, logFolder: String? = nil,
        variables: [String: String]
    ) async throws -> String {
        let name = program.split(separator: "/").last.map(String.init) ?? program
        let (executable, arguments) = DependentProgram.start(program, arguments)
        // Into a file: however much a program complains, what it says last is kept.
        let place = logFolder ?? folder ?? FileManager.default.temporaryDirectory.path
        let complaints = place + "/greenband-\(UUID().uuidString).log"
        defer { try? FileManager.default.removeItem(atPath: complaints) }
        do {
            let file = try FileDescriptor.open(
                FilePath(complaints), .writeOnly, options: [.create, .truncate], permissions: .ownerReadWrite)
            let result = try await Subprocess.run(
                executable, arguments: arguments,
                environment: .only(variables),
                workingDirectory: folder.map { FilePath($0) }, output: .string(limit: 1 << 16),
                error: .fileDescriptor(file, closeAfterSpawningProcess: true))
            guard result.terminationStatus.isSuccess else {
                let text = (try? String(contentsOfFile: complaints, encoding: .utf8)) ?? ""
                throw SimulatorError.failed(program: name, message: lastWords(text, result.terminationStatus))
            }
            return result.standardOutput
        } catch let error as SubprocessError {
            throw SimulatorError.failed(program: name, message: error.description)
        } catch let error as Errno {
            throw FormatError(file: complaints, fault: .unwritable(error.description))
        }
    }

    private static func lastWords(_ text: String, _ status: TerminationStatus) -> String {
        let lines = text.split(separator: "\n")
        let errors = lines.filter { $0.hasPrefix("Error") }
        // What went wrong in Python stands last; above it, where.
        let ending = text.contains("Traceback (most recent call last)") ? lines.last?.suffix(400) : nil
        let words = errors.isEmpty ? ending ?? text.suffix(400) : errors.joined(separator: " ").prefix(400)
        let trimmed = words.trimmingCharacters(in: .whitespacesAndNewlines)
        return trimmed.isEmpty ? "\(status)" : trimmed
    }
}

extension Environment {
    /// These variables and no others.
    static func only(_ variables: [String: String]) -> Environment {
        .custom(Dictionary(uniqueKeysWithValues: variables.map { (Key(stringLiteral: $0), $1) }))
    }
}
