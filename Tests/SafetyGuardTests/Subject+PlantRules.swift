import SafetyGuard
import SignalModel
import TestSupport

extension Subject {
    /// Spoils what the lamps show.
    mutating func plantTrace(_ fault: FaultName) -> [Violation]? {
        var trace = trace()
        guard SafetyGuard.violations(in: trace.withoutRepeats, at: junction).isEmpty else { return nil }
        let step = Int.random(in: cycleTicks..<trace.steps.count, using: &random)
        switch fault {
        case .aspectCountWrong: trace.steps[step].aspects.removeLast()
        case .aspectTimeUnusable:
            trace = trace.withoutRepeats
            guard trace.steps.count > 2 else { return nil }
            trace.steps[trace.steps.count - 1].start =
                [Double.nan, 0, -.infinity, 12.34].randomElement(using: &random) ?? .nan
        case .aspectOutOfOrder:
            let group = trace.steps[step].aspects.indices.first { group in
                trace.steps[step - 1].aspects[group] == .red && trace.steps[step].aspects[group] == .red
            }
            guard let group else { return nil }
            trace.steps[step].aspects[group] = .yellow
        default:
            // The last tick of a yellow or the first of a red-amber is taken away.
            let isYellow = fault == .yellowTooShort
            let aspect: Aspect = isYellow ? .yellow : .redAmber
            let neighbour = isYellow ? 1 : -1
            // The start of the yellow and the end of the red-amber must lie in the trace for their lengths to be known.
            for position in (isYellow ? cycleTicks : 1)..<(trace.steps.count - 1) {
                for group in trace.steps[position].aspects.indices
                where trace.steps[position].aspects[group] == aspect
                    && trace.steps[position + neighbour].aspects[group] != aspect
                {
                    trace.steps[position].aspects[group] = .red
                    return SafetyGuard.violations(in: trace.withoutRepeats, at: junction)
                }
            }
            return nil
        }
        return SafetyGuard.violations(in: trace.withoutRepeats, at: junction)
    }

    /// Spoils the rules.
    mutating func plantRule(_ fault: FaultName) -> Bool {
        switch fault {
        case .ruleUnusable: return plantUnusableRule()
        case .ruleGroupRepeated:
            guard let group = junction.signalGroups.randomElement(using: &random) else { return false }
            junction.signalGroups.append(group)
        case .ruleGroupUnknown:
            if random.chance(0.5) {
                junction.intergreens.append(Intergreen(ending: "nowhere", starting: timing.greens[0].group, seconds: 4))
            } else {
                junction.permittedConflicts.append(
                    PermittedConflict(yielding: timing.greens[0].group, priority: "nowhere"))
            }
        case .movementGroupUnknown:
            let movement = Int.random(in: 0..<network.movements.count, using: &random)
            network.movements[movement].signalGroup = "nowhere"
        case .movementUnruled:
            let strict = network.movements.indices.filter { position in
                let movement = network.movements[position]
                return network.movements.contains { other in
                    other.signalGroup != nil && other.id != movement.id && movement.foes.contains(other.id)
                        && !movement.givesWayTo.contains(other.id) && !other.givesWayTo.contains(movement.id)
                }
            }
            guard let position = strict.randomElement(using: &random) else { return false }
            network.movements[position].signalGroup = nil
        case .conflictNotRuled:
            guard let pair = conflictingPair(where: { $0.crossing == nil && $1.crossing == nil }) else { return false }
            removeRules(between: pair)
        case .permittedConflictReversed:
            let permitted = junction.permittedConflicts
            let oneWay = permitted.indices.filter { position in
                let conflict = permitted[position]
                return number(of: conflict.priority).map { junction.signalGroups[$0].crossing == nil } == true
                    && !permitted.contains { $0.yielding == conflict.priority && $0.priority == conflict.yielding }
            }
            guard let position = oneWay.randomElement(using: &random) else { return false }
            junction.permittedConflicts[position] = PermittedConflict(
                yielding: permitted[position].priority, priority: permitted[position].yielding)
        default:
            guard let pair = conflictingPair(where: { $0.crossing != nil && $1.crossing == nil }) else { return false }
            removeRules(between: pair)
            // One that does not say what it crosses is in everybody's way.
            if random.chance(0.3) { junction.signalGroups[pair.ending].crossing?.crosses = [] }
        }
        return true
    }

    private mutating func removeRules(between pair: (ending: Int, starting: Int)) {
        let groups = Set([junction.signalGroups[pair.ending].id, junction.signalGroups[pair.starting].id])
        junction.intergreens.removeAll { groups == [$0.ending, $0.starting] }
        junction.permittedConflicts.removeAll { groups == [$0.yielding, $0.priority] }
    }

    private mutating func plantUnusableRule() -> Bool {
        let wrong = [Double.nan, -1, .infinity, -.infinity].randomElement(using: &random) ?? .nan
        let group = Int.random(in: 0..<junction.signalGroups.count, using: &random)
        switch Int.random(in: 0..<7, using: &random) {
        case 0: junction.signalGroups[group].yellow = wrong
        case 1: junction.signalGroups[group].redAmber = wrong
        case 2: junction.signalGroups[group].leastGreen = wrong
        case 3: junction.signalGroups[group].greatestGreen = wrong
        case 4: junction.signalGroups[group].crossing = Crossing(length: wrong)
        case 5: junction.signalGroups[group].crossing = Crossing(length: 8, walkingSpeed: 0, leastWalk: wrong)
        default:
            guard !junction.intergreens.isEmpty else { return false }
            let position = Int.random(in: 0..<junction.intergreens.count, using: &random)
            junction.intergreens[position].seconds = wrong
        }
        return true
    }
}

extension SignalTrace {
    /// The trace without the steps that show what the one before showed; nothing that is judged depends on them.
    var withoutRepeats: SignalTrace {
        var shorter = SignalTrace(steps: [], end: end)
        for step in steps where step.aspects != shorter.steps.last?.aspects { shorter.steps.append(step) }
        return shorter
    }
}
