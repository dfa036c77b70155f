import SignalModel

/// What a controller holds by itself: its junction's rules, its fallback programme, and what it takes from a centre.
public struct EdgeSettings: Sendable {
    /// A plan of the fallback programme with the time of day from which it runs.
    public struct FallbackPlan: Equatable, Sendable {
        /// Start, s after midnight.
        public var timeOfDay: Int
        /// The plan, in whole seconds.
        public var plan: JunctionPlan

        /// Enters a plan.
        public init(timeOfDay: Int = 0, plan: JunctionPlan) {
            self.timeOfDay = timeOfDay
            self.plan = plan
        }
    }

    /// Whether anybody can be in the junction when the controller starts.
    public enum Start: Sendable {
        /// Nothing is known: all is red until whoever may be in the junction has left it.
        case unknownStreet
        /// The street is empty, as at the beginning of a simulation: the plan is shown at once.
        case emptyStreet
    }

    /// How long a lease of groups may keep a group from green where nothing else is said, s.
    public static let usualGreatestRed = 300

    /// The junction with its rules.
    public var junction: Junction
    /// Plans by time of day; the first one of the day also runs before it, from the last one of the day before.
    public var fallback: [FallbackPlan]
    /// What to add to network time for the local time of day, s.
    public var timeOfDayOffset = 0
    /// Longest time that a lease of a plan may run, s.
    public var longestPlanLease = 900.0
    /// Longest time that a lease of groups may run, s.
    public var longestGroupsLease = 30.0
    /// How old a lease may be when it arrives, s.
    public var greatestLeaseAge = 30.0
    /// By how much a centre's clock may be ahead, s.
    public var clockTolerance = 5.0
    /// By how much network time may move otherwise than the clock that nobody sets, from one second to the next, s.
    public var greatestClockStep = 2
    /// By how much a sequence number may exceed that before.
    public var greatestSequenceStep = 1_000_000
    /// How long a lease of groups may keep a group from green, s.
    public var greatestRed = Self.usualGreatestRed
    /// Detectors inside the junction, with the group whose way each sees: while vehicles of a group stand there, none that a
    /// lease of groups or the own law wants starts across them.
    public var inside: [DetectorID: SignalGroupID] = [:]
    /// How long after the end of their green they are waited for, s: somewhat longer than a law has patience that decides a
    /// second or two before.
    public var holdTime = 15
    /// Speed below which they count as standing, m/s.
    public var creepSpeed = 2.0
    /// What is known of the street at the start.
    public var start = Start.unknownStreet

    /// States the rules and the fallback.
    public init(junction: Junction, fallback: [FallbackPlan]) {
        self.junction = junction
        self.fallback = fallback
    }
}
