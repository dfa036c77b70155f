import Foundation
import NIOCore
import SignalModel

/// Listens for what detectors deliver: readings as JSON, one to a line.
public enum ReadingListener {
    /// Connections at a time; more are closed at once.
    static let greatestConnectionCount = 64

    /// Hands over readings until the task is cancelled.
    ///
    /// A connection with a line that is no reading, or that breaks the limits, is closed; others go on.
    /// - Parameter received: A reading that is well formed; whether it can be true is for others to judge.
    /// - Throws: Where nobody can listen at the address.
    public static func run(
        host: String = "127.0.0.1", port: Int, limits: LinkLimits = LinkLimits(),
        received: @Sendable @escaping (DetectorReading) async -> Void
    ) async throws {
        var listener = LinkListener()
        listener.host = host
        listener.port = port
        listener.limits = limits
        // Traffic may be silent for long.
        listener.limits.longestSilence = nil
        // Detectors are wired to the cabinet that the controller stands in, and speak nothing better.
        listener.isPlainAllowed = true
        listener.greatestConnectionCount = greatestConnectionCount
        try await listener.run { connection in
            try? await connection.use { lines, _ in
                for try await line in lines {
                    await received(
                        try JSONDecoder().decode(DetectorReading.self, from: Data(line.readableBytesView)))
                }
            }
        } _: { _ in
            while true { try await Task.sleep(for: .seconds(3600)) }
        }
    }
}
