import Dispatch

/// Computes something for each of `count` numbers on several threads; the result does not depend on how many.
public func parallelMap<Result: Sendable>(count: Int, threads: Int, _ body: @Sendable (Int) -> Result) -> [Result] {
    let lanes = max(1, min(threads, count))
    guard lanes > 1 else { return (0..<count).map(body) }
    let collected = Collector<Result>(count: count)
    DispatchQueue.concurrentPerform(iterations: lanes) { _ in
        while let number = collected.next() { collected.put(body(number), at: number) }
    }
    return collected.values()
}

/// Hands out numbers and takes results back, for several threads at once.
private final class Collector<Result: Sendable>: @unchecked Sendable {
    private let queue = DispatchQueue(label: "greenband.parallel-map")
    private var results: [Result?]
    private var handedOut = 0

    init(count: Int) { results = Array(repeating: nil, count: count) }

    func next() -> Int? {
        queue.sync {
            guard handedOut < results.count else { return nil }
            handedOut += 1
            return handedOut - 1
        }
    }

    func put(_ result: Result, at number: Int) { queue.sync { results[number] = result } }

    func values() -> [Result] { queue.sync { results.map { $0! } } }
}
