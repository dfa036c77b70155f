import SignalModel

/// A plan in ticks, by the number of each group.
struct TickPlan: Sendable {
    /// Greatest cycle that is taken for one, s.
    static let greatestCycle = 600.0
    /// Greatest number of greens of one group in a cycle that is judged green by green.
    static let greatestGreenCount = 32

    /// Cycle time.
    let cycle: Int
    /// Network time at which the plan's own second 0 comes round, 0 ..< cycle.
    private(set) var shift = 0
    /// Greens of each group by start; empty where the plan gives none that can be read.
    private(set) var greens: [[TickInterval]]

    private init(cycle: Int, groupCount: Int) {
        self.cycle = cycle
        greens = Array(repeating: [], count: groupCount)
    }

    /// Reads a plan; what cannot be read is left out and named.
    ///
    /// - Returns: The plan, nil where there is no usable cycle, and everything that is wrong with its form.
    static func read(_ plan: JunctionPlan, at junction: JunctionID, under rules: TickRules) -> (
        plan: TickPlan?, faults: [Violation.Fault]
    ) {
        var faults: [Violation.Fault] = []
        if plan.junction != junction { faults.append(.wrongJunction(found: plan.junction)) }
        let listing = listing(of: plan, under: rules)
        faults += listing.faults
        guard let cycle = Ticks.exactly(plan.cycle) else {
            return (nil, faults + [.notWholeTicks(.cycle, given: GivenValue(plan.cycle))])
        }
        guard cycle > 0, Ticks.seconds(cycle) <= greatestCycle else {
            return (nil, faults + [.cycleOutOfRange(given: GivenValue(plan.cycle), greatest: greatestCycle)])
        }
        var read = TickPlan(cycle: cycle, groupCount: rules.groups.count)
        for (group, intervals) in listing.intervals.enumerated() {
            guard let intervals else { continue }
            faults += read.take(intervals, of: group, id: rules.groups[group].id)
        }
        faults += read.takeOffset(of: plan, under: rules)
        return (read, faults)
    }

    /// The intervals of each group as the plan lists them, nil for groups that it leaves out.
    private static func listing(of plan: JunctionPlan, under rules: TickRules) -> (
        intervals: [[GreenInterval]?], faults: [Violation.Fault]
    ) {
        var intervals: [[GreenInterval]?] = Array(repeating: nil, count: rules.groups.count)
        var faults: [Violation.Fault] = []
        var last = -1
        var isOrdered = true
        for entry in plan.greens {
            guard let group = rules.index[entry.group] else {
                faults.append(.groupUnknown(group: entry.group))
                continue
            }
            if intervals[group] != nil {
                faults.append(.groupRepeated(group: entry.group))
            } else if group < last {
                isOrdered = false
            }
            last = max(last, group)
            intervals[group] = (intervals[group] ?? []) + entry.intervals
        }
        if !isOrdered { faults.append(.groupsOutOfOrder) }
        for (group, listed) in intervals.enumerated() {
            if listed == nil {
                faults.append(.groupMissing(group: rules.groups[group].id))
            } else if listed?.isEmpty == true {
                faults.append(.groupNeverGreen(group: rules.groups[group].id))
            }
        }
        return (intervals, faults)
    }

    private mutating func take(_ intervals: [GreenInterval], of group: Int, id: SignalGroupID) -> [Violation.Fault] {
        guard intervals.count <= Self.greatestGreenCount else {
            return [.tooManyGreens(group: id, count: intervals.count, greatest: Self.greatestGreenCount)]
        }
        var faults: [Violation.Fault] = []
        let cycleSeconds = Ticks.seconds(cycle)
        for (position, interval) in intervals.enumerated() {
            let number = position + 1
            let start = Ticks.exactly(interval.start)
            let duration = Ticks.exactly(interval.duration)
            if start == nil {
                faults.append(
                    .notWholeTicks(.start(group: id, number: number), given: GivenValue(interval.start)))
            }
            if duration == nil {
                faults.append(
                    .notWholeTicks(.duration(group: id, number: number), given: GivenValue(interval.duration)))
            }
            if let start, !(0..<cycle).contains(start) {
                faults.append(
                    .greenStartOutOfRange(
                        group: id, number: number, given: GivenValue(interval.start), cycle: cycleSeconds))
            }
            if let duration, !(1...cycle).contains(duration) {
                faults.append(
                    .greenDurationOutOfRange(
                        group: id, number: number, given: GivenValue(interval.duration), cycle: cycleSeconds))
            }
            if let start, let duration, (0..<cycle).contains(start), (1...cycle).contains(duration) {
                greens[group].append(TickInterval(start: start, duration: duration))
            }
        }
        let starts = greens[group].map(\.start)
        if zip(starts, starts.dropFirst()).contains(where: { $0 > $1 }) {
            faults.append(.greensOutOfOrder(group: id))
            greens[group].sort { ($0.start, $0.duration) < ($1.start, $1.duration) }
        }
        return faults
    }

    private mutating func takeOffset(of plan: JunctionPlan, under rules: TickRules) -> [Violation.Fault] {
        var faults: [Violation.Fault] = []
        var offset = 0
        if let ticks = Ticks.exactly(plan.offset) {
            if (0..<cycle).contains(ticks) {
                offset = ticks
            } else {
                faults.append(.offsetOutOfRange(given: GivenValue(plan.offset), cycle: Ticks.seconds(cycle)))
            }
        } else {
            faults.append(.notWholeTicks(.offset, given: GivenValue(plan.offset)))
        }
        var reference = 0
        switch plan.offsetReference {
        case .cycleStart: break
        case .startOfGreen(let id), .endOfGreen(let id):
            if let group = rules.index[id] {
                // A group that is always green has no start or end by which a clock could be set.
                if let first = greens[group].first, first.duration < cycle {
                    reference = plan.offsetReference == .startOfGreen(id) ? first.start : first.end(cycle: cycle)
                } else {
                    faults.append(.offsetReferenceWithoutChange(group: id))
                }
            } else {
                faults.append(.offsetReferenceUnknown(group: id))
            }
        }
        shift = Ticks.modulo(offset - reference, cycle)
        return faults
    }
}
