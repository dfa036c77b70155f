import SignalModel

/// What one run of one plan came to: one seed, one demand.
///
/// Figures that a simulator does not give are nil.
public struct RunFigures: Codable, Equatable, Sendable {
    /// The fullest lane.
    public struct Queue: Codable, Equatable, Sendable {
        /// Lane.
        public var lane: LaneID
        /// Longest queue over the room between entry and stop line.
        public var shareOfStorage: Double

        /// States a queue.
        public init(lane: LaneID, shareOfStorage: Double) {
            self.lane = lane
            self.shareOfStorage = shareOfStorage
        }
    }

    /// What people on foot waited.
    public struct Waiting: Codable, Equatable, Sendable {
        /// People counted.
        public var people: Double
        /// Mean, s each.
        public var mean: Double
        /// What 95 of 100 do not exceed, s.
        public var percentile95: Double

        /// States what was waited.
        public init(people: Double, mean: Double, percentile95: Double) {
            self.people = people
            self.mean = mean
            self.percentile95 = percentile95
        }
    }

    /// What one movement came to.
    public struct Turn: Codable, Equatable, Sendable {
        /// Movement.
        public var movement: MovementID
        /// Vehicles.
        public var vehicles: Double
        /// Mean delay, s per vehicle.
        public var delay: Double

        /// States a movement's delay.
        public init(movement: MovementID, vehicles: Double, delay: Double) {
            self.movement = movement
            self.vehicles = vehicles
            self.delay = delay
        }
    }

    /// Vehicles scheduled in the window.
    public var vehicles: Double
    /// Of them, never inserted for want of room.
    public var neverInserted: Double?
    /// Of them, on their way at the end of the window.
    public var unfinished: Double?
    /// Mean delay over every vehicle scheduled, s; the simulator says which delay.
    public var delay: Double
    /// Delay that 95 of 100 vehicles scheduled do not exceed, s.
    public var delayPercentile95: Double?
    /// Delay of the vehicle that has most, s.
    public var greatestDelay: Double?
    /// Stops per vehicle scheduled.
    public var stops: Double
    /// Vehicles that arrived, per hour.
    public var throughputPerHour: Double?
    /// Carbon dioxide, g per vehicle scheduled.
    public var carbonDioxide: Double?
    /// Delay as the RESCO benchmark counts it (Ault and Sharon 2021), s: over vehicles that arrived and those that were
    /// never inserted, and not over those on their way at the end.
    public var delayOfRESCO: Double?
    /// The fullest lane; nil where no lane had a queue.
    public var worstQueue: Queue?
    /// People on foot; nil where there were none.
    public var waiting: Waiting?
    /// Signalised movements with traffic, in the network's order.
    public var movements: [Turn]

    /// Collects the figures of a run.
    public init(
        vehicles: Double, neverInserted: Double? = nil, unfinished: Double? = nil, delay: Double,
        delayPercentile95: Double? = nil, greatestDelay: Double? = nil, stops: Double,
        throughputPerHour: Double? = nil, carbonDioxide: Double? = nil, delayOfRESCO: Double? = nil,
        worstQueue: Queue? = nil,
        waiting: Waiting? = nil, movements: [Turn] = []
    ) {
        self.vehicles = vehicles
        self.neverInserted = neverInserted
        self.unfinished = unfinished
        self.delay = delay
        self.delayPercentile95 = delayPercentile95
        self.greatestDelay = greatestDelay
        self.stops = stops
        self.throughputPerHour = throughputPerHour
        self.carbonDioxide = carbonDioxide
        self.delayOfRESCO = delayOfRESCO
        self.worstQueue = worstQueue
        self.waiting = waiting
        self.movements = movements
    }

    /// The movement with the greatest mean delay, among those that at least ``leastVehicles`` take.
    public var worstMovement: Turn? {
        movements.filter { $0.vehicles >= Self.leastVehicles }.max { $0.delay < $1.delay }
    }

    /// Vehicles below which the mean delay of a movement says little.
    public static let leastVehicles = 10.0
}
