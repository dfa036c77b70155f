/// Bounds every wait: which stage must come when somebody has waited for as long as may be.
///
/// Groups that are due are served one by one through a small set of stages that covers all groups, the one that has waited
/// longest first. Nobody comes twice before somebody who is due, so that at most all stages of the cover, each with its
/// change and least green, pass between the moment a group is due and its green. A group is due that time before its limit.
struct WaitLimits: Sendable {
    /// Longest red of a group that somebody waits at, s; more than was asked for where the junction needs more.
    let limit: Int
    private let dueAfter: Int
    private let coverStage: [Int]
    /// Second from which on somebody has waited at each group.
    private(set) var waitingSince: [Int?]

    init(table: StageTable, changes: StageChanges, rules: ControlRules, longestWait: Double, holdTime: Int) {
        coverStage = table.coverStage
        waitingSince = Array(repeating: nil, count: rules.groupCount)
        let cover = Set(table.coverStage)
        var longest = 0
        for stage in cover {
            for old in table.stages.indices where old != stage {
                longest = max(longest, changes.settled(from: old, to: stage))
            }
        }
        // One more for the stage that has just begun when a group becomes due, which may have been held, and two seconds of
        // red and deciding.
        let rotation = (table.coverCount + 1) * longest + holdTime + 2
        limit = max(rotation, Int(min(longestWait, 86400)))
        dueAfter = limit - rotation
    }

    /// Takes down who waits: from when somebody has stopped until nobody is there any more, or there is green.
    mutating func observe(waiting: GroupSet, present: GroupSet, green: GroupSet, at time: Int) {
        for group in waitingSince.indices {
            if green.contains(group) || !present.contains(group) {
                waitingSince[group] = nil
            } else if waitingSince[group] == nil, waiting.contains(group) {
                waitingSince[group] = time
            }
        }
    }

    /// The stage that must come next; nil where nobody is due.
    func dueStage(at time: Int) -> Int? {
        var first: (since: Int, group: Int)?
        for group in waitingSince.indices {
            guard let since = waitingSince[group], time - since >= dueAfter else { continue }
            if first.map({ since < $0.since }) ?? true { first = (since, group) }
        }
        return first.map { coverStage[$0.group] }
    }
}
