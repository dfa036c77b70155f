/// What is known, or believed, of the traffic before and behind one junction at one moment.
public struct TrafficPicture: Equatable, Sendable {
    /// A vehicle on its way to the stop line.
    public struct Vehicle: Equatable, Sendable {
        /// Number of its stream.
        public var stream: Int
        /// Distance from the stop line, m.
        public var distance: Double
        /// Speed, m/s.
        public var speed: Double
        /// How long it has waited before this junction, s.
        public var waited: Double
        /// What it weighs against a car: more for a bus with many people in it.
        public var weight: Double

        /// Describes a vehicle.
        public init(stream: Int, distance: Double, speed: Double, waited: Double = 0, weight: Double = 1) {
            self.stream = stream
            self.distance = distance
            self.speed = speed
            self.waited = waited
            self.weight = weight
        }
    }

    /// What is on an exit.
    public struct Exit: Equatable, Sendable {
        /// Vehicles on it.
        public var vehicles: Double
        /// Their mean speed, m/s.
        public var meanSpeed: Double

        /// Describes what is on an exit.
        public init(vehicles: Double, meanSpeed: Double) {
            self.vehicles = vehicles
            self.meanSpeed = meanSpeed
        }
    }

    /// Vehicles of every lane, by number of the lane; the nearest to the stop line first.
    public var lanes: [[Vehicle]]
    /// What is on every exit, by its number; nil where nothing is known.
    public var exits: [Exit?]

    /// Groups that somebody may wait at without being seen.
    public var mayHide = GroupSet()

    /// Groups whose vehicles stand or creep inside the junction, behind their stop line.
    public var inside = GroupSet()

    /// Whether no detector says anything that can be true, so that the picture means nothing.
    public var isBlind = false

    /// A picture without vehicles.
    public init(_ layout: JunctionLayout) {
        lanes = Array(repeating: [], count: layout.lanes.count)
        exits = Array(repeating: nil, count: layout.exits.count)
    }
}
