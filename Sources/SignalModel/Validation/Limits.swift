/// Bounds of what a number in a document can mean; beyond them it is a slip of the pen.
///
/// They are wide: a value within them may still be unusual, or break a rule that the safety guard judges.
public enum Limits {
    /// Coordinates, m.
    public static let coordinate = -1e9...1e9
    /// Length of a link or lane, m.
    public static let laneLength = 0.01...1e6
    /// Length of a path inside a node, m.
    public static let pathLength = 0.0...1e6
    /// Speeds of traffic, m/s.
    public static let speed = 0.01...200.0
    /// Length of a vehicle, m.
    public static let vehicleLength = 0.05...100.0
    /// Gap between standing vehicles, m.
    public static let gap = 0.0...100.0
    /// Time headway, s.
    public static let headway = 0.05...60.0
    /// Saturation flow of a lane, veh/h of green.
    public static let saturationFlow = 1.0...10000.0
    /// Vehicles that wait inside a junction.
    public static let waitingInside = 0...1000
    /// Signals of a controller's state string.
    public static let signalCount = 0...100_000
    /// Yellow, red and amber, least greens and intergreens, s.
    public static let signalTime = 0.0...3600.0
    /// Greatest green, s.
    public static let greatestGreen = 0.0...86400.0
    /// Cycle time, s.
    public static let cycle = 1.0...86400.0
    /// Length of a green, s; no longer than the cycle.
    public static let leastGreenDuration = 0.001
    /// Length of a crossing, m.
    public static let crossingLength = 0.01...1000.0
    /// Walking speed, m/s.
    public static let walkingSpeed = 0.1...20.0
    /// NEMA numbers of phases.
    public static let phaseNumber = 1...16
    /// Start of a period, s of network time.
    public static let time = -1e9...1e9
    /// Length of an interval, s.
    public static let interval = 0.1...86400.0
    /// Number of intervals of a period.
    public static let intervalCount = 1...100_000
    /// Flows of vehicles or people and their standard errors, per hour.
    public static let flow = 0.0...1e9
    /// Share of a whole.
    public static let share = 0.0...1.0
    /// By how much shares may miss a sum of 1.
    public static let shareTolerance = 1e-6
    /// Vehicles that a detector counts in an interval.
    public static let count = 0.0...1e6
    /// Speed that a detector measures, m/s.
    public static let measuredSpeed = 0.0...200.0
}
