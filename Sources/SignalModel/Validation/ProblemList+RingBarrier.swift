extension ProblemList {
    /// Checks a ring-and-barrier structure: phases from 1 to 16, each in one place of the rings, and as many barrier groups
    /// in each ring.
    mutating func check(_ ringBarrier: RingBarrier, at place: FieldPath, groups: [SignalGroupID: Int]) {
        let phases = positions(of: ringBarrier.phases.map(\.number), in: "phases", place, "number")
        for (position, phase) in ringBarrier.phases.enumerated() {
            let place = place.item("phases", position)
            check(phase.number, Limits.phaseNumber, place, "number")
            check(phase.groups, as: "signal group", place, "groups") { groups[$0] != nil }
        }
        var seen = Set<Int>()
        for (ring, parts) in ringBarrier.rings.enumerated() {
            let place = place.item("rings", ring)
            if let first = ringBarrier.rings.first, parts.count != first.count {
                add(place, .count(first.count), found: "\(parts.count)")
            }
            for (part, numbers) in parts.enumerated() {
                for (position, number) in numbers.enumerated() {
                    let place = place.item(part).item(position)
                    if phases[number] == nil {
                        add(place, .existing("number of a phase"), found: "\(number)")
                    } else if !seen.insert(number).inserted {
                        add(place, .unique, found: "\(number) again")
                    }
                }
            }
        }
        for (position, phase) in ringBarrier.phases.enumerated() where !seen.contains(phase.number) {
            add(
                place.item("phases", position).field("number"), .existing("phase of a ring"),
                found: "\(phase.number)")
        }
    }
}
