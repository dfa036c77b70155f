/// What the cyclic flow profile model takes for granted; the same for every network.
public struct CyclicSettings: Sendable, Equatable {
    /// Platoon dispersion factor α (Robertson 1969).
    public var alpha = 0.35
    /// Lag of the first of a platoon as a share of the travel time, β (Robertson 1969).
    public var beta = 0.8
    /// Time that a stop counts for in the performance index, s.
    public var secondsPerStop = 2.0
    /// Analysis period T of the incremental delay (HCM 2010 equation 18-45), s.
    public var analysisPeriod = 900.0
    /// k·I of the incremental delay: 0.5 for random arrivals and fixed-time control.
    public var randomness = 0.5
    /// Change of a departure profile between two passes up to which the engine counts it as settled, veh/s: the root of the sum
    /// of the squares over the seconds of the cycle.
    public var tolerance = 1e-3
    /// Passes over the network after which profiles are taken as they are.
    public var greatestPassCount = 30

    /// Takes the standard values.
    public init() {}
}
