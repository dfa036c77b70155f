/// What detectors counted.
public struct Counts: Codable, Equatable, Sendable {
    /// Readings, in no particular order.
    public var readings: [DetectorReading]

    /// Collects readings.
    public init(readings: [DetectorReading]) { self.readings = readings }
}

/// What one detector counted in one interval.
public struct DetectorReading: Codable, Equatable, Sendable {
    /// Detector that counted.
    public var detector: DetectorID
    /// Start of the interval, s of network time.
    public var start: Double
    /// Length of the interval, s.
    public var length: Double
    /// Vehicles counted; absent where the reading is missing.
    public var count: Double?
    /// Share of the interval in which the detector was covered, 0 … 1; absent where not measured.
    public var occupancy: Double?
    /// Mean speed, m/s; absent where not measured or nothing passed.
    public var speed: Double?
    /// Whether a vehicle is on the detector at the end of the interval; absent where not measured.
    ///
    /// Control of the second needs it; counts as CSV do without.
    public var isPresent: Bool?

    /// States a reading.
    public init(
        detector: DetectorID, start: Double, length: Double, count: Double?, occupancy: Double? = nil,
        speed: Double? = nil, isPresent: Bool? = nil
    ) {
        self.detector = detector
        self.start = start
        self.length = length
        self.count = count
        self.occupancy = occupancy
        self.speed = speed
        self.isPresent = isPresent
    }

    private enum CodingKeys: String, CodingKey {
        case detector, count, occupancy
        case start = "start_s"
        case length = "length_s"
        case speed = "speed_mps"
        case isPresent = "present"
    }
}
