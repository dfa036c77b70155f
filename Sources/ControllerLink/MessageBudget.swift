import NIOCore

/// How many messages may still come: a bucket that fills at an even rate.
struct MessageBudget: Sendable {
    private let rate: Double?
    private let capacity: Double
    private var available: Double
    private var last: NIODeadline?

    init(_ limits: LinkLimits) {
        rate = limits.messagesPerSecond
        capacity = max(1, limits.burst)
        available = capacity
    }

    /// Takes one message; false where there is none left.
    mutating func take(at now: NIODeadline) -> Bool {
        guard let rate else { return true }
        if let last {
            available = min(capacity, available + rate * Double((now - last).nanoseconds) / 1e9)
        }
        last = now
        guard available >= 1 else { return false }
        available -= 1
        return true
    }
}
