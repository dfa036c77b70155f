import ArgumentParser
import Dispatch
import Foundation

/// Runs a body that is cancelled when the system asks the program to end, so that it can remove what it has begun.
///
/// - Throws: What the body throws; an exit code of 128 and the signal's number, as shells have it, where it was cancelled.
func endingInOrder<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await withThrowingTaskGroup(of: Event<Result>?.self) { group in
        group.addTask { .done(try await body()) }
        group.addTask { await firstEndingSignal().map { .asked(signal: $0) } }
        defer { group.cancelAll() }
        switch try await group.next() ?? nil {
        case .done(let result): return result
        case .asked(let number): throw ExitCode(128 + number)
        case nil: throw CancellationError()
        }
    }
}

private enum Event<Result: Sendable>: Sendable {
    case done(Result)
    case asked(signal: Int32)
}

/// The first of the signals that ask for an end; nil when the task is cancelled.
///
/// A second one ends the program at once.
private func firstEndingSignal() async -> Int32? {
    let (numbers, arrival) = AsyncStream.makeStream(of: Int32.self)
    let sources = [SIGTERM, SIGINT].map { number in
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number)
        source.setEventHandler {
            signal(number, SIG_DFL)
            arrival.yield(number)
        }
        source.resume()
        return source
    }
    defer { for source in sources { source.cancel() } }
    return await numbers.first { _ in true }
}
