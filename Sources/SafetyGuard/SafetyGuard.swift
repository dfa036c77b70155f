import SignalModel

/// Judges plans, changes between plans and shown aspects against the rules of a junction.
///
/// Everything is computed here from the junction and the plan alone, in whole tenths of a second, and shares no code
/// with whatever made the plan. The rules are those of ``Junction``: every signal group must have a green; groups with
/// an intergreen in either direction are never green together; from the end of one's green to the start of the other's
/// pass at least the intergreen, the yellow of the one and the red-amber of the other, and, where people walk and
/// vehicles start, the time from kerb to kerb.
public enum SafetyGuard {
    /// Every breach of a junction's rules by a plan; empty where the plan may run.
    ///
    /// Times in the result are seconds of the plan's own cycle.
    public static func violations(of plan: JunctionPlan, at junction: Junction) -> [Violation] {
        let rules = TickRules(junction)
        return (rules.faults + faults(of: plan, at: junction.id, under: rules))
            .map { Violation(junction: junction.id, fault: $0) }
    }

    /// Everything that is wrong with a plan, apart from faults of the rules themselves.
    static func faults(of plan: JunctionPlan, at junction: JunctionID, under rules: TickRules) -> [Violation.Fault] {
        let (read, formFaults) = TickPlan.read(plan, at: junction, under: rules)
        guard let read else { return formFaults }
        return formFaults + rules.groups.indices.flatMap { read.faults(ofGroup: $0, under: rules) }
            + rules.conflicts.flatMap { read.faults(of: $0, under: rules) }
            + rules.groups.indices.flatMap { read.faults(beforeStartsOf: $0, under: rules) }
    }
}
