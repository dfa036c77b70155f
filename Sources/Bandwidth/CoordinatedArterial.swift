import PerformanceModel

/// An arterial of a network with the bands that a plan gives it.
public struct CoordinatedArterial: Sendable, Equatable {
    /// The street.
    public let chain: ArterialChain
    /// The street as the search saw it: greens, roads and sequences at the plan's cycle.
    ///
    /// Without its inbound direction where greens are too short for a band each way.
    public let arterial: Arterial
    /// What the search found.
    public let solution: BandSolution
    /// The timing that the plan has: offsets in whole seconds.
    public let timing: BandTiming
    /// The outbound band that is left of the solution's after rounding.
    public let outbound: GreenBand
    /// The inbound band that is left after rounding; nil where there is none.
    public let inbound: GreenBand?
    /// Numbers of the stops whose sequence of stages is not the present one.
    public let resequencedStops: [Int]
}
