import SignalModel

/// Says of every second, before it is shown, whether the lamps of a junction may show it.
///
/// It remembers what was shown and for how long, and judges what is wanted next against that: conflicting greens,
/// intergreens and clearances, least and greatest greens, the order and length of yellow and red-amber, and a red-amber
/// that could only lead to a green too early. Only what it was told was shown counts as shown.
public struct LampGuard: Sendable {
    private let junction: JunctionID
    private let isStreetEmpty: Bool
    private let rules: TickRules
    private var judge: TraceJudge
    /// End of the last green of each group, tick; nil where none was seen.
    private var endsOfGreen: [Int?]
    /// Start of the green of each group, tick; nil where it is not green or began unseen.
    private var startsOfGreen: [Int?]
    /// What was shown last; empty before the first second.
    private var shown: [Aspect] = []

    /// Faults of the junction's rules; while there are any, nothing may be shown.
    public var ruleViolations: [Violation] { judge.ruleViolations }

    /// Makes ready for a junction whose lamps have not shown anything yet.
    ///
    /// - Parameter isStreetEmpty: Nobody is on the way, and the first second may show anything. Otherwise what came before
    ///   is unknown, and every group that is not green then counts as having been green until then.
    public init(junction: Junction, isStreetEmpty: Bool) {
        self.isStreetEmpty = isStreetEmpty
        self.junction = junction.id
        rules = TickRules(junction)
        judge = TraceJudge(rules: rules, junction: junction.id)
        endsOfGreen = Array(repeating: nil, count: rules.groups.count)
        startsOfGreen = endsOfGreen
    }

    /// Every rule that would be broken by showing aspects from a moment on; empty where they may be shown.
    ///
    /// - Parameters:
    ///   - aspects: One for each group, in the junction's order of groups.
    ///   - time: Moment on a clock that nobody sets, s, a multiple of 0.1 s and not before that of the last second.
    public func violations(ofShowing aspects: [Aspect], at time: Double) -> [Violation] {
        var trial = judge
        // A green that has been too long is no reason to keep it; those that stay are named below.
        let found = trial.ruleViolations + trial.observe(aspects, at: time).filter { !$0.fault.isGreenTooLong }
        guard found.isEmpty, let tick = Ticks.exactly(time) else { return found }
        let more =
            shown.isEmpty
            ? firstFaults(aspects, at: tick)
            : redAmberFaults(aspects, at: tick) + greatestGreenFaults(aspects, at: tick)
        return more.map { Violation(junction: junction, fault: $0) }
    }

    /// Notes that aspects were shown from a moment on, whether they might be or not.
    ///
    /// - Returns: The rules that were broken.
    @discardableResult
    public mutating func show(_ aspects: [Aspect], at time: Double) -> [Violation] {
        let named = violations(ofShowing: aspects, at: time)
        let lasted = judge.observe(aspects, at: time).filter { $0.fault.isGreenTooLong && !named.contains($0) }
        let found = named + lasted
        guard aspects.count == rules.groups.count, let tick = Ticks.exactly(time) else { return found }
        if shown.isEmpty, !isStreetEmpty {
            judge.holdGreenUntilNow()
            endsOfGreen = aspects.map { $0 == .green ? nil : tick }
        }
        for (group, aspect) in aspects.enumerated() where !shown.isEmpty {
            let isGreen = aspect == .green
            guard isGreen != (shown[group] == .green) else { continue }
            startsOfGreen[group] = isGreen ? tick : nil
            if !isGreen { endsOfGreen[group] = tick }
        }
        shown = aspects
        return found
    }

    /// The first second on a street that may not be empty: whoever had green until then is still on the way.
    private func firstFaults(_ aspects: [Aspect], at tick: Int) -> [Violation.Fault] {
        guard !isStreetEmpty else { return [] }
        return aspects.indices.filter { aspects[$0] == .green || aspects[$0] == .redAmber }.flatMap { group in
            let given = aspects[group] == .green ? 0 : rules.groups[group].redAmber
            return rules.clearingsBeforeStart[group].flatMap { rules.faults(of: $0, endOfGreen: tick, given: given) }
        }
    }

    /// What is shown from a moment on lasts: a green that has had its greatest time must end now, not be found too long.
    private func greatestGreenFaults(_ aspects: [Aspect], at tick: Int) -> [Violation.Fault] {
        aspects.indices.compactMap { group in
            let own = rules.groups[group]
            guard aspects[group] == .green, let start = startsOfGreen[group], let greatest = own.greatestGreen,
                tick - start >= greatest
            else { return nil }
            return .greenTooLong(
                group: own.id, start: Ticks.seconds(start), given: Ticks.seconds(tick - start),
                greatest: Ticks.seconds(greatest))
        }
    }

    /// A red-amber promises green at its end: it must not begin before that green could be lawful.
    private func redAmberFaults(_ aspects: [Aspect], at tick: Int) -> [Violation.Fault] {
        var found: [Violation.Fault] = []
        for group in aspects.indices where aspects[group] == .redAmber && shown[group] != .redAmber {
            let start = tick + rules.groups[group].redAmber
            for clearing in rules.clearingsBeforeStart[group] where clearing.ending != group {
                let other = clearing.ending
                if aspects[other] == .green {
                    found.append(
                        .conflictingGreens(
                            first: rules.groups[other].id, second: rules.groups[group].id,
                            from: Ticks.seconds(start), to: nil))
                    continue
                }
                // A green that ends with this very second has not been noted yet.
                guard let end = shown[other] == .green ? tick : endsOfGreen[other] else { continue }
                found += rules.faults(of: clearing, endOfGreen: end, given: start - end)
            }
        }
        return found
    }
}

extension Violation.Fault {
    fileprivate var isGreenTooLong: Bool { if case .greenTooLong = self { true } else { false } }
}
