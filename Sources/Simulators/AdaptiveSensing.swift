/// What the adaptive control of a run sees before the stop lines; of what is inside the junctions ``InsideSensor`` tells.
public enum AdaptiveSensing: String, Equatable, Sendable, CaseIterable {
    /// Lane-area detectors at the stop lines.
    case laneAreas
    /// Induction loops at the stop lines and before them.
    case loops
    /// Every vehicle with its place, speed and next movement.
    case perfect
}
