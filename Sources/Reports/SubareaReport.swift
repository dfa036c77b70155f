/// Junctions that were optimised together, and how good their offsets are.
public struct SubareaReport: Encodable, Sendable {
    /// Number of junctions.
    public let junctionCount: Int
    /// The junctions share a cycle, or half of it; else every junction runs its own.
    public let isCoordinated: Bool
    /// The common cycle, s.
    public let cycle: Int?
    /// Delay between signals in the cyclic model, with what stops count for, vehicle-seconds per second.
    public let offsetDelay: Double?
    /// What no offsets can go below in that model, vehicle-seconds per second.
    public let offsetBound: Double?
    /// The most that other offsets could save in that model, share of the delay.
    public let offsetGap: Double?

    /// States what is known of a subarea.
    ///
    /// - Parameter offsets: Common cycle, s, delay between signals and its bound, vehicle-seconds per second, and the gap between
    ///   them, share of the delay; nil where that is not known.
    public init(
        junctionCount: Int, isCoordinated: Bool, offsets: (cycle: Int, delay: Double, bound: Double, gap: Double)?
    ) {
        self.junctionCount = junctionCount
        self.isCoordinated = isCoordinated
        cycle = offsets?.cycle
        offsetDelay = offsets?.delay
        offsetBound = offsets?.bound
        offsetGap = offsets?.gap
    }

    /// What it says in one sentence.
    var text: String {
        let junctions = "\(junctionCount) junction\(junctionCount == 1 ? "" : "s")"
        guard isCoordinated else { return "\(junctions): every junction runs its own cycle." }
        guard let cycle, let offsetDelay, let offsetBound, let offsetGap else {
            return "\(junctions) share a cycle, or half of it."
        }
        return
            "\(junctions) share a cycle of \(cycle) s, or half of it. In this model, with mean flows and the profiles that "
            + "settle under the plan, delay and stops between the signals come to \(rounded(offsetDelay, 2)) veh h/h; no offsets "
            + "go below \(rounded(offsetBound, 2)), so others could save at most \(rounded(offsetGap * 100, 1)) %."
    }
}
