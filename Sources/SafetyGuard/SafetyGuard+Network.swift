import SignalModel

extension SafetyGuard {
    /// Every breach of the rules by a plan for a network, and every gap in those rules; empty where the plan may run.
    ///
    /// Beside the judgement of each junction's timing: a timing must be there for every junction, once, and for no
    /// other; two movements whose paths meet must obey groups that are kept apart by an intergreen, or of which one
    /// gives way as the permitted conflicts say, and where one obeys none, one must give way; a movement and the crossing that
    /// it drives over must be kept apart in the same way, and a crossing that does not say what it crosses from all.
    public static func violations(of plan: Plan, in network: Network) -> [Violation] {
        var timings: [JunctionID: [JunctionPlan]] = [:]
        for timing in plan.junctions { timings[timing.junction, default: []].append(timing) }
        var found: [Violation] = []
        let conflicts = MovementConflicts(network)
        for junction in network.junctions {
            let own = timings.removeValue(forKey: junction.id) ?? []
            let rules = TickRules(junction)
            var faults = rules.faults + conflicts.faults(at: junction, under: rules)
            if own.isEmpty { faults.append(.junctionMissing) }
            if own.count > 1 { faults.append(.junctionRepeated) }
            for timing in own { faults += Self.faults(of: timing, at: junction.id, under: rules) }
            found += faults.map { Violation(junction: junction.id, fault: $0) }
        }
        for timing in plan.junctions where timings.removeValue(forKey: timing.junction) != nil {
            found.append(Violation(junction: timing.junction, fault: .junctionUnknown))
        }
        return found
    }

    /// Every gap in the rules of one junction of a network, whatever the plan: what can never be shown safely.
    public static func ruleViolations(at junction: Junction, in network: Network) -> [Violation] {
        let rules = TickRules(junction)
        return (rules.faults + MovementConflicts(network).faults(at: junction, under: rules))
            .map { Violation(junction: junction.id, fault: $0) }
    }
}
