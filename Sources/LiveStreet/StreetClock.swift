import Synchronization

/// The time of a simulated street, which its centre goes by too.
public final class StreetClock: Sendable {
    private let now: Mutex<Double>

    /// Starts at a time, s of network time.
    public init(_ time: Double) { now = Mutex(time) }

    /// Seconds of network time.
    public var time: Double { now.withLock { $0 } }

    func set(_ time: Double) { now.withLock { $0 = time } }
}
