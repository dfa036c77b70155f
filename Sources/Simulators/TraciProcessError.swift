import TraCI

/// Why a run of SUMO over TraCI did not come to its end.
public enum TraciProcessError: Error, Sendable {
    /// The program is not there, or may not be run.
    case cannotStart(executable: String, reason: String)
    /// SUMO did not listen in time; with what it wrote to its error output.
    case notListening(seconds: Double, output: String)
    /// SUMO ended before its client did; with what it wrote to its error output.
    case ended(status: String, output: String)
    /// SUMO did not end after its client had told it to.
    case hangs(seconds: Double)
}

extension TraciProcessError: CustomStringConvertible {
    /// One sentence for people, and what SUMO wrote.
    public var description: String {
        switch self {
        case .cannotStart(let executable, let reason): "SUMO cannot be started from \(executable): \(reason)"
        case .notListening(let seconds, let output):
            "SUMO did not listen within \(seconds) s" + Self.appended(output)
        case .ended(let status, let output): "SUMO ended too early (\(status))" + Self.appended(output)
        case .hangs(let seconds): "SUMO did not end within \(seconds) s after it had been told to"
        }
    }

    private static func appended(_ output: String) -> String { output.isEmpty ? "" : ": \(output)" }
}
