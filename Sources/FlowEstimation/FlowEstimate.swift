import SignalModel

/// Flows with what is known of their quality.
public struct FlowEstimate: Sendable {
    /// The demand.
    public var flows: Flows
    /// Detectors that were left out, and why.
    public var faults: [DetectorHealth]
    /// Detectors of the counts that are none of the network's, or not there to count, in the order of the counts.
    public var unknownDetectors: [DetectorID]
    /// End of the analysis period that makes no whole interval and is left out, s.
    public var rest: Double
}
