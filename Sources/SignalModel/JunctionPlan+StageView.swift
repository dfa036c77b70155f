extension JunctionPlan {
    /// Reads the timing as stages.
    ///
    /// Vehicle and tram groups lead: a stage is a time in which no more of them are green just before or just after, or
    /// one that outlasts every change between them. People who cross are in the stages that their greens meet; a green
    /// of theirs that meets none makes a stage of its own. Stages and interstages add up to the cycle.
    ///
    /// - Precondition: The cycle is above 0; greens have lengths of at least 0 s.
    public func stageView(under rules: JunctionRules) -> StageView {
        let ring = GreenRing(self, rules)
        var slots = ring.slots(of: ring.spans.filter { ring.leads($0) })
        let lonely = ring.spans.filter { span in !ring.leads(span) && !slots.contains { ring.meet(span, $0) } }
        slots += ring.slots(of: lonely)
        slots.sort { $0.start < $1.start }
        let stages = slots.indices.map { number in
            let slot = slots[number]
            let until = slots[(number + 1) % slots.count].start - slot.start
            return StageView.TimedStage(
                start: ring.seconds(slot.start), green: ring.seconds(slot.length),
                interstage: ring.seconds((until > 0 ? until : until + ring.cycle) - slot.length),
                groups: ring.spans.filter { ring.meet($0, slot) }
                    .map { .init(group: $0.group, green: ring.seconds($0.length)) })
        }
        return StageView(
            stages: stages, alwaysGreen: ring.alwaysGreen,
            neverGreen: rules.groups.indices.filter { group in
                !ring.alwaysGreen.contains(group) && !ring.spans.contains { $0.group == group }
            })
    }
}
