import SignalModel

/// What the programs of one SUMO controller tell of its groups and stages.
struct SUMOProgramRecovery {
    let junction: JunctionID
    private(set) var groups: [SignalGroup] = []
    private(set) var stages: [Stage] = []
    private(set) var programs: [Program] = []
    var intergreens: [Intergreen] = []
    var permitted: [PermittedConflict] = []
    /// True where no program shows a yellow, so that one had to be built.
    let builtYellow: Bool
    private(set) var losses: [String] = []
    /// Programs in which the signals are on.
    let running: [SUMONetworkDocument.Logic]
    private let logics: [SUMONetworkDocument.Logic]
    private let indices: [Int]

    init(
        junction: JunctionID, vehicleGroups: [(id: SignalGroupID, index: Int, kind: SignalGroupKind)],
        programs: [SUMONetworkDocument.Logic], crossings: [SUMOCrossing]
    ) {
        self.junction = junction
        logics = programs
        let running = programs.filter { !$0.isOff }
        self.running = running
        indices = vehicleGroups.map(\.index) + crossings.map { $0.crossing.signalIndices[0] }
        let changing = vehicleGroups.filter { group in
            running.contains { logic in Set(logic.phases.map { $0.state[group.index] }).count > 1 }
        }
        let hasYellow = running.contains { $0.phases.contains { $0.state.contains("y") } }
        builtYellow = running.isEmpty || (!changing.isEmpty && !hasYellow)
        let yellows = vehicleGroups.compactMap { length(of: "y", at: $0.index) }
        let usualYellow = Self.commonest(yellows) ?? 3
        for (id, index, kind) in vehicleGroups {
            groups.append(
                SignalGroup(
                    id: id, kind: kind, yellow: length(of: "y", at: index) ?? usualYellow,
                    redAmber: length(of: "u", at: index) ?? 0, leastGreen: leastGreen(at: index),
                    turnOnRed: running.contains { $0.phases.contains { $0.state[index] == "s" } }))
        }
        for crossing in crossings {
            let index = crossing.crossing.signalIndices[0]
            groups.append(
                SignalGroup(
                    id: crossing.group, kind: .pedestrian, yellow: 0, leastGreen: leastGreen(at: index),
                    crossing: crossing.crossing))
        }
        recoverPrograms()
    }

    /// Shortest run of a letter at a signal over all programs, s; nil where it is never shown.
    private func length(of letter: Character, at index: Int) -> Double? {
        running.flatMap { runs(in: $0) { $0.state[index] == letter } }.map(\.duration).min()
    }

    /// The minDur of the phases, as far as the programs themselves keep it.
    private func leastGreen(at index: Int) -> Double {
        let given = running.flatMap(\.phases).filter { isGreen($0.state[index]) && $0.duration > 5 }
            .compactMap(\.least).min()
        let shortest = running.flatMap { runs(in: $0) { isGreen($0.state[index]) } }.map(\.duration).min()
        return min(given.map { min($0, 10) } ?? 5, shortest ?? 5)
    }

    /// A signal that is dark while others are on lets traffic go.
    private func isGreen(_ letter: Character) -> Bool { "GgoO".contains(letter) }

    /// Whether a group is green in a phase.
    func isGreen(_ phase: SUMONetworkDocument.Phase, _ group: Int) -> Bool { isGreen(phase.state[indices[group]]) }

    private mutating func recoverPrograms() {
        for logic in logics {
            if !logic.isOff, logic.phases.contains(where: { $0.state.contains { "oO".contains($0) } }) {
                losses.append("signals dark in part of program \(logic.program), read as green")
            }
            if logic.type == "NEMA" {
                losses.append("rings of a NEMA program: its phases are read as if they ran one after another")
            }
            let cycle = milliseconds(logic.phases.reduce(0) { $0 + $1.duration })
            let greens = groups.indices.map { group in
                let intervals = logic.isOff ? [] : runs(in: logic) { isGreen($0, group) }
                return GroupGreens(group: groups[group].id, intervals: intervals.sorted { $0.start < $1.start })
            }
            let offset = milliseconds(logic.offset - (logic.offset / cycle).rounded(.down) * cycle)
            let plan = JunctionPlan(
                junction: junction, cycle: cycle, offset: offset < cycle ? offset : 0, greens: greens)
            let kind: ProgramKind = logic.isOff ? .off : logic.type == "static" ? .fixed : .actuated
            programs.append(
                Program(
                    id: ProgramID(logic.program), kind: kind, plan: plan,
                    sequence: logic.isOff ? [] : sequence(of: logic)))
        }
    }

    /// Times on the cycle for which something holds, whole where it holds over the end of the cycle.
    private func runs(
        in logic: SUMONetworkDocument.Logic, where holds: (SUMONetworkDocument.Phase) -> Bool
    ) -> [GreenInterval] {
        let phases = logic.phases
        let shown = phases.map(holds)
        if shown.allSatisfy({ $0 }) {
            return [GreenInterval(start: 0, duration: milliseconds(phases.reduce(0) { $0 + $1.duration }))]
        }
        var result: [GreenInterval] = []
        var clock = 0.0
        for position in phases.indices {
            if shown[position], !shown[(position + phases.count - 1) % phases.count] {
                var length = 0.0
                var next = position
                while shown[next] {
                    length += phases[next].duration
                    next = (next + 1) % phases.count
                }
                result.append(GreenInterval(start: milliseconds(clock), duration: milliseconds(length)))
            }
            clock += phases[position].duration
        }
        return result
    }

    /// A time to the millisecond, so that sums of phases close.
    private func milliseconds(_ seconds: Double) -> Double { (seconds * 1000).rounded() / 1000 }

    /// Stages are the phases in which nothing changes: no yellow, no red and amber, something green that is not always
    /// green, and more than the rest of the stage before.
    private mutating func sequence(of logic: SUMONetworkDocument.Logic) -> [StageID] {
        let always = Set(groups.indices.filter { group in logic.phases.allSatisfy { isGreen($0, group) } })
        let candidates = logic.phases.filter { phase in
            let green = groups.indices.filter { isGreen(phase, $0) }
            return !phase.state.contains { $0 == "y" || $0 == "u" }
                && (green.count > always.count || logic.phases.count == 1)
        }
        var result: [StageID] = []
        for (position, phase) in candidates.enumerated() {
            let green = groups.indices.filter { isGreen(phase, $0) }
            let before = candidates[(position + candidates.count - 1) % candidates.count]
            guard !isRest(Set(green), of: before, duration: phase.duration) else { continue }
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

    /// Whether a phase only lets the stage before run out: people on a crossing reach the kerb, or some signals are red
    /// for a moment.
    private func isRest(_ green: Set<Int>, of before: SUMONetworkDocument.Phase, duration: Double) -> Bool {
        let dropped = Set(groups.indices.filter { isGreen(before, $0) }).subtracting(green)
        guard !dropped.isEmpty, green.allSatisfy({ isGreen(before, $0) }) else { return false }
        return duration < 5 || dropped.allSatisfy { groups[$0].kind == .pedestrian }
    }

    /// The value that occurs most often, the least of several such.
    static func commonest(_ values: [Double]) -> Double? {
        let counts = Dictionary(values.map { ($0, 1) }, uniquingKeysWith: +)
        return counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
    }
}
