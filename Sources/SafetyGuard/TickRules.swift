import SignalModel

/// The rules of a junction in ticks, made from the junction alone.
///
/// Rules that are not whole ticks are rounded to the safe side. Unusable ones are named in ``faults``.
struct TickRules: Sendable {
    /// Times of one group.
    struct Group: Sendable {
        let id: SignalGroupID
        let kind: SignalGroupKind
        let yellow: Int
        let redAmber: Int
        let leastGreen: Int
        let greatestGreen: Int?
        let leastWalk: Int?
        /// Time to walk from kerb to kerb; absent without a crossing.
        let clearance: Int?

        /// Least time without green between two greens.
        var change: Int { yellow + redAmber }
    }

    /// Two groups that may not be green together; first < second.
    struct Conflict: Hashable, Comparable, Sendable {
        let first: Int
        let second: Int

        static func < (one: Self, other: Self) -> Bool { (one.first, one.second) < (other.first, other.second) }
    }

    /// What must pass between the end of one green and the start of another.
    struct Clearing: Sendable {
        let ending: Int
        let starting: Int
        /// The listed intergreen.
        let intergreen: Int
        /// Yellow of the ending and red-amber of the starting group, which may not be shown at once.
        let change: Int
        /// Time for people on the crossing of the ending group; absent where nobody walks or none drives.
        let clearance: Int?
    }

    /// Groups in the junction's order.
    private(set) var groups: [Group] = []
    /// Number of each group.
    private(set) var index: [SignalGroupID: Int] = [:]
    /// Pairs that may not be green together, in the order of the groups.
    private(set) var conflicts: [Conflict] = []
    /// For each group, what must have passed before its green starts, in the order of the ending groups.
    private(set) var clearingsBeforeStart: [[Clearing]] = []
    /// What is wrong with the rules themselves.
    private(set) var faults: [Violation.Fault] = []

    init(_ junction: Junction) {
        for group in junction.signalGroups {
            if index[group.id] != nil {
                faults.append(.ruleGroupRepeated(group: group.id))
                continue
            }
            index[group.id] = groups.count
            groups.append(read(group))
        }
        read(junction.intergreens)
        for conflict in junction.permittedConflicts {
            for group in [conflict.yielding, conflict.priority] where index[group] == nil {
                faults.append(.ruleGroupUnknown(group: group))
            }
        }
    }

    private mutating func read(_ group: SignalGroup) -> Group {
        var clearance: Int?
        if let crossing = group.crossing {
            let length = crossing.length
            let speed = crossing.walkingSpeed
            let lengthIsUsable = length.isFinite && length >= 0
            let speedIsUsable = speed.isFinite && speed > 0
            if !lengthIsUsable {
                faults.append(.ruleUnusable(.crossingLength(group: group.id), given: GivenValue(length)))
            }
            if !speedIsUsable {
                faults.append(.ruleUnusable(.walkingSpeed(group: group.id), given: GivenValue(speed)))
            }
            if lengthIsUsable && speedIsUsable {
                clearance = Ticks.atLeast(length / speed)
                // A speed so small that nobody ever arrives.
                if clearance == nil {
                    faults.append(.ruleUnusable(.walkingSpeed(group: group.id), given: GivenValue(speed)))
                }
            }
        }
        return Group(
            id: group.id, kind: group.kind, yellow: atLeast(group.yellow, .yellow(group: group.id)),
            redAmber: atLeast(group.redAmber, .redAmber(group: group.id)),
            leastGreen: atLeast(group.leastGreen, .leastGreen(group: group.id)),
            greatestGreen: greatestGreen(of: group),
            leastWalk: group.crossing.map { atLeast($0.leastWalk, .leastWalk(group: group.id)) },
            clearance: clearance)
    }

    private mutating func greatestGreen(of group: SignalGroup) -> Int? {
        guard let seconds = group.greatestGreen else { return nil }
        guard let ticks = Ticks.atMost(seconds) else {
            faults.append(.ruleUnusable(.greatestGreen(group: group.id), given: GivenValue(seconds)))
            return nil
        }
        return ticks
    }

    private mutating func atLeast(_ seconds: Double, _ rule: Violation.RuleValue) -> Int {
        guard let ticks = Ticks.atLeast(seconds) else {
            faults.append(.ruleUnusable(rule, given: GivenValue(seconds)))
            return 0
        }
        return ticks
    }

    private mutating func read(_ intergreens: [Intergreen]) {
        // Keyed by (ending, starting) in place of a matrix: a junction with absurdly many groups costs no memory.
        var listed: [[Int: Int]] = Array(repeating: [:], count: groups.count)
        var pairs: Set<Conflict> = []
        for intergreen in intergreens {
            guard let ending = index[intergreen.ending], let starting = index[intergreen.starting] else {
                for group in [intergreen.ending, intergreen.starting] where index[group] == nil {
                    faults.append(.ruleGroupUnknown(group: group))
                }
                continue
            }
            let rule = Violation.RuleValue.intergreen(ending: intergreen.ending, starting: intergreen.starting)
            let ticks = atLeast(intergreen.seconds, rule)
            listed[ending][starting] = max(listed[ending][starting] ?? 0, ticks)
            if ending != starting {
                pairs.insert(Conflict(first: min(ending, starting), second: max(ending, starting)))
            }
        }
        conflicts = pairs.sorted()
        clearingsBeforeStart = Array(repeating: [], count: groups.count)
        for conflict in conflicts {
            add(ending: conflict.first, starting: conflict.second, listed: listed)
            add(ending: conflict.second, starting: conflict.first, listed: listed)
        }
        for group in groups.indices {
            if let own = listed[group][group] {
                clearingsBeforeStart[group].append(
                    Clearing(ending: group, starting: group, intergreen: own, change: 0, clearance: nil))
            }
            clearingsBeforeStart[group].sort { $0.ending < $1.ending }
        }
    }

    private mutating func add(ending: Int, starting: Int, listed: [[Int: Int]]) {
        clearingsBeforeStart[starting].append(
            Clearing(
                ending: ending, starting: starting,
                // The one direction that is not listed is still a conflict: its change and clearance hold.
                intergreen: listed[ending][starting] ?? 0, change: groups[ending].yellow + groups[starting].redAmber,
                clearance: groups[starting].kind == .pedestrian ? nil : groups[ending].clearance))
    }

    /// What is wrong with a green that starts some ticks after another's end.
    func faults(of clearing: Clearing, endOfGreen: Int, given: Int) -> [Violation.Fault] {
        let ending = groups[clearing.ending].id
        let starting = groups[clearing.starting].id
        let end = Ticks.seconds(endOfGreen)
        let passed = Ticks.seconds(given)
        var found: [Violation.Fault] = []
        if given < clearing.intergreen {
            found.append(
                .intergreenTooShort(
                    ending: ending, starting: starting, endOfGreen: end, given: passed,
                    least: Ticks.seconds(clearing.intergreen)))
        }
        if given < clearing.change {
            found.append(
                .yellowMeetsRedAmber(
                    ending: ending, starting: starting, endOfGreen: end, given: passed,
                    least: Ticks.seconds(clearing.change)))
        }
        if let clearance = clearing.clearance, given < clearance {
            found.append(
                .pedestrianClearanceTooShort(
                    ending: ending, starting: starting, endOfGreen: end, given: passed,
                    least: Ticks.seconds(clearance)))
        }
        return found
    }

    /// What is wrong with the length of one green.
    func faults(ofGreen group: Int, start: Int, duration: Int) -> [Violation.Fault] {
        let rules = groups[group]
        let from = Ticks.seconds(start)
        let given = Ticks.seconds(duration)
        var found: [Violation.Fault] = []
        if duration < rules.leastGreen {
            found.append(
                .greenTooShort(group: rules.id, start: from, given: given, least: Ticks.seconds(rules.leastGreen)))
        }
        if let least = rules.leastWalk, duration < least {
            found.append(.walkTooShort(group: rules.id, start: from, given: given, least: Ticks.seconds(least)))
        }
        return found
    }
}
