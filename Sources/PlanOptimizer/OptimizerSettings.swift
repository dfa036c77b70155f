/// What an engineer decides before a plan is sought.
public struct OptimizerSettings: Sendable, Equatable {
    /// Which stages a plan may use.
    public enum StageChoice: String, Sendable, CaseIterable {
        /// Every stage of the present program is served, in any order.
        case own
        /// Stages may be dropped where every group is still served, and derived from the conflict matrix.
        case free
    }

    /// A part of the search that can be left out, to see what it is worth.
    public enum Part: String, Sendable, CaseIterable {
        /// Common cycles.
        case coordination
        /// Offsets of all junctions with a common cycle at once.
        case offsets
        /// Short steps at the end: offsets of all junctions with a common cycle at once, then sweeps.
        case refinement
        /// Longer steps before that.
        case sketch
    }

    /// Which stages a plan may use.
    public var stages = StageChoice.own
    /// Shortest cycle time, s.
    ///
    /// Shorter ones collapse when traffic is a little heavier than counted.
    public var leastCycle = 32
    /// Longest cycle time, s.
    public var greatestCycle = 150
    /// Least time for which a stage is complete, s.
    public var leastStageGreen = 5
    /// Least green of a signal group where stages are free, s, whatever the network allows.
    ///
    /// It may run through several stages. With own stages ``leastStageGreen`` stands in its place.
    public var leastGroupGreen = 7
    /// Share by which the demand that a plan is made for exceeds what was counted.
    public var reserve = 0.0
    /// Draws, at least one, of who turns when, within what was counted, that a plan is made for; the search takes as many times longer.
    public var draws = 1
    /// Demands that a plan is made for, as multiples of what was counted; each is drawn ``draws`` times.
    public var demandScales = [1.0]
    /// Weight of the worst demands in what is made least; the rest is the weight of their mean.
    public var tailWeight = 0.0
    /// Part of the demands that are the worst.
    public var tailShare = 0.2
    /// Seed of the draws.
    public var seed: UInt64 = 0
    /// Parts of the search to leave out.
    public var leftOut: Set<Part> = []
    /// How much to search: timings that are simulated in one search of a junction that 1,000 veh/h pass, at least 1.
    ///
    /// Others get as much as the power 1.5 of their traffic.
    public var effort = 64
    /// Most junctions that are optimised as one subarea.
    public var greatestSubarea = 40
    /// Threads to use; the plan does not depend on it.
    public var threads = 2

    /// Takes the standard values.
    public init() {}
}
