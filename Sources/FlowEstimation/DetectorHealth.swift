import SignalModel

/// A detector whose counts cannot be trusted, and why.
///
/// A detector that is missing or stuck shows it by itself. One that is dead or doubled shows it on a link whose lanes are
/// all counted at the entry and at the stop line; a dead one at an entry also by stop lines that feed no other lane. What
/// random counts explain is no fault, so it takes some 60 vehicles in the period to find a dead detector, and about 100
/// and a fifth of the link to find a doubled one.
public struct DetectorHealth: Codable, Equatable, Sendable {
    /// What is wrong with a detector.
    public enum Fault: String, Codable, Sendable {
        /// Counts nothing while its surroundings carry traffic.
        case dead
        /// Counts the same throughout, as chance hardly ever does, or nothing while it is covered all the time.
        case stuck
        /// Counts about twice what passes.
        case doubled
        /// Has no reading in most intervals.
        case missing
    }

    /// Detector.
    public var detector: DetectorID
    /// What is wrong with it.
    public var fault: Fault
    /// What it counted in the analysis period, vehicles.
    public var counted: Double
    /// What its surroundings say should have been counted, vehicles; absent where they say nothing.
    public var expected: Double?
}
