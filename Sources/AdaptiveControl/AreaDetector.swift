import SignalModel

/// A detector that sees a stretch of one lane, in zones, as video and radar do.
public struct AreaDetector: Equatable, Sendable {
    /// Names the detector.
    public var id: DetectorID
    /// Lane that it lies on.
    public var lane: LaneID
    /// Link that the lane belongs to.
    public var link: LinkID
    /// Where it begins, m from the start of the lane.
    public var start: Double
    /// Its length, m.
    public var length: Double
    /// Free-flow speed of the lane, m/s.
    public var speed: Double
    /// Number of zones of equal length that it tells apart, the first at its downstream end.
    public var zoneCount: Int

    /// Length of a zone, m.
    public var zoneLength: Double { length / Double(zoneCount) }
}
