import SignalModel

/// Which detectors a report rests on, which were left out, and what none of them saw.
public struct DetectorHealthReport: Encodable, Sendable {
    /// What is wrong with a detector.
    public enum Fault: String, Encodable, Sendable, CaseIterable {
        /// Counts nothing while its surroundings carry traffic.
        case dead
        /// Counts the same throughout, or nothing while it is covered all the time.
        case stuck
        /// Counts about twice what passes.
        case doubled
        /// Has no reading in most intervals.
        case missing
    }

    /// A detector that was left out.
    public struct LeftOut: Encodable, Sendable {
        /// Detector.
        public let detector: DetectorID
        /// What is wrong with it.
        public let fault: Fault
        /// What it counted in the analysis period, vehicles.
        public let counted: Double
        /// What its surroundings say should have been counted, vehicles; nil where they say nothing.
        public let expected: Double?

        /// States what is wrong with a detector.
        public init(detector: DetectorID, fault: Fault, counted: Double, expected: Double?) {
            self.detector = detector
            self.fault = fault
            self.counted = counted
            self.expected = expected
        }
    }

    /// A lane behind whose queue traffic waited to the end, so that nobody counted it.
    public struct Unseen: Encodable, Sendable {
        /// Lane at the edge of the network.
        public let lane: LaneID
        /// Time from which the queue stands over the lane's entry, s.
        public let start: Double
        /// Vehicles that are taken to have come after that and not to have been counted; nil where nothing tells how many.
        public let vehicles: Double?

        /// States what was not counted.
        public init(lane: LaneID, start: Double, vehicles: Double?) {
            self.lane = lane
            self.start = start
            self.vehicles = vehicles
        }
    }

    /// Detectors of the network that are there to count.
    public let detectorCount: Int
    /// Those that were left out.
    public let leftOut: [LeftOut]
    /// Lanes with traffic that was not counted.
    public let unseen: [Unseen]

    /// States the health of a network's detectors.
    public init(detectorCount: Int, leftOut: [LeftOut], unseen: [Unseen]) {
        self.detectorCount = detectorCount
        self.leftOut = leftOut
        self.unseen = unseen
    }
}
