/// Traffic demand over an analysis period, in equal intervals.
public struct Flows: Codable, Equatable, Sendable {
    /// Start of the analysis period, s of network time.
    public var start: Double
    /// Length of one interval, s.
    public var intervalLength: Double
    /// Number of intervals.
    public var intervalCount: Int
    /// Vehicles that begin their journey on a link.
    public var sources: [LinkFlow]
    /// Vehicles of each movement.
    public var movements: [MovementFlow]
    /// People who cross, by pedestrian or cycle group.
    public var crossings: [CrossingFlow]

    /// Assembles flows.
    public init(
        start: Double, intervalLength: Double, intervalCount: Int, sources: [LinkFlow], movements: [MovementFlow],
        crossings: [CrossingFlow] = []
    ) {
        self.start = start
        self.intervalLength = intervalLength
        self.intervalCount = intervalCount
        self.sources = sources
        self.movements = movements
        self.crossings = crossings
    }

    /// Length of the analysis period, s.
    public var duration: Double { intervalLength * Double(intervalCount) }

    private enum CodingKeys: String, CodingKey {
        case intervalCount, sources, movements, crossings
        case start = "start_s"
        case intervalLength = "intervalLength_s"
    }
}

/// Vehicles that begin their journey on a link.
public struct LinkFlow: Codable, Equatable, Sendable {
    /// Link.
    public var link: LinkID
    /// Flow in each interval, veh/h.
    public var flowPerHour: [Double]

    /// States the source flow of a link.
    public init(link: LinkID, flowPerHour: [Double]) {
        self.link = link
        self.flowPerHour = flowPerHour
    }

    private enum CodingKeys: String, CodingKey {
        case link
        case flowPerHour = "flow_vehPerHour"
    }
}

/// Vehicles of one movement.
public struct MovementFlow: Codable, Equatable, Sendable {
    /// Movement.
    public var movement: MovementID
    /// Demand in each interval, veh/h.
    public var flowPerHour: [Double]
    /// Standard error of each value of ``flowPerHour``, veh/h.
    public var standardErrorPerHour: [Double]
    /// Share of the movement's flow on each of its lane connections; sums to 1.
    public var laneShares: [Double]

    /// States the flow of a movement.
    public init(movement: MovementID, flowPerHour: [Double], standardErrorPerHour: [Double], laneShares: [Double]) {
        self.movement = movement
        self.flowPerHour = flowPerHour
        self.standardErrorPerHour = standardErrorPerHour
        self.laneShares = laneShares
    }

    private enum CodingKeys: String, CodingKey {
        case movement, laneShares
        case flowPerHour = "flow_vehPerHour"
        case standardErrorPerHour = "standardError_vehPerHour"
    }
}

/// People on foot or on cycles who cross under one signal group.
public struct CrossingFlow: Codable, Equatable, Sendable {
    /// Junction.
    public var junction: JunctionID
    /// Signal group.
    public var group: SignalGroupID
    /// People in each interval, per hour.
    public var flowPerHour: [Double]

    /// States the flow over a crossing.
    public init(junction: JunctionID, group: SignalGroupID, flowPerHour: [Double]) {
        self.junction = junction
        self.group = group
        self.flowPerHour = flowPerHour
    }

    private enum CodingKeys: String, CodingKey {
        case junction, group
        case flowPerHour = "flow_personsPerHour"
    }
}
