import PerformanceModel

/// The bands that MAXBAND found, and the timing that has them.
public struct BandSolution: Sendable, Equatable {
    /// Cycle, sequence, offsets and speeds.
    public let timing: BandTiming
    let outboundWidth: Double
    let inboundWidth: Double?
    /// Time from the start of each signal's outbound green to the front of the outbound band as it leaves, s.
    public let outboundLeads: [Double]
    /// Time from the start of each signal's inbound green to the front of the inbound band as it leaves, s; nil on a
    /// one-way street.
    public let inboundLeads: [Double]?
    /// Value of what was made greatest, by ``MaxBand/Balance``, shares of the cycle; with a fixed ratio b + b̄.
    public let value: Double
    /// What no timing's value is above; ``value`` but for rounding where it is proven optimal.
    public let bound: Double
    /// Whether no timing is better; false where the search ended at its limit.
    public let isProvenOptimal: Bool

    /// The band from the first signal to the last.
    public var outbound: GreenBand { GreenBand(width: outboundWidth, cycleTime: timing.cycle) }
    /// The band from the last signal to the first; nil on a one-way street.
    public var inbound: GreenBand? { inboundWidth.map { GreenBand(width: $0, cycleTime: timing.cycle) } }
}
