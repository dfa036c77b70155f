import SignalModel

/// Which detectors a report rests on, and which were left out.
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

    /// Detectors of the network that are there to count.
    public let detectorCount: Int
    /// Those that were left out.
    public let leftOut: [LeftOut]

    /// States the health of a network's detectors.
    public init(detectorCount: Int, leftOut: [LeftOut]) {
        self.detectorCount = detectorCount
        self.leftOut = leftOut
    }
}
