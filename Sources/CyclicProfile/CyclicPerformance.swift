import SignalModel

/// What a plan costs under the cyclic flow profile model: everything in one common cycle, over all lane groups.
public struct CyclicPerformance: Sendable, Equatable {
    /// Uniform delay: the area under the queues at the periodic steady state, vehicle-seconds per cycle.
    ///
    /// Over the vehicles that pass their stop line in a cycle; those that do not fit in count as ``incrementalDelay``.
    public var uniformDelay = 0.0
    /// Delay from randomness and oversaturation (HCM 2010 equation 18-45), vehicle-seconds per cycle.
    public var incrementalDelay = 0.0
    /// Vehicles that are still there at the end of the second in which they came to a stop line, per cycle.
    public var stops = 0.0

    /// States costs.
    public init(uniformDelay: Double = 0, incrementalDelay: Double = 0, stops: Double = 0) {
        self.uniformDelay = uniformDelay
        self.incrementalDelay = incrementalDelay
        self.stops = stops
    }

    /// Uniform and incremental delay, vehicle-seconds per cycle.
    public var delay: Double { uniformDelay + incrementalDelay }

    /// Costs of two parts of a network together.
    public static func + (one: Self, other: Self) -> Self {
        Self(
            uniformDelay: one.uniformDelay + other.uniformDelay,
            incrementalDelay: one.incrementalDelay + other.incrementalDelay, stops: one.stops + other.stops)
    }

    /// What costs change by.
    public static func - (one: Self, other: Self) -> Self {
        Self(
            uniformDelay: one.uniformDelay - other.uniformDelay,
            incrementalDelay: one.incrementalDelay - other.incrementalDelay, stops: one.stops - other.stops)
    }

    /// Delay with stops at what one stop counts for, vehicle-seconds per cycle.
    public func index(secondsPerStop: Double) -> Double { delay + secondsPerStop * stops }
}

/// What one lane group does in one common cycle.
public struct LaneGroupProfile: Sendable {
    /// The link that it is at the end of.
    public var link: LinkID
    /// Its lanes.
    public var lanes: [LaneID]
    /// IN: vehicles that come to the stop line in each second.
    public var arrivals: [Double]
    /// GO: vehicles that can leave in each second.
    public var capacity: [Double]
    /// OUT: vehicles that leave in each second.
    public var departures: [Double]
    /// Vehicles in queue at the end of each second, of those that fit in.
    public var queue: [Double]
    /// Demand over capacity, at most 1000.
    public var degreeOfSaturation: Double
    /// Its part of the costs.
    public var performance: CyclicPerformance
}
