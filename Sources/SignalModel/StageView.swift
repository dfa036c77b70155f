/// A group-based timing read as stages: which groups are green together, one set after another.
///
/// All times are in seconds of the plan's own cycle.
public struct StageView: Equatable, Sendable {
    /// One stage with its green and the change that follows.
    public struct TimedStage: Equatable, Sendable {
        /// Start of the time in which all leading groups of the stage are green, s.
        public var start: Double
        /// Length of that time, s.
        public var green: Double
        /// Time from its end to the start of the next stage, s.
        public var interstage: Double
        /// Groups that are green in it, by number.
        public var groups: [ServedGroup]
    }

    /// A signal group in a stage.
    public struct ServedGroup: Equatable, Sendable {
        /// Number of the group in the junction.
        public var group: Int
        /// Length of its own green, which may begin before the stage, end after it or last for several, s.
        public var green: Double
    }

    /// Stages by the second at which they start.
    public var stages: [TimedStage]
    /// Numbers of the groups that are green for the whole cycle.
    public var alwaysGreen: [Int]
    /// Numbers of the groups that have no green.
    public var neverGreen: [Int]
}
