/// What one side of a connection takes from the other.
public struct LinkLimits: Equatable, Sendable {
    /// Longest line, bytes without its end.
    public var greatestLine = 65536
    /// Longest time from the first byte of a line to its end, s.
    public var longestLineTime = 5.0
    /// Messages a second that are taken in the long run; nil for a simulated street, which runs faster than any clock.
    public var messagesPerSecond: Double? = 50
    /// Messages that may come at once.
    public var burst = 200.0
    /// Longest time without any message, s; nil for none.
    public var longestSilence: Double? = 15
    /// Longest time from the connection to the end of an encrypted one's handshake, s.
    public var longestHandshake = 5.0
    /// Longest time between messages of the own side, s; well below what the other side bears.
    public var heartbeat = 5.0

    /// The usual limits.
    public init() {}

    /// For a street that is simulated: seconds pass in milliseconds, and nobody beats the drum between them.
    public static var simulated: LinkLimits {
        var limits = LinkLimits()
        limits.messagesPerSecond = nil
        limits.longestSilence = nil
        return limits
    }
}
