import Foundation

/// Does what makes its caller wait on a thread of its own.
///
/// Tests share as many threads as the machine has processors: one that waits for a program on such a thread keeps tests
/// with time limits from going on.
public func aside<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: .init(catching: work)) }
    }
}

extension Process {
    /// Waits for the end of the program, and leaves the thread to others meanwhile.
    public func end() async {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                self.waitUntilExit()
                continuation.resume()
            }
        }
    }
}
