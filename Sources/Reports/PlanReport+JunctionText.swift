import SignalModel

extension PlanReport {
    /// The timing of a junction and what it costs there.
    func lines(of junction: JunctionReport) -> [String] {
        var lines = title(of: junction).wrapped(to: Self.width)
        lines += stageLines(of: junction)
        lines += trafficLines(junction, approaches: junction.approaches)
        var table = TextTable(
            [.text("crossing"), .number("people", "", "per h")] + pair("delay", "s each"))
        for crossing in crossings where crossing.junction == junction.junction {
            table.add(
                [crossing.group.text.shortened(to: 40), rounded(crossing.flowPerHour)]
                    + pair(crossing.presentDelay, crossing.delay, 1))
        }
        return lines + table.lines(indent: 2)
    }

    private func title(of junction: JunctionReport) -> String {
        guard let cycle = junction.cycle, let offset = junction.offset, let reference = junction.offsetReference else {
            return "Junction \(junction.junction): the plan has no timing for it"
        }
        let before = junction.presentCycle.map { " (before: \(seconds($0)) s)" } ?? ""
        return "Junction \(junction.junction): cycle \(seconds(cycle)) s\(before), offset \(seconds(offset)) s "
            + "to \(reference.words)"
    }

    private func stageLines(of junction: JunctionReport) -> [String] {
        var table = TextTable([
            .number("stage"), .number("start", "s"), .number("green", "s"), .number("interstage", "s"),
            .text("signal group"), .number("green", "s"), .text("serves"),
        ])
        func add(_ groups: [GroupReport], as stage: [String]) {
            for (number, group) in groups.enumerated() {
                let words = group.serves.wrapped(to: 46)
                for (line, part) in words.enumerated() {
                    let own = line == 0 ? [group.group.text.shortened(to: 24), seconds(group.green)] : ["", ""]
                    table.add((number == 0 && line == 0 ? stage : ["", "", "", ""]) + own + [part])
                }
            }
        }
        for (number, stage) in junction.stages.enumerated() {
            add(stage.groups, as: ["\(number + 1)"] + [stage.start, stage.green, stage.interstage].map(seconds))
        }
        add(junction.alwaysGreen, as: ["always", "", "", ""])
        add(junction.neverGreen, as: ["never", "", "", ""])
        return table.lines(indent: 2)
    }

    /// Movements by approach, with the sums; a junction's sum where one is given.
    func trafficLines(_ junction: JunctionReport?, approaches: [ApproachReport]) -> [String] {
        var table = TextTable(
            [.text("approach, movement"), .number("flow", "", "veh/h"), .number("capacity", "", "veh/h")]
                + pair("x", "") + pair("delay", "s/veh") + pair("LOS", "") + pair("queue", "veh"))
        func add(_ name: String, _ sum: TrafficSum) {
            table.add(
                [name.shortened(to: 34), rounded(sum.flowPerHour), ""] + pair("", "")
                    + pair(sum.presentDelay, sum.delay, 1)
                    + pair(sum.presentLevelOfService?.rawValue ?? "-", sum.levelOfService?.rawValue ?? "-")
                    + pair("", ""))
        }
        for approach in approaches {
            add(approach.approach.text, approach.traffic)
            for movement in movements
            where movement.approach == approach.approach && movement.junction == junction?.junction {
                table.add(
                    [
                        "  \(movement.turn.word) to \(movement.to)".shortened(to: 34), rounded(movement.flowPerHour),
                        rounded(movement.capacityPerHour),
                    ] + pair(movement.presentDegreeOfSaturation, movement.degreeOfSaturation, 2)
                        + pair(movement.presentDelay, movement.delay, 1)
                        + pair(
                            movement.presentLevelOfService?.rawValue ?? "-", movement.levelOfService?.rawValue ?? "-")
                        + pair(movement.presentLongestQueue, movement.longestQueue, 1))
            }
        }
        if let junction, !approaches.isEmpty { add("junction", junction.traffic) }
        return table.lines(indent: 2)
    }
}

extension OffsetReference {
    /// The point of the cycle in words.
    fileprivate var words: String {
        switch self {
        case .cycleStart: "the start of the plan's own cycle"
        case .startOfGreen(let group): "the start of the first green of \(group)"
        case .endOfGreen(let group): "the end of the first green of \(group)"
        }
    }
}
