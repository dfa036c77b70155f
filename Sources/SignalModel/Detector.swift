/// A place on a lane where vehicles are counted.
public struct Detector: Codable, Equatable, Sendable {
    /// Names the detector.
    public var id: DetectorID
    /// Lane that it lies on, or whose end it lies behind.
    public var lane: LaneID
    /// Distance from the start of the lane, m; of one inside a junction, the stop line's.
    public var position: Double
    /// What it is there for.
    public var purpose: DetectorPurpose
    /// The movement whose way over the junction one inside it sees; nil for all others.
    public var movement: MovementID?

    /// Describes a detector.
    public init(
        id: DetectorID, lane: LaneID, position: Double, purpose: DetectorPurpose, movement: MovementID? = nil
    ) {
        self.id = id
        self.lane = lane
        self.position = position
        self.purpose = purpose
        self.movement = movement
    }

    private enum CodingKeys: String, CodingKey {
        case id, lane, purpose, movement
        case position = "position_m"
    }
}

/// What a detector is there for.
public enum DetectorPurpose: String, Codable, Sendable, CaseIterable {
    /// Counts what enters the link, near its upstream end: demand, even where the queue never clears.
    case entry
    /// Counts what leaves over the stop line.
    case stopLine
    /// Tells a controller that is controlled second by second who comes and who stands; no flows are estimated from it.
    case control
    /// Tells it who stands inside the junction, on the way of one movement from one lane; nothing is counted.
    case inside

    /// Whether flows are estimated from what it counts.
    public var isCounting: Bool { self == .entry || self == .stopLine }
}
