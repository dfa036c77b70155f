import SafetyGuard

/// Turns wanted stages into what the lamps of a junction show, second by second, whatever is wanted.
///
/// A green ends when it is not wanted and has lasted long enough; a green starts when it is wanted and every
/// conflicting group has been without green for its intergreen. So no sequence of wishes breaks a rule: a wish that
/// cannot be granted yet waits, and of two conflicting groups that are wanted at once the one with the lower number
/// goes first.
public struct StageExecutor: Sendable {
    /// The rules that are kept.
    public let rules: ControlRules
    /// What each group shows in the second that was asked for last.
    public private(set) var aspects: [Aspect]
    /// First second of the aspect of each group.
    private(set) var since: [Int]
    /// Second in which the last green of each group was over.
    private(set) var lastEnd: [Int]

    /// All groups red, as if every one of them had lost its green at that second.
    public init(rules: ControlRules, time: Int) {
        self.rules = rules
        aspects = Array(repeating: .red, count: rules.groupCount)
        since = Array(repeating: time, count: rules.groupCount)
        lastEnd = since
    }

    /// Groups that are green.
    public var green: GroupSet { GroupSet(aspects.indices.lazy.filter { aspects[$0] == .green }) }

    /// Goes on to the second that begins at a time.
    ///
    /// - Parameters:
    ///   - wanted: Groups that shall be green as soon as they can be.
    ///   - time: Whole s, later than at the last call; seconds may have been left out.
    /// - Returns: What each group shows in that second.
    @discardableResult
    public mutating func advance(wanted: GroupSet, at time: Int) -> [Aspect] {
        for group in aspects.indices {
            let age = time - since[group]
            switch aspects[group] {
            case .green where isOver(group, age: age, wanted: wanted):
                show(rules.yellow[group] > 0 ? .yellow : .red, by: group, at: time)
                lastEnd[group] = time
            case .yellow where age >= rules.yellow[group]: show(.red, by: group, at: time)
            case .redAmber where age >= rules.redAmber[group]: show(.green, by: group, at: time)
            default: break
            }
        }
        for group in aspects.indices
        where aspects[group] == .red && wanted.contains(group) && mayPrepare(group, at: time) {
            show(rules.redAmber[group] > 0 ? .redAmber : .green, by: group, at: time)
        }
        return aspects
    }

    /// Takes in what the lamps show in a second, where others have the last word on it.
    mutating func observe(_ shown: [Aspect], at time: Int) {
        for group in aspects.indices where shown[group] != aspects[group] {
            if aspects[group] == .green { lastEnd[group] = time }
            show(shown[group], by: group, at: time)
        }
    }

    private mutating func show(_ aspect: Aspect, by group: Int, at time: Int) {
        aspects[group] = aspect
        since[group] = time
    }

    private func isOver(_ group: Int, age: Int, wanted: GroupSet) -> Bool {
        age >= rules.greatestGreen[group] || (!wanted.contains(group) && age >= rules.leastGreen[group])
    }

    /// Whether red and amber, or green where a group has none, may begin.
    private func mayPrepare(_ group: Int, at time: Int) -> Bool {
        // Yellow and green are never shown without a second of red between them.
        guard time > since[group] else { return false }
        let start = time + rules.redAmber[group]
        // A green that was cut at its greatest length stays away for a second: it would not have been cut else.
        if start - lastEnd[group] < max(1, rules.intergreen(ending: group, starting: group)) { return false }
        return aspects.indices.allSatisfy { other in
            guard other != group, rules.areIncompatible(other, group) else { return true }
            return aspects[other] != .green && aspects[other] != .redAmber
                && start - lastEnd[other] >= rules.intergreen(ending: other, starting: group)
        }
    }

    /// Groups that must not start yet because vehicles of others, whose green has ended, stand in their way.
    ///
    /// - Parameters:
    ///   - inside: Groups whose vehicles stand or creep inside the junction.
    ///   - limit: How long after the end of their green they are waited for, s.
    func held(by inside: GroupSet, at time: Int, for limit: Int) -> GroupSet {
        var held = GroupSet()
        for ended in aspects.indices
        where inside.contains(ended) && aspects[ended] != .green && time - lastEnd[ended] <= limit {
            for group in aspects.indices
            where group != ended && aspects[group] == .red && rules.areIncompatible(ended, group) {
                held.insert(group)
            }
        }
        return held
    }

    /// Time from now until a group could start its green if these groups were wanted from now on, s; 0 where it is
    /// green.
    ///
    /// Exact where the wanted groups are compatible and none has a greatest green.
    func startOffset(_ group: Int, wanted: GroupSet, at time: Int) -> Int {
        if aspects[group] == .green { return 0 }
        if aspects[group] == .redAmber { return max(0, since[group] + rules.redAmber[group] - time) }
        let redSince = since[group] + (aspects[group] == .yellow ? rules.yellow[group] : 0)
        var start = max(
            max(time, redSince + 1) + rules.redAmber[group],
            lastEnd[group] + max(1, rules.intergreen(ending: group, starting: group)))
        for other in aspects.indices where other != group && rules.areIncompatible(other, group) {
            let end =
                switch aspects[other] {
                case .green: time + endOffset(other, at: time)
                case .redAmber: since[other] + rules.redAmber[other] + rules.leastGreen[other]
                case .red, .yellow: lastEnd[other]
                }
            start = max(start, end + rules.intergreen(ending: other, starting: group))
        }
        return start - time
    }

    /// Time from now until a green that is not wanted any more would end, s.
    func endOffset(_ group: Int, at time: Int) -> Int {
        max(0, since[group] + rules.leastGreen[group] - time)
    }

    /// Time from now until all of these groups have been green for their least time, s.
    func settledOffset(wanted: GroupSet, at time: Int) -> Int {
        var result = 0
        for group in aspects.indices where wanted.contains(group) {
            let start =
                aspects[group] == .green
                ? since[group] - time : startOffset(group, wanted: wanted, at: time)
            result = max(result, start + rules.leastGreen[group])
        }
        return result
    }
}
