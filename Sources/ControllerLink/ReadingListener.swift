import Foundation
import NIOCore
import NIOPosix
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
        var limits = limits
        // Traffic may be silent for long.
        limits.longestSilence = nil
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .bind(host: host, port: port) { [limits] channel in
                channel.eventLoop.makeCompletedFuture { try LinkSession.lines(of: channel, limits: limits) }
            }
        try await server.serve(atMost: greatestConnectionCount) { connection in
            try? await connection.executeThenClose { lines, _ in
                for try await line in lines {
                    await received(
                        try JSONDecoder().decode(DetectorReading.self, from: Data(line.readableBytesView)))
                }
            }
        }
    }
}
