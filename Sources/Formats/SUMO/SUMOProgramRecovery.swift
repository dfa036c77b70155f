import SignalModel

/// What the programs of one SUMO controller tell of its groups, stages, conflicts and intergreens.
struct SUMOProgramRecovery {
    let junction: JunctionID
    private(set) var groups: [SignalGroup] = []
    private(set) var stages: [Stage] = []
    private(set) var programs: [Program] = []
    private(set) var intergreens: [Intergreen] = []
    private(set) var permitted: [PermittedConflict] = []
    /// True where no program shows a yellow, so that one had to be built.
    private(set) var builtYellow = false
    private(set) var losses: [String] = []
    private let indices: [Int]
    private let vehicleGroupCount: Int
    private let logics: [SUMONetworkDocument.Logic]

    init(
        junction: JunctionID, groupIndices: [(SignalGroupID, Int)], programs: [SUMONetworkDocument.Logic],
        crossings: [(name: SignalGroupID, crossing: Crossing)]
    ) {
        self.junction = junction
        logics = programs
        indices = groupIndices.map(\.1) + crossings.map { $0.crossing.signalIndices[0] }
        vehicleGroupCount = groupIndices.count
        builtYellow = !programs.contains { $0.phases.contains { $0.state.contains("y") } }
        for (name, index) in groupIndices {
            groups.append(
                SignalGroup(
                    id: name, yellow: length(of: "y", at: index) ?? 3, redAmber: length(of: "u", at: index) ?? 0,
                    leastGreen: leastGreen(at: index),
                    turnOnRed: programs.contains { $0.phases.contains { $0.state[index] == "s" } }))
        }
        for (name, crossing) in crossings {
            groups.append(SignalGroup(id: name, kind: .pedestrian, yellow: 0, crossing: crossing))
        }
        recoverPrograms()
    }

    /// Shortest run of a letter at a signal over all programs, s; nil where it is never shown.
    private func length(of letter: Character, at index: Int) -> Double? {
        var shortest: Double?
        for logic in logics {
            let shown = logic.phases.map { $0.state[index] == letter }
            for position in shown.indices where shown[position] && !shown[(position + shown.count - 1) % shown.count] {
                var seconds = 0.0
                var next = position
                repeat {
                    seconds += logic.phases[next].duration
                    next = (next + 1) % shown.count
                } while shown[next] && next != position
                shortest = min(shortest ?? seconds, seconds)
            }
        }
        return shortest
    }

    private func leastGreen(at index: Int) -> Double {
        let given = logics.flatMap(\.phases).filter { "Gg".contains($0.state[index]) && $0.duration > 5 }
            .compactMap(\.least)
        return given.min().map { min($0, 10) } ?? 5
    }

    private func isGreen(_ phase: SUMONetworkDocument.Phase, _ group: Int) -> Bool {
        "Gg".contains(phase.state[indices[group]])
    }

    private mutating func recoverPrograms() {
        for logic in logics {
            let isOff = logic.phases.allSatisfy { $0.state.allSatisfy { "oO".contains($0) } }
            if !isOff, logic.phases.contains(where: { $0.state.contains { "oO".contains($0) } }) {
                losses.append("signals dark in part of program \(logic.program)")
            }
            let cycle = logic.phases.reduce(0) { $0 + $1.duration }
            let greens = groups.indices.map { group in
                GroupGreens(group: groups[group].id, intervals: intervals(of: group, in: logic, cycle: cycle))
            }
            let offset = logic.offset - (logic.offset / cycle).rounded(.down) * cycle
            let plan = JunctionPlan(junction: junction, cycle: cycle, offset: offset, greens: greens)
            let kind: ProgramKind = isOff ? .off : logic.type == "static" ? .fixed : .actuated
            programs.append(
                Program(id: ProgramID(logic.program), kind: kind, plan: plan, sequence: isOff ? [] : sequence(of: logic)))
        }
    }

    private func intervals(
        of group: Int, in logic: SUMONetworkDocument.Logic, cycle: Double
    ) -> [GreenInterval] {
        let green = logic.phases.map { isGreen($0, group) }
        if green.allSatisfy({ $0 }) { return [GreenInterval(start: 0, duration: cycle)] }
        var result: [GreenInterval] = []
        var clock = 0.0
        for position in green.indices {
            if green[position], !green[(position + green.count - 1) % green.count] {
                var length = 0.0
                var next = position
                while green[next] {
                    length += logic.phases[next].duration
                    next = (next + 1) % green.count
                }
                result.append(GreenInterval(start: tenth(clock), duration: tenth(length)))
            }
            clock += logic.phases[position].duration
        }
        return result
    }

    private func tenth(_ seconds: Double) -> Double { (seconds * 10).rounded() / 10 }

    /// Stages are the phases in which nothing changes: no yellow, no red and amber, something green, and no group that
    /// was green before and after is left out for less than a least green.
    private mutating func sequence(of logic: SUMONetworkDocument.Logic) -> [StageID] {
        var result: [StageID] = []
        for phase in logic.phases where !phase.state.contains(where: { $0 == "y" || $0 == "u" }) {
            let green = groups.indices.filter { isGreen(phase, $0) }
            let always = groups.indices.filter { group in logic.phases.allSatisfy { isGreen($0, group) } }
            guard green.count > always.count || logic.phases.count == 1 else { continue }
            let names = green.map { groups[$0].id }
            if let known = stages.first(where: { $0.groups == names }) {
                if result.last != known.id { result.append(known.id) }
            } else {
                let stage = Stage(id: StageID("\(stages.count + 1)"), groups: names)
                stages.append(stage)
                result.append(stage.id)
            }
        }
        return result
    }

    /// Sorts the pairs of groups into compatible, permitted and incompatible ones.
    ///
    /// - Parameter relation: Whether the first group's traffic meets the second's, and whether it gives way to it.
    mutating func findConflicts(_ relation: (Int, Int) -> (isFoe: Bool, givesWay: Bool)) {
        for first in groups.indices {
            for second in groups.indices where second != first {
                let meets = self.meets(first, second, relation)
                guard meets else { continue }
                if everGreenTogether(first, second) {
                    if relation(first, second).givesWay {
                        permitted.append(PermittedConflict(yielding: groups[first].id, priority: groups[second].id))
                    }
                } else {
                    intergreens.append(
                        Intergreen(
                            ending: groups[first].id, starting: groups[second].id,
                            seconds: intergreen(ending: first, starting: second)))
                }
            }
        }
    }

    private func meets(
        _ first: Int, _ second: Int, _ relation: (Int, Int) -> (isFoe: Bool, givesWay: Bool)
    ) -> Bool {
        if first >= vehicleGroupCount && second >= vehicleGroupCount { return false }
        if first >= vehicleGroupCount || second >= vehicleGroupCount { return !everGreenTogether(first, second) }
        return relation(first, second).isFoe || relation(second, first).isFoe
    }

    private func everGreenTogether(_ first: Int, _ second: Int) -> Bool {
        logics.contains { logic in logic.phases.contains { isGreen($0, first) && isGreen($0, second) } }
    }

    /// Least time from the end of one green to the start of another's next over all programs; where the two never
    /// follow each other, the usual change of the controller.
    private func intergreen(ending: Int, starting: Int) -> Double {
        var least: Double?
        for program in programs where program.kind != .off {
            for end in program.plan.greens[ending].intervals {
                for start in program.plan.greens[starting].intervals {
                    var gap = start.start - end.start - end.duration
                    while gap < -1e-9 { gap += program.plan.cycle }
                    least = min(least ?? gap, gap)
                }
            }
        }
        // A longer gap has another stage in it and says nothing of the pair.
        let usual = builtYellow ? 5 : groups[ending].yellow + groups[starting].redAmber + usualAllRed
        let change = least.flatMap { $0 <= groups[ending].yellow + 6 ? $0 : nil } ?? usual
        let clearance = groups[ending].crossing?.clearance ?? 0
        return max(tenth(change), (clearance * 10).rounded(.up) / 10)
    }

    /// The commonest time that all signals are red, or nothing but those that are always green is, s.
    private var usualAllRed: Double {
        var seen: [Double: Int] = [:]
        for logic in logics {
            let others = { (phase: SUMONetworkDocument.Phase) in phase.state.allSatisfy { "rs".contains($0) } }
            for phase in logic.phases where others(phase) { seen[phase.duration, default: 0] += 1 }
        }
        return seen.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? 0
    }
}
