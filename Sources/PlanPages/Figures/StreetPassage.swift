/// When a vehicle comes to a stop line and when it leaves it.
public struct StreetPassage: Encodable, Sendable, Equatable {
    /// s of network time; later than the cycle where the way takes longer.
    public let arrival: Double
    /// s of network time.
    public let departure: Double
}
