import SignalModel

/// What a road between two signalised junctions costs for every difference of their offsets.
public struct OffsetTable: Sendable, Equatable {
    /// The road.
    public var link: LinkID
    /// Position of the junction whose departures come to the road.
    public var upstream: Int
    /// Number of junctions whose departures come to the road: it has as many tables, each with all that the road costs.
    public var feederCount: Int
    /// Position of the junction at its end.
    public var downstream: Int
    /// Cost when the upstream junction's offset gets later by d = 0 ..< cycle seconds while all else stays as it is: delay and
    /// stops on the road, vehicle-seconds per cycle.
    ///
    /// The offset of the downstream junction later by d is the same as the upstream one's earlier by d: entry cycle − d.
    public var costs: [Double]
}
