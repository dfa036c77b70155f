import Subprocess
import Synchronization

/// The last lines that SUMO wrote to its error output.
final class TraciErrorOutput: Sendable {
    private struct State {
        var lines: [String] = []
        var hasEnded = false
    }

    private static let greatestLineCount = 20
    private let state = Mutex(State())

    /// Whether the process has closed its error output, which it does when it ends.
    var hasEnded: Bool { state.withLock { $0.hasEnded } }

    /// What is kept of it.
    var text: String { state.withLock { $0.lines.joined(separator: "\n") } }

    /// Whether SUMO could not listen because somebody else does.
    var saysPortIsTaken: Bool {
        let text = text.lowercased()
        return text.contains("already in use") || text.contains("listening socket")
    }

    /// Keeps the last lines until there are no more.
    func collect(_ output: SubprocessOutputSequence) async {
        do {
            for try await line in output.strings() {
                let trimmed = line.last?.isNewline == true ? String(line.dropLast()) : line
                state.withLock {
                    $0.lines.append(String(trimmed.prefix(500)))
                    if $0.lines.count > Self.greatestLineCount { $0.lines.removeFirst() }
                }
            }
        } catch {
            state.withLock { $0.lines.append("(its further error output could not be read: \(error))") }
        }
        state.withLock { $0.hasEnded = true }
    }
}
