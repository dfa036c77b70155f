import SignalModel

/// What one detector counted in one interval, over all its readings that start in it.
public struct IntervalCount: Equatable, Sendable {
    /// Detector that counted.
    public var detector: DetectorID
    /// Start of the interval, s of network time.
    public var start: Double
    /// Vehicles counted in the time that is covered.
    public var count: Double
    /// Time that readings with a count cover, s; less than the interval where some are missing.
    public var covered: Double
    /// Mean occupancy, weighted by time, 0 … 1; absent where not measured.
    public var occupancy: Double?
    /// Mean speed, weighted by vehicles, m/s; absent where not measured or nothing passed.
    public var speed: Double?
    /// Readings that went into it.
    public var readings: Int
    /// Readings that are missing: without a count, suspect, or never received, as far as the mean length of those that
    /// came says how many there should be.
    public var missing: Int

    /// States a count.
    public init(
        detector: DetectorID, start: Double, count: Double, covered: Double, occupancy: Double?, speed: Double?,
        readings: Int, missing: Int
    ) {
        self.detector = detector
        self.start = start
        self.count = count
        self.covered = covered
        self.occupancy = occupancy
        self.speed = speed
        self.readings = readings
        self.missing = missing
    }
}
