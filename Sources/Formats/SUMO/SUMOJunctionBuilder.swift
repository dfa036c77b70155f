import SignalModel

/// Recovers signal groups, conflicts, stages and intergreens from the programs of a SUMO network.
struct SUMOJunctionBuilder {
    let document: SUMONetworkDocument
    /// Movements; on return each belongs to one signal group.
    private(set) var movements: [Movement]
    private(set) var losses = LossReport()
    private var requests: [[Int]]
    private let internalLanes: [String: SUMONetworkDocument.Lane]
    /// Controller of each connection of each movement.
    private var controllers: [[String?]] = []
    private var logics: [String: [SUMONetworkDocument.Logic]] = [:]

    init(
        document: SUMONetworkDocument, movements: [Movement], requests: [[Int]],
        internalLanes: [String: SUMONetworkDocument.Lane]
    ) {
        self.document = document
        self.movements = movements
        self.requests = requests
        self.internalLanes = internalLanes
    }

    mutating func build() throws(FormatError) -> [Junction] {
        var order: [String] = []
        for logic in document.logics {
            if logics[logic.id] == nil { order.append(logic.id) }
            if logics[logic.id, default: []].contains(where: { $0.program == logic.program }) {
                throw logic.location.failure(.duplicate("\(logic.id) program \(logic.program)"))
            }
            logics[logic.id, default: []].append(logic)
        }
        try findControllers()
        splitByGroup()
        readFoes()
        var junctions: [Junction] = []
        for id in order {
            guard let junction = try junction(id) else {
                losses.note("signal program without a signalised connection", id)
                continue
            }
            junctions.append(junction)
        }
        return junctions
    }

    private mutating func findControllers() throws(FormatError) {
        var byLanes: [String: String] = [:]
        for connection in document.connections {
            guard let controller = connection.controller else { continue }
            guard let known = logics[controller] else {
                throw connection.location.failure(.unknownReference(kind: "tlLogic", name: controller))
            }
            guard let index = connection.linkIndex else {
                throw connection.location.failure(.unexpected(expected: "an attribute linkIndex", found: "none"))
            }
            for logic in known {
                guard !logic.phases.isEmpty else {
                    throw logic.location.failure(.unexpected(expected: "at least one <phase>", found: "none"))
                }
                for phase in logic.phases where phase.state.count <= index {
                    throw logic.location.failure(
                        .unexpected(
                            expected: "states of more than \(index) letters", found: "\"\(String(phase.state))\""))
                }
            }
            byLanes["\(connection.from)_\(connection.fromLane)>\(connection.to)_\(connection.toLane)"] = controller
        }
        controllers = movements.map { movement in
            movement.connections.map { byLanes["\($0.from)>\($0.to)"] }
        }
    }

    /// The letters that a signal shows in all programs, one after another.
    private func column(_ controller: String, _ index: Int) -> String {
        String((logics[controller] ?? []).flatMap { logic in logic.phases.map { $0.state[index] } })
    }

    /// Movements whose connections do not always show the same letters become several.
    private mutating func splitByGroup() {
        var newMovements: [Movement] = []
        var newRequests: [[Int]] = []
        var newControllers: [[String?]] = []
        var groupNames: [String: (columns: [String: [Int]], order: [String])] = [:]
        for position in movements.indices {
            let movement = movements[position]
            var parts: [(key: String, members: [Int])] = []
            for member in movement.connections.indices {
                var key = ""
                if let controller = controllers[position][member], let index = movement.connections[member].signalIndex {
                    key = controller + " " + column(controller, index)
                }
                if let part = parts.firstIndex(where: { $0.key == key }) {
                    parts[part].members.append(member)
                } else {
                    parts.append((key, [member]))
                }
            }
            for (number, part) in parts.enumerated() {
                var split = movement
                if number > 0 { split.id = MovementID("\(movement.id)/\(number)") }
                split.connections = part.members.map { movement.connections[$0] }
                if !part.key.isEmpty {
                    let key = "\(movement.from)"
                    groupNames[key, default: ([:], [])].columns[part.key, default: []].append(newMovements.count)
                    if !groupNames[key]!.order.contains(part.key) { groupNames[key]!.order.append(part.key) }
                }
                newMovements.append(split)
                newRequests.append(part.members.map { requests[position][$0] })
                newControllers.append(part.members.map { controllers[position][$0] })
            }
        }
        for (from, groups) in groupNames {
            var used = Set<String>()
            for key in groups.order {
                let members = groups.columns[key]!
                let turns = Turn.allCases.filter { turn in members.contains { newMovements[$0].turn == turn } }
                var name = "\(from):" + turns.map(\.rawValue).joined(separator: "+")
                while !used.insert(name).inserted { name += "'" }
                for member in members { newMovements[member].signalGroup = SignalGroupID(name) }
            }
        }
        movements = newMovements
        requests = newRequests
        controllers = newControllers
    }

    private mutating func readFoes() {
        var bearer: [String: [Int: Int]] = [:]
        for (position, movement) in movements.enumerated() {
            for request in requests[position] where request >= 0 { bearer[movement.node.text, default: [:]][request] = position }
        }
        let nodes = Dictionary(
            document.junctions.map { ($0.id, $0.requests) }, uniquingKeysWith: { first, _ in first })
        for position in movements.indices {
            let node = movements[position].node.text
            guard let table = nodes[node], let bearers = bearer[node] else { continue }
            var foes = Set<Int>()
            var priority = Set<Int>()
            for request in requests[position] {
                guard let entry = table.first(where: { $0.index == request }) else { continue }
                for (other, isFoe) in entry.foes.enumerated() where isFoe {
                    if let foe = bearers[other], foe != position { foes.insert(foe) }
                }
                for (other, givesWay) in entry.response.enumerated() where givesWay {
                    if let foe = bearers[other], foe != position { priority.insert(foe) }
                }
                if entry.continues {
                    movements[position].waitingInside = max(
                        movements[position].waitingInside, waitingPlaces(of: position, request: request))
                }
            }
            movements[position].foes = foes.sorted().map { movements[$0].id }
            movements[position].givesWayTo = priority.sorted().map { movements[$0].id }
        }
    }

    /// Vehicles that fit between the stop line and the waiting place inside the node: at least one.
    private func waitingPlaces(of position: Int, request: Int) -> Int {
        let node = movements[position].node.text
        let lane = (0...request).compactMap { internalLanes[":\(node)_\(request - $0)_\($0)"] }.first
        return max(1, Int((lane?.length ?? 0) / 7.5))
    }

    private mutating func junction(_ id: String) throws(FormatError) -> Junction? {
        let members = movements.indices.filter { controllers[$0].contains(id) }
        guard !members.isEmpty, let programs = logics[id] else { return nil }
        var nodes: [NodeID] = []
        for member in members where !nodes.contains(movements[member].node) { nodes.append(movements[member].node) }
        var groups: [(id: SignalGroupID, index: Int, movements: [Int])] = []
        for member in members {
            guard let name = movements[member].signalGroup,
                let index = movements[member].connections.compactMap(\.signalIndex).first
            else { continue }
            if let position = groups.firstIndex(where: { $0.id == name }) {
                groups[position].movements.append(member)
            } else {
                groups.append((name, index, [member]))
            }
        }
        groups.sort { $0.index < $1.index }
        var recovery = SUMOProgramRecovery(
            junction: JunctionID(id), groupIndices: groups.map { ($0.id, $0.index) }, programs: programs,
            crossings: crossings(at: nodes, controller: id))
        recovery.findConflicts { first, second in
            guard first < groups.count, second < groups.count else { return (true, true) }
            let positions = Set(groups[second].movements.map { movements[$0].id })
            let own = groups[first].movements.map { movements[$0] }
            return (
                own.contains { !positions.isDisjoint(with: $0.foes) },
                own.contains { !positions.isDisjoint(with: $0.givesWayTo) }
            )
        }
        if recovery.builtYellow { losses.note("program without yellow: 3 s yellow and 2 s all-red were built", id) }
        for loss in recovery.losses { losses.note(loss, id) }
        return Junction(
            id: JunctionID(id), nodes: nodes, signalGroups: recovery.groups, intergreens: recovery.intergreens,
            permittedConflicts: recovery.permitted, stages: recovery.stages, programs: recovery.programs,
            signalCount: programs[0].phases[0].state.count)
    }

    /// Pedestrian crossings at some nodes that a controller rules: connections onto a crossing edge.
    private func crossings(
        at nodes: [NodeID], controller: String
    ) -> [(name: SignalGroupID, crossing: Crossing)] {
        var result: [(SignalGroupID, Crossing)] = []
        for edge in document.edges where edge.function == "crossing" {
            let indices = document.connections.filter { $0.to == edge.id && $0.controller == controller }
                .compactMap(\.linkIndex).sorted()
            guard !indices.isEmpty, let lane = edge.lanes.first else { continue }
            result.append(
                (
                    SignalGroupID("\(edge.id):crossing"),
                    Crossing(
                        length: lane.length, crosses: edge.crosses.map { LinkID($0) },
                        signalIndices: Array(Set(indices)).sorted())
                ))
        }
        return result
    }
}
