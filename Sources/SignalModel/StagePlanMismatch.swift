/// Why a timing is no sequence of stages with the shortest interstages.
public enum StagePlanMismatch: Error, Equatable, Sendable {
    /// A time of a group, or without a group that of the cycle or the offset, is no whole second in range, or the
    /// group is not listed once.
    case unreadable(SignalGroupID?)
    /// Nothing is green from this second of network time on, for longer than the intergreens need.
    case allRed(at: Int)
    /// The interstages that the rules ask for leave the stage that ends at this second of network time no green.
    case noGreen(before: Int)
    /// Greens and the interstages that the rules ask for do not add up to the cycle.
    case doesNotClose(sum: Int, cycle: Int)
    /// A group starts or ends at other times than its stages.
    case greenOutsideStages(SignalGroupID)
}

extension StagePlanMismatch: CustomStringConvertible {
    /// One sentence for people.
    public var description: String {
        switch self {
        case .unreadable(let group):
            "\(group.map { "group \($0)" } ?? "cycle or offset"): expected whole seconds in range, for each group once"
        case .allRed(let time): "nothing is green from second \(time) on, for longer than the intergreens need"
        case .noGreen(let time): "the intergreens leave the stage that ends at second \(time) no green"
        case .doesNotClose(let sum, let cycle):
            "stages and the interstages that the rules ask for take \(sum) s, the cycle is \(cycle) s"
        case .greenOutsideStages(let group): "group \(group) starts or ends at other times than its stages"
        }
    }
}
