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
    /// Vehicles that clear in the yellow after those that wait inside the junction, for movements that give way.
    public var clearingInYellow = 1.0
    /// Greatest change of a departure profile between two passes at which it counts as settled, veh/s.
    public var tolerance = 3e-4
    /// Passes over the network after which profiles are taken as they are.
    public var greatestPassCount = 30

    /// Takes the standard values.
    public init() {}
}
