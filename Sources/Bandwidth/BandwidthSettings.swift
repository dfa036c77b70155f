/// What an engineer decides before bands are sought.
public struct BandwidthSettings: Sendable, Equatable {
    /// Shortest cycle time, s.
    ///
    /// Webster's cycle of light traffic is shorter, but then random arrivals and turns that give way overload it.
    public var leastCycle = 45
    /// Longest cycle time, s.
    public var greatestCycle = 150
    /// Least time for which a stage is complete, s.
    public var leastStageGreen = 5
    /// Cycles that an arterial may have, as multiples of the longest of its junctions' Webster cycles.
    ///
    /// Delay changes little between three quarters and one and a half times Webster's cycle (Webster 1958).
    public var cycleRange = 0.8...1.25
    /// Slowest speed of a band, share of the free-flow speed; it is never faster than that.
    public var leastSpeedShare = 0.9
    /// Greatest change of 1/speed from one road to the next, s/m; nil where any within the speeds may be.
    public var greatestSlownessChange: Double?
    /// What the bands of the two directions are worth; nil for the ratio of their flows with
    /// ``MaxBand/Balance/leastRatio(_:)``.
    public var balance: MaxBand.Balance?
    /// The left-turn stages of the arterial may go before or after its others.
    public var changesSequence = true
    /// Bands make room for the queues of traffic that turned in from side streets.
    public var clearsQueues = true
    /// How bands deal with those queues.
    public var queues = MaxBand.QueueTreatment.bandAdvances
    /// All junctions run one cycle where their rules allow it; otherwise each arterial has its own, and each junction that is in none.
    public var hasCommonCycle = false
    /// Nodes of the search tree for an arterial after which the best bands so far are taken.
    public var greatestNodes = 200_000

    /// Takes the standard values.
    public init() {}
}
