/// All parameters of the control law: one set for every junction, in one place.
///
/// Times in s, lengths in m.
public struct AdaptiveSettings: Equatable, Sendable {
    /// Which stages a junction may be given.
    public enum StageChoice: String, Sendable, CaseIterable {
        /// The stages of the present program, in its order.
        case ownOrder
        /// The stages of the present program, in any order.
        case ownStages
        /// Those, and all maximal sets of compatible signal groups that serve no lane in part, in any order.
        case compatibleSets
    }

    /// Which stages a junction may be given.
    public var stageChoice = StageChoice.compatibleSets
    /// How far ahead the schedule looks, whole s.
    public var horizon = 40
    /// Distance between the moments at which a schedule may change stage, whole s.
    public var step = 2
    /// Number of stages, the cheapest so far, from which changes are looked at in a second of the schedule.
    public var beam = 4
    /// How far before a stop line vehicles count, m.
    public var sight = 300.0
    /// What a stop costs beside the time it takes, in s of delay: the speed has to be won again behind the stop line.
    public var stopCost = 3.0
    /// Weight that a vehicle gains for every second that it has waited already where little waits, per s.
    public var weightPerWait = 0.02
    /// Green that lets out all who wait, s, up to which waits weigh in full.
    ///
    /// Where more is needed they weigh less, by its square: a junction that turns to whoever has waited longest while queues
    /// stand in all lanes changes stage too often to serve them.
    public var lightWork = 20.0
    /// Greatest weight of a vehicle that has waited.
    public var greatestWaitWeight = 3.0
    /// Time from the start of green to the passage of the first vehicle in a queue.
    public var startDelay = 1.5
    /// Factor on the headways of the queue model.
    public var headwayFactor = 1.0
    /// Time after the end of green in which vehicles still pass.
    public var endGain = 0.0
    /// Least time to the next vehicle of a stream that has the right of way.
    public var gapBefore = 3.0
    /// Time after a vehicle with the right of way until one that gave way may go.
    public var gapAfter = 1.0
    /// How fast an exit that is full of standing vehicles is taken to empty, vehicles/s.
    public var exitRelief = 0.2
    /// Share of an exit's length that standing vehicles must take up for it to count as full.
    public var fullExit = 0.6
    /// Mean speed below which the vehicles of an exit count as standing, m/s.
    public var standingSpeed = 2.0
    /// Speed below which the vehicles of an exit count as a queue, the more of them the slower they are, m/s.
    public var queueSpeed = 4.0
    /// What a vehicle whose exit is full of a queue weighs at least, as a share of what it weighs with a free one.
    ///
    /// In between it weighs the less the more of its exit a queue takes up, as in a pressure (Varaiya 2013): green for those
    /// who can only stand farther on is wasted, and where all of them stand, queues that go round lock up.
    public var leastExitWeight = 0.02
    /// Acceleration of vehicles that are slower than they could be, m/s².
    public var acceleration = 2.6
    /// Longest red of a signal group that somebody waits at.
    ///
    /// Where a junction cannot serve all its groups within this time, the time that it needs takes its place.
    public var longestWait = 120.0
    /// Green without a departure from a queue after which the queue is looked at anew.
    public var lockTime = 5.0
    /// How long after the end of their green vehicles that stand inside the junction are waited for, whole s.
    ///
    /// In practice: red clearance extension, with detectors inside the junction.
    public var holdTime = 10
    /// Speed below which vehicles inside the junction are in the way of who starts next, m/s.
    public var creepSpeed = 2.0

    /// The parameters that all measurements were made with.
    public init() {}
}
