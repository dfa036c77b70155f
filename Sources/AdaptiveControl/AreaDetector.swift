import SignalModel

/// A detector that sees a stretch of one lane.
public struct AreaDetector: Equatable, Sendable {
    /// Names the detector.
    public var id: DetectorID
    /// Lane that it lies on.
    public var lane: LaneID
    /// Where it begins, m from the start of the lane.
    public var start: Double
    /// Its length, m.
    public var length: Double
}

/// What a lane-area detector reports for one second.
public struct AreaReading: Equatable, Sendable {
    /// Vehicles on it.
    public var vehicles: Int
    /// Those of them that stand.
    public var halted: Int
    /// Mean speed of the vehicles, m/s; meaningless without any.
    public var meanSpeed: Double

    /// States a reading.
    public init(vehicles: Int, halted: Int, meanSpeed: Double) {
        self.vehicles = vehicles
        self.halted = halted
        self.meanSpeed = meanSpeed
    }

    /// Whether the numbers can be true on a detector of that many places.
    func isPlausible(places: Double) -> Bool {
        vehicles >= 0 && halted >= 0 && halted <= vehicles && Double(vehicles) <= 2 * places + 2
            && (vehicles == 0 || (meanSpeed >= -1 && meanSpeed < 100))
    }
}
