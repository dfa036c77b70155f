/// A timing of an arterial with the speeds that it is made for.
public struct BandTiming: Sendable, Equatable {
    /// Cycle time, s.
    public var cycle: Double
    /// Pattern of each signal, by its number.
    public var patterns: [Int]
    /// Time at which each signal's reference point comes round after that of the first, 0 ..< cycle, s; later is positive.
    public var offsets: [Double]
    /// Speed on each outbound road, m/s.
    public var outboundSpeeds: [Double]
    /// Speed on each inbound road, m/s, in the order of ``Arterial/inbound``; nil on a one-way street.
    public var inboundSpeeds: [Double]?

    /// States a timing.
    public init(
        cycle: Double, patterns: [Int], offsets: [Double], outboundSpeeds: [Double], inboundSpeeds: [Double]? = nil
    ) {
        self.cycle = cycle
        self.patterns = patterns
        self.offsets = offsets
        self.outboundSpeeds = outboundSpeeds
        self.inboundSpeeds = inboundSpeeds
    }
}
