import SafetyGuard
import SignalModel
import TestSupport

extension Subject {
    /// Spoils the subject in one way.
    ///
    /// - Returns: What the guard says, or nil where this subject cannot be spoilt so.
    mutating func plant(_ fault: FaultName) -> [Violation]? {
        switch fault {
        case .wrongJunction:
            timing.junction = "elsewhere"
            return SafetyGuard.violations(of: timing, at: junction)
        case .junctionMissing: plan.junctions = []
        case .junctionUnknown:
            plan.junctions.append(timing)
            plan.junctions[1].junction = "elsewhere"
        case .junctionRepeated: plan.junctions.append(timing)
        case .notWholeTicks, .cycleOutOfRange, .offsetOutOfRange, .offsetReferenceUnknown,
            .offsetReferenceWithoutChange, .greenStartOutOfRange, .greenDurationOutOfRange:
            return plantTime(fault) ? violations : nil
        case .groupUnknown: timing.greens.append(GroupGreens(group: "nowhere", intervals: []))
        case .groupRepeated: timing.greens.append(timing.greens[0])
        case .groupMissing: timing.greens.remove(at: anyGroup)
        case .groupNeverGreen: timing.greens[anyGroup].intervals = []
        case .groupsOutOfOrder: timing.greens.swapAt(0, timing.greens.count - 1)
        case .tooManyGreens:
            setIntervals(anyGroup, (0..<33).map { ($0 * 5, 2) })
        case .greensOutOfOrder, .greensOverlap, .greensAdjacent, .greensExceedCycle, .greenTooShort, .greenTooLong,
            .walkTooShort, .yellowAndRedAmberDoNotFit:
            return plantGreen(fault) ? violations : nil
        case .conflictingGreens, .intergreenTooShort, .yellowMeetsRedAmber, .pedestrianClearanceTooShort:
            return plantPair(fault) ? violations : nil
        case .aspectCountWrong, .aspectTimeUnusable, .aspectOutOfOrder, .yellowTooShort, .redAmberTooShort:
            return plantTrace(fault)
        case .ruleUnusable, .ruleGroupRepeated, .ruleGroupUnknown, .movementGroupUnknown, .movementUnruled,
            .conflictNotRuled, .permittedConflictReversed, .crossingNotRuled:
            return plantRule(fault) ? violations : nil
        }
        return violations
    }

    private var anyGroup: Int {
        mutating get { Int.random(in: 0..<timing.greens.count, using: &random) }
    }

    private mutating func plantTime(_ fault: FaultName) -> Bool {
        let group = anyGroup
        let beyond = timing.cycle + Double(Int.random(in: 0...900, using: &random)) / 10
        switch fault {
        case .notWholeTicks:
            let wrong = [Double.nan, .infinity, -.infinity, 12.34, 0.05, 40.001].randomElement(using: &random) ?? .nan
            switch Int.random(in: 0..<4, using: &random) {
            case 0: timing.cycle = wrong
            case 1: timing.offset = wrong
            case 2: timing.greens[group].intervals[0].start = wrong
            default: timing.greens[group].intervals[0].duration = wrong
            }
        case .cycleOutOfRange: timing.cycle = [0, -0.1, -90, 600.1, 1e6].randomElement(using: &random) ?? 0
        case .offsetOutOfRange: timing.offset = random.chance(0.5) ? beyond : timing.cycle - beyond - 0.1
        case .offsetReferenceUnknown: timing.offsetReference = .startOfGreen("nowhere")
        case .offsetReferenceWithoutChange:
            if random.chance(0.5) {
                timing.greens[group].intervals = []
            } else {
                timing.greens[group].intervals = [GreenInterval(start: 0, duration: timing.cycle)]
            }
            timing.offsetReference = .endOfGreen(timing.greens[group].group)
        case .greenStartOutOfRange:
            timing.greens[group].intervals[0].start = random.chance(0.5) ? beyond : timing.cycle - beyond - 0.1
        default:
            timing.greens[group].intervals[0].duration = random.chance(0.5) ? beyond + 0.1 : timing.cycle - beyond
        }
        if fault == .offsetOutOfRange || fault == .greenStartOutOfRange || fault == .greenDurationOutOfRange {
            timing = timing.roundedToTicks
        }
        return true
    }

    private mutating func plantGreen(_ fault: FaultName) -> Bool {
        guard let group = changingGroup(where: { $0.crossing != nil || fault != .walkTooShort }) else { return false }
        let rules = junction.signalGroups[group]
        let green = intervals(group)[0]
        let half = green.duration / 2
        switch fault {
        case .greensOutOfOrder:
            setIntervals(group, [(green.start, half), (green.start + half, half)].sorted { $0.start > $1.start })
            timing.greens[group].intervals.sort { $0.start > $1.start }
        case .greensOverlap:
            setIntervals(group, [green, (green.start + Int.random(in: 0..<green.duration, using: &random), half)])
            timing.greens[group].intervals.sort { $0.start < $1.start }
        case .greensAdjacent:
            setIntervals(group, [(green.start, half), (green.start + half, green.duration - half)])
            timing.greens[group].intervals.sort { $0.start < $1.start }
        case .greensExceedCycle:
            setIntervals(
                group, [(0, green.duration), (Int.random(in: 1...green.duration, using: &random), cycleTicks - 1)])
        case .greenTooShort, .walkTooShort:
            let least = fault == .greenTooShort ? rules.leastGreen : rules.crossing?.leastWalk ?? 0
            setIntervals(
                group, [(green.start, Int.random(in: 1..<BruteForceOracle.ticks(least), using: &random))])
        case .greenTooLong:
            let spare = Int.random(in: 1..<green.duration, using: &random)
            junction.signalGroups[group].greatestGreen = Double(green.duration - spare) / 10
        default:
            let change = BruteForceOracle.ticks(rules.yellow + rules.redAmber)
            guard change > 1 else { return false }
            setIntervals(group, [(green.start, cycleTicks - Int.random(in: 1..<change, using: &random))])
        }
        return true
    }

    private mutating func plantPair(_ fault: FaultName) -> Bool {
        guard
            let pair = conflictingPair(where: { ending, starting in
                switch fault {
                case .yellowMeetsRedAmber: ending.yellow + starting.redAmber > 0
                case .pedestrianClearanceTooShort: ending.crossing != nil && starting.kind != .pedestrian
                default: true
                }
            })
        else { return false }
        let ending = junction.signalGroups[pair.ending]
        let starting = junction.signalGroups[pair.starting]
        switch fault {
        case .conflictingGreens:
            // One tick of overlap is enough.
            bringTogether(pair, gap: -1)
        case .intergreenTooShort:
            let listed = junction.intergreens.first { $0.ending == ending.id && $0.starting == starting.id }
            bringTogether(
                pair, gap: Int.random(in: 0..<BruteForceOracle.ticks(listed?.seconds ?? 0), using: &random))
        case .yellowMeetsRedAmber:
            setIntergreen(pair, to: 0)
            let change = BruteForceOracle.ticks(ending.yellow + starting.redAmber)
            bringTogether(pair, gap: Int.random(in: 0..<change, using: &random))
        default:
            setIntergreen(pair, to: 0)
            let clearance = Int(((ending.crossing?.clearance ?? 0) * 10).rounded(.down))
            bringTogether(pair, gap: Int.random(in: 0..<clearance, using: &random))
        }
        return true
    }
}

extension JunctionPlan {
    /// The plan with its offset and greens on the grid of 0.1 s.
    fileprivate var roundedToTicks: JunctionPlan {
        var rounded = self
        rounded.offset = (offset * 10).rounded() / 10
        for group in greens.indices {
            for interval in greens[group].intervals.indices {
                rounded.greens[group].intervals[interval].start =
                    (greens[group].intervals[interval].start * 10).rounded() / 10
                rounded.greens[group].intervals[interval].duration =
                    (greens[group].intervals[interval].duration * 10).rounded() / 10
            }
        }
        return rounded
    }
}
