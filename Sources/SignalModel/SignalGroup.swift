/// Lamps that always show the same aspect; serves one or more movements or a crossing.
public struct SignalGroup: Codable, Equatable, Sendable {
    /// Names the group within its junction.
    public var id: SignalGroupID
    /// Whom the group serves.
    public var kind: SignalGroupKind
    /// Yellow after green (for pedestrians: 0), s.
    public var yellow: Double
    /// Red and amber before green, s.
    public var redAmber: Double
    /// Least green, s.
    public var leastGreen: Double
    /// Greatest green, s; absent where there is none.
    public var greatestGreen: Double?
    /// True where traffic may turn on red after a stop.
    public var turnOnRed: Bool
    /// The crossing that a pedestrian or cycle group serves.
    public var crossing: Crossing?

    /// Describes a signal group.
    public init(
        id: SignalGroupID, kind: SignalGroupKind = .vehicle, yellow: Double = 3, redAmber: Double = 0,
        leastGreen: Double = 5, greatestGreen: Double? = nil, turnOnRed: Bool = false, crossing: Crossing? = nil
    ) {
        self.id = id
        self.kind = kind
        self.yellow = yellow
        self.redAmber = redAmber
        self.leastGreen = leastGreen
        self.greatestGreen = greatestGreen
        self.turnOnRed = turnOnRed
        self.crossing = crossing
    }

    private enum CodingKeys: String, CodingKey {
        case id, kind, turnOnRed, crossing
        case yellow = "yellow_s"
        case redAmber = "redAmber_s"
        case leastGreen = "leastGreen_s"
        case greatestGreen = "greatestGreen_s"
    }
}

/// Whom a signal group serves.
public enum SignalGroupKind: String, Codable, Sendable, CaseIterable {
    case vehicle, pedestrian, cycle, tram
}

/// A crossing for people on foot or on cycles.
public struct Crossing: Codable, Equatable, Sendable {
    /// Kerb to kerb, m.
    public var length: Double
    /// Walking speed that the clearance is made for, m/s.
    public var walkingSpeed: Double
    /// Least time of the green man (walk), s.
    public var leastWalk: Double
    /// Links that are crossed.
    public var crosses: [LinkID]
    /// Position in the controller's state string; absent where there is none.
    public var signalIndices: [Int]

    /// Describes a crossing.
    public init(
        length: Double, walkingSpeed: Double = 1.2, leastWalk: Double = 5, crosses: [LinkID] = [],
        signalIndices: [Int] = []
    ) {
        self.length = length
        self.walkingSpeed = walkingSpeed
        self.leastWalk = leastWalk
        self.crosses = crosses
        self.signalIndices = signalIndices
    }

    /// Time that a pedestrian who starts at the last moment of green needs to reach the other kerb, s.
    public var clearance: Double { length / walkingSpeed }

    private enum CodingKeys: String, CodingKey {
        case crosses, signalIndices
        case length = "length_m"
        case walkingSpeed = "walkingSpeed_mps"
        case leastWalk = "leastWalk_s"
    }
}
