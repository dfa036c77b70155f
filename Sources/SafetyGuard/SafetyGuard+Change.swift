import SignalModel

extension SafetyGuard {
    /// Every breach of a junction's rules when the lamps go over from one plan to another at a moment.
    ///
    /// Until the moment the lamps show what the old plan says and from then on what the new plan says; every tick from
    /// there to the end of the new plan's second cycle is judged with its past under the old plan. Times in the result
    /// are seconds of network time. Where the new plan breaks rules by itself, or the old one cannot be read, those
    /// violations are returned and the change is not judged. An old plan that breaks the rules may be left.
    ///
    /// - Parameters:
    ///   - old: Plan that runs until the moment.
    ///   - new: Plan that runs from the moment on.
    ///   - time: Moment of the change, s of network time, a multiple of 0.1 s.
    ///   - junction: Junction that both plans are for.
    public static func violations(
        changingFrom old: JunctionPlan, to new: JunctionPlan, at time: Double, junction: Junction
    ) -> [Violation] {
        let rules = TickRules(junction)
        return (rules.faults + faults(changingFrom: old, to: new, at: time, junction: junction.id, under: rules))
            .map { Violation(junction: junction.id, fault: $0) }
    }

    private static func faults(
        changingFrom old: JunctionPlan, to new: JunctionPlan, at time: Double, junction: JunctionID,
        under rules: TickRules
    ) -> [Violation.Fault] {
        guard let change = Ticks.exactly(time) else {
            return [.notWholeTicks(.timeOfChange, given: GivenValue(time))]
        }
        let (readOld, oldFaults) = TickPlan.read(old, at: junction, under: rules)
        let (readNew, _) = TickPlan.read(new, at: junction, under: rules)
        let newFaults = faults(of: new, at: junction, under: rules)
        guard oldFaults.isEmpty, newFaults.isEmpty, let readOld, let readNew else { return oldFaults + newFaults }

        var judge = TraceJudge(rules: rules, junction: junction)
        let past = (change - 2 * readOld.cycle)..<change
        for tick in readOld.changes(in: past, under: rules) {
            // Breaches before the change are the old plan's own.
            _ = judge.observe(readOld.aspects(at: tick, under: rules), atTick: tick)
        }
        var found: [Violation.Fault] = []
        let future = change..<(change + 2 * readNew.cycle)
        for tick in readNew.changes(in: future, under: rules) {
            found += judge.observe(readNew.aspects(at: tick, under: rules), atTick: tick)
        }
        return found
    }
}
