import SignalModel

/// An induction loop in one lane.
public struct LoopDetector: Equatable, Sendable {
    /// Names the loop.
    public var id: DetectorID
    /// Lane that it lies in.
    public var lane: LaneID
    /// Where it lies, m from the start of the lane.
    public var position: Double
}

/// What a loop reports for one second.
public struct LoopReading: Equatable, Sendable {
    /// Vehicles whose front came on it.
    public var passed: Int
    /// Whether it was covered for all of the second.
    public var isCovered: Bool
    /// Whether a vehicle is on it at the end of the second.
    public var isOccupied: Bool

    /// States a reading.
    public init(passed: Int, isCovered: Bool, isOccupied: Bool) {
        self.passed = passed
        self.isCovered = isCovered
        self.isOccupied = isOccupied
    }

    /// Whether the number can be true: vehicles do not follow each other within a third of a second.
    public var isPlausible: Bool { (0...3).contains(passed) }
}
