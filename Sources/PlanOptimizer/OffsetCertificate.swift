/// How good the offsets of junctions with a common cycle are, in the cyclic model: with mean flows, and the profiles that settle
/// under the plan.
public struct OffsetCertificate: Codable, Equatable, Sendable {
    /// The common cycle, s.
    public var cycle: Int
    /// Delay on the roads between signals, with what stops count for, vehicle-seconds per second.
    public var delay: Double
    /// What no offsets can go below while the profiles are those, vehicle-seconds per second.
    public var bound: Double

    /// The most that other offsets could save, share of the delay.
    public var gap: Double { delay > 0 ? max(0, delay - bound) / delay : 0 }
}
