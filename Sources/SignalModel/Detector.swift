/// A place on a lane where vehicles are counted.
public struct Detector: Codable, Equatable, Sendable {
    /// Names the detector.
    public var id: DetectorID
    /// Lane that it lies on.
    public var lane: LaneID
    /// Distance from the start of the lane, m.
    public var position: Double
    /// What it is there for.
    public var purpose: DetectorPurpose

    /// Describes a detector.
    public init(id: DetectorID, lane: LaneID, position: Double, purpose: DetectorPurpose) {
        self.id = id
        self.lane = lane
        self.position = position
        self.purpose = purpose
    }

    private enum CodingKeys: String, CodingKey {
        case id, lane, purpose
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
}
