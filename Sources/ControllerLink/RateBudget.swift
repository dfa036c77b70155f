import NIOCore

/// How many things may still come: a bucket that fills at an even rate.
struct RateBudget: Sendable {
    private let rate: Double?
    private let capacity: Double
    private var available: Double
    private var last: NIODeadline?

    /// A full bucket.
    ///
    /// - Parameters:
    ///   - rate: Things a second; nil for as many as there are.
    ///   - burst: Things that may come at once.
    init(rate: Double?, burst: Double) {
        self.rate = rate
        capacity = max(1, burst)
        available = capacity
    }

    /// Takes one; false where there is none left.
    mutating func take(at now: NIODeadline) -> Bool {
        guard let rate else { return true }
        fill(rate, now)
        guard available >= 1 else { return false }
        available -= 1
        return true
    }

    /// Whether the bucket is as full as it was at first.
    mutating func isFull(at now: NIODeadline) -> Bool {
        guard let rate else { return true }
        fill(rate, now)
        return available >= capacity
    }

    private mutating func fill(_ rate: Double, _ now: NIODeadline) {
        if let last { available = min(capacity, available + rate * Double((now - last).nanoseconds) / 1e9) }
        last = now
    }
}
