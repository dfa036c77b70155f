/// Bounds every wait: which stage must come when somebody has waited for as long as may be.
///
/// Groups that somebody waits at are covered by a small set of stages. The law may do what it likes as long as all of them can
/// be served in time after it, one after another, the one that has waited longest first; else that one must come. Nobody comes
/// twice before somebody who waits, so that what can be served in time now can be until it is.
struct WaitLimits: Sendable {
    /// Longest red of a group that somebody waits at, s; more than was asked for where the junction needs more.
    let limit: Int
    private let coverStage: [Int]
    private let changes: StageChanges
    /// A second each until it is seen that a group has become red, until it is decided, and until it is shown; and the least
    /// green of a group that has just come back after its greatest, s.
    private let slack: Int
    /// Second from which on somebody has waited at each group.
    private(set) var waitingSince: [Int?]

    init(table: StageTable, changes: StageChanges, rules: ControlRules, longestWait: Double, holdTime: Int) {
        coverStage = table.coverStage
        self.changes = changes
        waitingSince = Array(repeating: nil, count: rules.groupCount)
        func longest(to stage: Int) -> Int {
            table.stages.indices.reduce(0) { $1 == stage ? $0 : max($0, changes.settled(from: $1, to: stage)) }
        }
        let comingBack = (0..<rules.groupCount).filter { rules.greatestGreen[$0] < .max }
        slack = 3 + comingBack.reduce(0) { max($0, rules.leastGreen[$1]) }
        // All of them after a stage that the law has just chosen, which may have been held.
        let rotation = table.coverCount * table.coverStage.reduce(0) { max($0, longest(to: $1)) }
        let chosen = table.stages.indices.reduce(0) { max($0, longest(to: $1)) } + holdTime + slack
        limit = max(chosen + rotation, Int(min(longestWait, 86400)))
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

    /// Forgets who waits, as the time is another.
    mutating func forget() { waitingSince = waitingSince.map { _ in nil } }

    /// The stage that must come next; nil where the law may do what it is about to.
    ///
    /// - Parameters:
    ///   - busy: How long that keeps the law from choosing again, s.
    ///   - stage: The stage that it leads to.
    ///   - soonest: How soon a stage could have settled from now on, s: greens that ended before the present stage may still clear.
    func dueStage(at time: Int, after busy: Int, in stage: Int, soonest: (Int) -> Int) -> Int? {
        var since: [Int: Int] = [:]
        for (group, start) in waitingSince.enumerated() {
            if let start { since[coverStage[group]] = min(start, since[coverStage[group]] ?? start) }
        }
        let order = since.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
        var served = time + busy + slack
        for (place, entry) in order.enumerated() {
            // Those before it may have gone, or been served with another, when its turn comes.
            served += order[..<place].reduce(changes.settled(from: stage, to: entry.key)) {
                max($0, changes.settled(from: $1.key, to: entry.key))
            }
            served = max(served, time + soonest(entry.key) + slack)
            if served > entry.value + limit { return order[0].key }
        }
        return nil
    }
}
