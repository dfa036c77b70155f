import SignalModel

/// Judges what the lamps of a junction show, moment by moment.
///
/// The judge keeps only what it needs of the past, so it can run for as long as the lamps do. What came before the
/// first observation is unknown and held to have kept the rules.
public struct TraceJudge: Sendable {
    private struct GroupState {
        var aspect: Aspect
        /// Start of the aspect; nil where it began before the first observation.
        var since: Int?
        /// End of the last green; nil where none was seen.
        var lastEndOfGreen: Int?
        /// Whether a green that is too long has been named.
        var tooLongIsNamed = false
    }

    private let junction: JunctionID
    private let rules: TickRules
    private var states: [GroupState] = []
    private var clock: Int?

    /// Breaches in the junction's rules themselves, which no aspects can make good.
    public var ruleViolations: [Violation] { rules.faults.map { Violation(junction: junction, fault: $0) } }

    /// Makes ready to judge the lamps of a junction.
    public init(junction: Junction) {
        self.init(rules: TickRules(junction), junction: junction.id)
    }

    init(rules: TickRules, junction: JunctionID) {
        self.junction = junction
        self.rules = rules
    }

    /// Judges the aspects that are shown from a moment on.
    ///
    /// - Parameters:
    ///   - aspects: One for each group, in the junction's order of groups.
    ///   - time: Start, s of network time, a multiple of 0.1 s and not before the last observation. The same aspects
    ///     may be observed again, every second for example.
    /// - Returns: The breaches that this observation brings to light. An observation that cannot be read is left out.
    public mutating func observe(_ aspects: [Aspect], at time: Double) -> [Violation] {
        guard let tick = Ticks.exactly(time), tick >= clock ?? tick else {
            return [Violation(junction: junction, fault: .aspectTimeUnusable(given: GivenValue(time)))]
        }
        return observe(aspects, atTick: tick).map { Violation(junction: junction, fault: $0) }
    }

    /// Holds every group that is not green for one that was green until the observation that was just made.
    mutating func holdGreenUntilNow() {
        for group in states.indices where states[group].aspect != .green { states[group].lastEndOfGreen = clock }
    }

    /// Judges the aspects that are shown from a tick on, which is not before the last observation's.
    mutating func observe(_ aspects: [Aspect], atTick tick: Int) -> [Violation.Fault] {
        guard aspects.count == rules.groups.count else {
            return [
                .aspectCountWrong(at: Ticks.seconds(tick), given: aspects.count, expected: rules.groups.count)
            ]
        }
        clock = tick
        let isFirst = states.isEmpty
        let before = states
        if isFirst { states = aspects.map { GroupState(aspect: $0) } }
        var found: [Violation.Fault] = []
        for group in aspects.indices where !isFirst {
            found += change(group, to: aspects[group], at: tick)
        }
        for conflict in rules.conflicts
        where states[conflict.first].aspect == .green && states[conflict.second].aspect == .green {
            if !isFirst, before[conflict.first].aspect == .green, before[conflict.second].aspect == .green { continue }
            found.append(
                .conflictingGreens(
                    first: rules.groups[conflict.first].id, second: rules.groups[conflict.second].id,
                    from: Ticks.seconds(tick), to: nil))
        }
        for group in aspects.indices where !isFirst && aspects[group] == .green && before[group].aspect != .green {
            found += faults(beforeStartOf: group, at: tick)
        }
        return found
    }

    private func faults(beforeStartOf group: Int, at tick: Int) -> [Violation.Fault] {
        var found: [Violation.Fault] = []
        for clearing in rules.clearingsBeforeStart[group] {
            let ending = states[clearing.ending]
            if clearing.ending != group, ending.aspect == .green { continue }
            guard let end = ending.lastEndOfGreen else { continue }
            found += rules.faults(of: clearing, endOfGreen: end, given: tick - end)
        }
        return found
    }

    private mutating func change(_ group: Int, to aspect: Aspect, at tick: Int) -> [Violation.Fault] {
        let state = states[group]
        let own = rules.groups[group]
        let age = state.since.map { tick - $0 }
        var found: [Violation.Fault] = []
        if state.aspect == .green, let age, let greatest = own.greatestGreen, age > greatest, !state.tooLongIsNamed {
            found.append(
                .greenTooLong(
                    group: own.id, start: Ticks.seconds(tick - age), given: Ticks.seconds(age),
                    greatest: Ticks.seconds(greatest)))
            states[group].tooLongIsNamed = true
        }
        guard aspect != state.aspect else { return found }
        if state.aspect == .green, let age { found += rules.faults(ofGreen: group, start: tick - age, duration: age) }
        found += fault(ofStep: state.aspect, to: aspect, age: age, group: own, at: tick)
        states[group].aspect = aspect
        states[group].since = tick
        states[group].tooLongIsNamed = false
        if state.aspect == .green { states[group].lastEndOfGreen = tick }
        return found
    }

    /// What is wrong with a step from one aspect to another: green, yellow, red, red-amber, green is the whole order.
    private func fault(
        ofStep from: Aspect, to: Aspect, age: Int?, group: TickRules.Group, at tick: Int
    ) -> [Violation.Fault] {
        let time = Ticks.seconds(tick)
        func yellowFault(_ given: Int?) -> [Violation.Fault] {
            guard let given, given < group.yellow else { return [] }
            return [
                .yellowTooShort(
                    group: group.id, at: time, given: Ticks.seconds(given), least: Ticks.seconds(group.yellow))
            ]
        }
        func redAmberFault(_ given: Int?) -> [Violation.Fault] {
            guard let given, given < group.redAmber else { return [] }
            return [
                .redAmberTooShort(
                    group: group.id, at: time, given: Ticks.seconds(given), least: Ticks.seconds(group.redAmber))
            ]
        }
        switch (from, to) {
        case (.green, .yellow), (.red, .redAmber): return []
        case (.green, .red): return yellowFault(0)
        case (.yellow, .red), (.yellow, .redAmber): return yellowFault(age)
        case (.yellow, .green): return yellowFault(age) + redAmberFault(0)
        case (.red, .green): return redAmberFault(0)
        case (.redAmber, .green): return redAmberFault(age)
        default: return [.aspectOutOfOrder(group: group.id, at: time, from: from, to: to)]
        }
    }
}
