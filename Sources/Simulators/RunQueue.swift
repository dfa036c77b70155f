import Foundation

/// Does many things, a few at a time.
public enum RunQueue {
    /// Does all jobs in their order, at most `workers` at once, and says after each how many are done.
    ///
    /// - Throws: The first error of a job; jobs under way are cancelled.
    public static func perform<Job: Sendable>(
        _ jobs: [Job], workers: Int, finished: (Int) -> Void, _ work: @escaping @Sendable (Job) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var rest = jobs.makeIterator()
            func addNext() {
                if let job = rest.next() { group.addTask { try await work(job) } }
            }
            for _ in 0..<max(1, workers) { addNext() }
            var done = 0
            while try await group.next() != nil {
                done += 1
                finished(done)
                addNext()
            }
        }
    }
}
