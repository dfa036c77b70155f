import NIOCore
import Synchronization

/// One connection as it is readied, before anything has been said.
final class LinkConnection: Sendable {
    /// What its handlers learn.
    let trace: ConnectionTrace
    private let lines: LinkSession.Lines
    private let isUsed = Atomic(false)

    init(lines: LinkSession.Lines, trace: ConnectionTrace) {
        self.lines = lines
        self.trace = trace
    }

    deinit {
        guard !isUsed.load(ordering: .relaxed) else { return }
        // It came in as the listener ended, and nobody speaks on it. A channel that is dropped unclosed ends the process.
        Task { [lines] in try? await lines.executeThenClose { _, _ in } }
    }

    /// Gives a closure what comes and goes; the connection is closed when this returns.
    func use(
        _ body: (NIOAsyncChannelInboundStream<ByteBuffer>, NIOAsyncChannelOutboundWriter<ByteBuffer>) async throws ->
            Void
    ) async throws {
        isUsed.store(true, ordering: .relaxed)
        try await lines.executeThenClose(body)
    }
}
