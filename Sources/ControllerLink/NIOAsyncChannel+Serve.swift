import NIOCore
import Synchronization

extension NIOAsyncChannel where Outbound == Never {
    /// Serves every connection that is made, each in a task of its own; those beyond a number are hung up on.
    func serve<Lines: Sendable, Answer: Sendable>(
        atMost limit: Int, _ handle: @escaping @Sendable (NIOAsyncChannel<Lines, Answer>) async -> Void
    ) async throws where Inbound == NIOAsyncChannel<Lines, Answer> {
        try await executeThenClose { connections in
            try await withThrowingDiscardingTaskGroup { group in
                let open = ConnectionCount()
                for try await connection in connections {
                    guard open.enter(limit: limit) else {
                        group.addTask { try? await connection.executeThenClose { _, _ in } }
                        continue
                    }
                    group.addTask {
                        await handle(connection)
                        open.leave()
                    }
                }
            }
        }
    }
}

/// Counts open connections.
private final class ConnectionCount: Sendable {
    private let count = Mutex(0)

    /// Counts one more; false where there are as many as may be.
    func enter(limit: Int) -> Bool {
        count.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
    }

    /// Counts one less.
    func leave() { count.withLock { $0 -= 1 } }
}
