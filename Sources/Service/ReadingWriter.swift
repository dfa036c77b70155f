import CentreStore
import Dispatch
import Logging

/// Brings readings onto the disk, all that wait in one transaction.
///
/// Whoever hands over readings waits until they are on the disk. Where the disk takes none, it waits on: the controller
/// gets no acknowledgement and keeps what it has.
actor ReadingWriter {
    /// How long to wait where the disk takes nothing.
    private static let pause = Duration.seconds(1)

    private let store: CentreStore
    private let log: Logger
    private var readings: [StoredReading] = []
    private var waiters: [CheckedContinuation<Void, Never>] = []
    private var isWriting = false
    /// Why the disk took nothing last time; nil where it took it.
    private(set) var failure: String?

    init(store: CentreStore, log: Logger) {
        self.store = store
        self.log = log
    }

    /// Returns when the readings are on the disk, and all that were handed over before.
    func write(_ new: [StoredReading]) async {
        readings += new
        await withCheckedContinuation { continuation in
            waiters.append(continuation)
            guard !isWriting else { return }
            isWriting = true
            Task { await run() }
        }
    }

    private func run() async {
        while !waiters.isEmpty {
            let (batch, served) = (readings, waiters)
            (readings, waiters) = ([], [])
            await commit(batch)
            for waiter in served { waiter.resume() }
        }
        isWriting = false
    }

    private func commit(_ batch: [StoredReading]) async {
        while !batch.isEmpty {
            do {
                try await Self.blocking { [store] in _ = try store.record(batch) }
                if failure != nil { log.notice("the store takes readings again") }
                failure = nil
                return
            } catch {
                if failure == nil { log.error("the store takes no readings: \(error)") }
                failure = "\(error)"
                try? await Task.sleep(for: Self.pause)
            }
        }
    }

    /// Runs what waits for the disk where nobody else waits with it.
    static func blocking<Value: Sendable>(_ body: @Sendable @escaping () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: body)) }
        }
    }

    private static let queue = DispatchQueue(label: "greenband.store", attributes: .concurrent)
}
