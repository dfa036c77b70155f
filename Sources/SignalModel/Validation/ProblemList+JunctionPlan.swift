extension ProblemList {
    /// Checks the timing of a junction: its times and what they speak of.
    ///
    /// - Parameter hasGroup: Whether the junction has a signal group.
    mutating func check(_ plan: JunctionPlan, at place: FieldPath, hasGroup: (SignalGroupID) -> Bool) {
        check(plan.cycle, Limits.cycle, place, "cycle_s")
        // Without a usable cycle there is none to be outside of.
        let cycle = Limits.cycle.contains(plan.cycle) ? plan.cycle : Limits.cycle.upperBound
        check(plan.offset, below: cycle, place, "offset_s")
        let groups = positions(of: plan.greens.map(\.group), in: "greens", place, "group")
        switch plan.offsetReference {
        case .cycleStart: break
        case .startOfGreen(let group), .endOfGreen(let group):
            check(
                group, exists: groups[group] != nil, as: "signal group of the greens", place.field("offsetReference"),
                "group")
        }
        for (position, greens) in plan.greens.enumerated() {
            let place = place.item("greens", position, greens.group.text)
            check(greens.group, exists: hasGroup(greens.group), as: "signal group of the junction", place, "group")
            for (position, interval) in greens.intervals.enumerated() {
                let place = place.item("intervals", position)
                check(interval.start, below: cycle, place, "start_s")
                check(interval.duration, Limits.leastGreenDuration...cycle, place, "duration_s")
            }
        }
    }

    private mutating func check(_ value: Double, below bound: Double, _ place: FieldPath, _ field: String) {
        guard !(0..<bound).contains(value) else { return }
        add(place.field(field), .numberBelow(bound), found: Problem.plain(value))
    }
}
