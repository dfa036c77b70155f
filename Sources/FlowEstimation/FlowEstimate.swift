import SignalModel

/// Flows with what is known of their quality.
public struct FlowEstimate: Sendable {
    /// The demand.
    public var flows: Flows
    /// Detectors that were left out, and why.
    public var faults: [DetectorHealth]
}
