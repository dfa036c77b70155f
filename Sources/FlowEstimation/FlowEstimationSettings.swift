/// What an estimate of flows takes for granted.
public struct FlowEstimationSettings: Sendable, Equatable {
    /// Start of the analysis period, s; nil: that of the first reading.
    public var start: Double?
    /// End of the analysis period, s; nil: that of the last reading.
    public var end: Double?
    /// Length of the intervals of the estimate, s; nil: that of the shortest readings, but 60 to 300 s.
    public var intervalLength: Double?
    /// Most vehicles that one lane can carry, veh/s; more is not a count.
    public var greatestFlow = 1.0

    /// Takes the standard values.
    public init() {}
}
