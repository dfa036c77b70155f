extension ProblemList {
    /// Checks the rules, stages and programs of a junction.
    mutating func check(_ junction: Junction, at place: FieldPath, names: NetworkNames) {
        check(junction.signalCount, Limits.signalCount, place, "signalCount")
        let groups = positions(of: junction.signalGroups.map(\.id), in: "signalGroups", place)
        for (position, group) in junction.signalGroups.enumerated() {
            let place = place.item("signalGroups", position, group.id.text)
            check(group, at: place, signalCount: junction.signalCount, names: names)
        }
        checkPairs(of: junction, at: place, groups: groups)
        let stages = positions(of: junction.stages.map(\.id), in: "stages", place)
        for (position, stage) in junction.stages.enumerated() {
            check(stage.groups, as: "signal group", place.item("stages", position, stage.id.text), "groups") {
                groups[$0] != nil
            }
        }
        _ = positions(of: junction.programs.map(\.id), in: "programs", place)
        for (position, program) in junction.programs.enumerated() {
            let place = place.item("programs", position, program.id.text)
            if program.plan.junction != junction.id {
                add(
                    place.field("plan").field("junction"), .existing("plan for \(Problem.quoted(junction.id.text))"),
                    found: Problem.quoted(program.plan.junction.text))
            }
            check(program.plan, at: place.field("plan")) { groups[$0] != nil }
            for (position, stage) in program.sequence.enumerated() where stages[stage] == nil {
                add(place.item("sequence", position), .existing("stage"), found: Problem.quoted(stage.text))
            }
        }
        if let ringBarrier = junction.ringBarrier {
            check(ringBarrier, at: place.field("ringBarrier"), groups: groups)
        }
    }

    private mutating func check(_ group: SignalGroup, at place: FieldPath, signalCount: Int, names: NetworkNames) {
        check(group.yellow, Limits.signalTime, place, "yellow_s")
        check(group.redAmber, Limits.signalTime, place, "redAmber_s")
        check(group.leastGreen, Limits.signalTime, place, "leastGreen_s")
        // A greatest green must not be below the least; a least that is no number bounds nothing.
        let least = group.leastGreen > 0 ? min(group.leastGreen, Limits.greatestGreen.upperBound) : 0
        check(group.greatestGreen, least...Limits.greatestGreen.upperBound, place, "greatestGreen_s")
        guard let crossing = group.crossing else { return }
        let place = place.field("crossing")
        check(crossing.length, Limits.crossingLength, place, "length_m")
        check(crossing.walkingSpeed, Limits.walkingSpeed, place, "walkingSpeed_mps")
        check(crossing.leastWalk, Limits.signalTime, place, "leastWalk_s")
        check(crossing.crosses, as: "link", place, "crosses") { names.links[$0] != nil }
        let signals = "signal number below the signal count \(signalCount)"
        check(crossing.signalIndices, as: signals, place, "signalIndices") { (0..<max(0, signalCount)).contains($0) }
    }

    /// Checks intergreens and permitted conflicts: two groups of the junction, not one and the same, no pair twice.
    private mutating func checkPairs(of junction: Junction, at place: FieldPath, groups: [SignalGroupID: Int]) {
        var seen = Set<[SignalGroupID]>()
        for (position, intergreen) in junction.intergreens.enumerated() {
            let place = place.item("intergreens", position)
            let pair = [("ending", intergreen.ending), ("starting", intergreen.starting)]
            check(pair, at: place, groups: groups, seen: &seen)
            check(intergreen.seconds, Limits.signalTime, place, "intergreen_s")
        }
        seen = []
        for (position, conflict) in junction.permittedConflicts.enumerated() {
            let pair = [("yielding", conflict.yielding), ("priority", conflict.priority)]
            check(pair, at: place.item("permittedConflicts", position), groups: groups, seen: &seen)
        }
    }

    private mutating func check(
        _ pair: [(field: String, group: SignalGroupID)], at place: FieldPath, groups: [SignalGroupID: Int],
        seen: inout Set<[SignalGroupID]>
    ) {
        for (field, group) in pair { check(group, exists: groups[group] != nil, as: "signal group", place, field) }
        let (first, second) = (pair[0].group, pair[1])
        if first == second.group {
            add(place.field(second.field), .other(than: first.text), found: "the group itself")
        }
        if !seen.insert([first, second.group]).inserted {
            add(
                place, .unique,
                found: "\(Problem.quoted(first.text)) and \(Problem.quoted(second.group.text)) again")
        }
    }
}
