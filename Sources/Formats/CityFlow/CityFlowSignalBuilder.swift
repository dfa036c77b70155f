import SignalModel

/// Builds the movements of one CityFlow intersection, and the junction that its light phases make of it.
struct CityFlowSignalBuilder {
    /// Yellow after green, s: CityFlow has no yellow of its own, only a phase between the others.
    private static let yellow = 3.0
    /// Least time between conflicting greens where the phases leave none, s: 3 s yellow and 2 s all-red.
    private static let usualIntergreen = 5.0

    let file: String
    let field: String
    let paths: [CityFlowPath]
    private let id: String
    private let phases: [CityFlowDocument.LightPhase]
    /// What was not carried over.
    private(set) var losses: [String] = []
    /// Road links that may go in each phase.
    private var available: [Set<Int>] = []
    private var meets: [[Bool]] = []

    init(file: String, field: String, intersection: CityFlowDocument.Intersection, paths: [CityFlowPath]) {
        self.file = file
        self.field = field
        self.paths = paths
        id = intersection.id
        phases = intersection.trafficLight?.lightphases ?? []
    }

    mutating func build() throws(FormatError) -> (movements: [Movement], junction: Junction?) {
        try readPhases()
        meets = paths.map { first in paths.map { first.meets($0) } }
        for path in paths.indices { meets[path][path] = false }
        let always = available.first.map { available.reduce($0) { $0.intersection($1) } } ?? []
        let running = phases.indices.filter { available[$0] != always }
        let isSignalised = Set(running.map { available[$0] }).count > 1
        if !isSignalised && running.count + always.count > 0 {
            losses.append("light without two different phases, read as unsignalised")
        }
        let groups = isSignalised ? try readGroups() : []
        let movements = movements(groups)
        guard isSignalised else { return (movements, nil) }
        return (
            movements, junction(groups, running: running, changes: phases.indices.filter { available[$0] == always })
        )
    }

    private func failure(_ place: String, _ fault: FormatError.Fault) -> FormatError {
        FormatError(file: file, location: .field("\(field).trafficLight.lightphases\(place)"), fault: fault)
    }

    private mutating func readPhases() throws(FormatError) {
        for (number, phase) in phases.enumerated() {
            guard (0.5...3600).contains(phase.time) else {
                throw failure(
                    "[\(number)].time", .unexpected(expected: "a time from 0.5 to 3600 s", found: "\(phase.time)"))
            }
            let links = phase.availableRoadLinks.map(\.value)
            for link in links where !paths.indices.contains(link) {
                throw failure(
                    "[\(number)].availableRoadLinks",
                    .unexpected(expected: "numbers of road links, 0 to \(paths.count - 1)", found: "\(link)"))
            }
            available.append(Set(links))
        }
    }

    /// A signal group: the road links of one approach and turn that always may go together.
    private struct Group {
        var id: SignalGroupID
        var from: String
        var turn: Turn
        var members: [Int]
        var isGreen: [Bool]
    }

    private func readGroups() throws(FormatError) -> [Group] {
        var groups: [Group] = []
        for (number, path) in paths.enumerated() {
            let isGreen = available.map { $0.contains(number) }
            guard isGreen.contains(true) else {
                throw failure(
                    "",
                    .unexpected(
                        expected: "a phase in which road link \(number) may go",
                        found: "none"))
            }
            let same = groups.indices.filter { groups[$0].from == path.from && groups[$0].turn == path.turn }
            if let known = same.first(where: { groups[$0].isGreen == isGreen }) {
                groups[known].members.append(number)
            } else {
                let id = "\(path.from):\(path.turn.rawValue)" + String(repeating: "'", count: same.count)
                groups.append(
                    Group(
                        id: SignalGroupID(id), from: path.from, turn: path.turn, members: [number], isGreen: isGreen))
            }
        }
        return groups
    }

    private func mayGoTogether(_ first: Int, _ second: Int) -> Bool {
        available.isEmpty || available.contains { $0.contains(first) && $0.contains(second) }
    }

    /// Whether one road link gives way to another; between equals the one that stands first in the file goes first.
    private func givesWay(_ first: Int, to second: Int) -> Bool {
        guard meets[first][second] else { return false }
        if paths[second].goesBefore(paths[first]) { return true }
        return !paths[first].goesBefore(paths[second]) && second < first && mayGoTogether(first, second)
    }

    private mutating func movements(_ groups: [Group]) -> [Movement] {
        var signal = 0
        var result: [Movement] = []
        let names = paths.map { MovementID("\($0.from)>\($0.to)") }
        for (number, path) in paths.enumerated() {
            var connections = path.lanes.map(\.connection)
            if !groups.isEmpty {
                for position in connections.indices {
                    connections[position].signalIndex = signal
                    signal += 1
                }
            }
            let foes = paths.indices.filter { meets[number][$0] }
            let equals = foes.filter { !path.goesBefore(paths[$0]) && !paths[$0].goesBefore(path) }
            if equals.contains(where: { $0 < number && mayGoTogether(number, $0) }) {
                losses.append("right of way between equals that may go together: the first in the file goes first")
            }
            result.append(
                Movement(
                    id: names[number], node: NodeID(id), from: LinkID(path.from), to: LinkID(path.to), turn: path.turn,
                    signalGroup: groups.first { $0.members.contains(number) }?.id, connections: connections,
                    foes: foes.map { names[$0] },
                    givesWayTo: foes.filter { givesWay(number, to: $0) }.map { names[$0] }))
        }
        return result
    }

    private mutating func junction(_ groups: [Group], running: [Int], changes: [Int]) -> Junction {
        let change = changes.map { phases[$0].time }.min()
        if change.map({ $0 < Self.yellow }) ?? true {
            losses.append("light without 3 s between its phases: 3 s yellow and 2 s all-red were built")
        }
        let intergreen = change.flatMap { $0 < Self.yellow ? nil : $0.rounded(.up) } ?? Self.usualIntergreen
        var junction = Junction(
            id: JunctionID(id), nodes: [NodeID(id)],
            signalGroups: groups.map { SignalGroup(id: $0.id, yellow: Self.yellow) },
            signalCount: paths.reduce(0) { $0 + $1.lanes.count })
        for (number, first) in groups.enumerated() {
            for (other, second) in groups.enumerated() where other != number {
                let pairs = first.members.flatMap { own in second.members.map { (own, $0) } }
                guard pairs.contains(where: { meets[$0.0][$0.1] }) else { continue }
                if zip(first.isGreen, second.isGreen).contains(where: { $0 && $1 }) {
                    if pairs.contains(where: { givesWay($0.0, to: $0.1) }) {
                        junction.permittedConflicts.append(PermittedConflict(yielding: first.id, priority: second.id))
                    }
                } else {
                    junction.intergreens.append(
                        Intergreen(ending: first.id, starting: second.id, seconds: intergreen))
                }
            }
        }
        addProgram(to: &junction, groups, running)
        return junction
    }

    private mutating func addProgram(to junction: inout Junction, _ groups: [Group], _ running: [Int]) {
        var timed: [StagePlan.TimedStage] = []
        var sequence: [StageID] = []
        for phase in running {
            let time = max(1, phases[phase].time.rounded())
            if time != phases[phase].time { losses.append("fraction of a second in a phase") }
            let green = groups.indices.filter { groups[$0].isGreen[phase] }
            timed.append(StagePlan.TimedStage(groups: green, green: Int(time)))
            let names = green.map { groups[$0].id }
            let known = junction.stages.first { $0.groups == names }
            let stage = known ?? Stage(id: StageID("\(junction.stages.count + 1)"), groups: names)
            if known == nil { junction.stages.append(stage) }
            sequence.append(stage.id)
        }
        let plan = StagePlan(stages: timed).junctionPlan(for: junction.id, under: JunctionRules(junction))
        junction.programs = [Program(id: "0", kind: .fixed, plan: plan, sequence: sequence)]
    }
}
