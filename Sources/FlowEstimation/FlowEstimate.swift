import SignalModel

/// Flows with what is known of their quality.
public struct FlowEstimate: Sendable {
    /// The demand.
    public var flows: Flows
    /// Detectors that were left out, and why.
    public var faults: [DetectorHealth]
    /// Lanes behind whose queues there waits what was never counted, and how much of the flows that is.
    public var unseen: [UnseenDemand]
    /// Detectors of the counts that are none of the network's, or not there to count, in the order of the counts.
    public var unknownDetectors: [DetectorID]
    /// End of the analysis period that makes no whole interval and is left out, s.
    public var rest: Double
}

/// Vehicles that are taken to have come to a lane at the edge of the network and to have waited outside to the end.
public struct UnseenDemand: Equatable, Sendable {
    /// Lane over whose entry a queue stands.
    public var lane: LaneID
    /// Time from which it stands there until the end of the analysis period, s.
    public var start: Double
    /// Vehicles that came after that and were not counted; nil where the queue has stood there from the start, so that
    /// nothing tells how many: they are in no flow.
    public var vehicles: Double?
}
