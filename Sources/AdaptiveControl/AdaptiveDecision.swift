/// What the law decided for one second, and why.
public struct AdaptiveDecision: Equatable, Sendable {
    /// What the decision follows from.
    public enum Reason: String, Equatable, Sendable {
        /// The lamps have not finished the last change, or its least greens.
        case changing
        /// It costs least over the horizon.
        case cheapest
        /// Somebody has waited for as long as may be.
        case longestWait
        /// Groups of the stage do not start yet: vehicles that stand inside the junction are in their way.
        case junctionOccupied
        /// Nothing is seen: the present plan says it, and the number of the stage means nothing.
        case blind
    }

    /// Second that it is for.
    public var time: Int
    /// Number of the wanted stage.
    public var stage: Int
    /// Its groups, without those that do not start yet.
    public var wanted: GroupSet
    /// What it follows from.
    public var reason: Reason
    /// What each stage would cost over the horizon if it were wanted now, in weighted s; infinite for those that were
    /// not looked at, or were dearer all the way than another.
    public var costs: [Float]
}
