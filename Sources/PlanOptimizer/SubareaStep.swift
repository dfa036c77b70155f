/// A step of the search in one subarea that is done.
public struct SubareaStep: Sendable {
    /// Number of the subarea.
    public var subarea: Int
    /// Junctions that were looked at.
    public var junctions: Int
    /// Junctions at the border that were timed anew; 0 where the subarea was optimised on its own.
    public var border = 0
    /// Junctions of other subareas whose timings had to be known.
    public var foreign = 0
    /// Round of stitching, in which subareas do not wait for each other; 0 for those optimised on their own.
    public var round = 0
    /// Steps that are done, with this one.
    public internal(set) var done = 0
    /// Steps that there are in all.
    public internal(set) var all = 0
}
