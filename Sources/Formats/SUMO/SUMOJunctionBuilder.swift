import SignalModel

/// Recovers signal groups, conflicts, stages and intergreens from the programs of a SUMO network.
struct SUMOJunctionBuilder {
    let document: SUMONetworkDocument
    /// Movements; on return each belongs to one signal group.
    private(set) var movements: [Movement]
    private(set) var losses = LossReport()
    private var requests: [[SUMOMovementBuilder.Request?]]
    private let useOfLane: [String: LaneUse]
    /// Controller of each connection of each movement.
    private var controllers: [[String?]] = []
    private var logics: [String: [SUMONetworkDocument.Logic]] = [:]
    private var crossings: [SUMOCrossing] = []

    init(
        document: SUMONetworkDocument, movements: [Movement], requests: [[SUMOMovementBuilder.Request?]]
    ) {
        self.document = document
        self.movements = movements
        self.requests = requests
        useOfLane = Dictionary(
            document.edges.filter { $0.function == "normal" }.flatMap(\.lanes).map { ($0.id, $0.use) },
            uniquingKeysWith: { first, _ in first })
    }

    mutating func build() throws(FormatError) -> [Junction] {
        let order = try sortLogics()
        try findControllers()
        splitByGroup()
        crossings = try SUMOCrossing.all(in: document)
        readFoes()
        readUnregulated(Set(document.junctions.filter { $0.type == "traffic_light_unregulated" }.map(\.id)))
        var members: [String: [Int]] = [:]
        for position in movements.indices {
            for controller in Set(controllers[position].compactMap { $0 }) {
                members[controller, default: []].append(position)
            }
        }
        let crossings = Dictionary(grouping: crossings, by: \.controller)
        var junctions: [Junction] = []
        for id in order {
            guard let junction = junction(id, members: members[id] ?? [], crossings: crossings[id] ?? []) else {
                losses.note("signal program without a signalised connection", id)
                continue
            }
            junctions.append(junction)
        }
        return junctions
    }

    /// Collects the programs of each controller, the present one first; the result is the order of the controllers.
    private mutating func sortLogics() throws(FormatError) -> [String] {
        var order: [String] = []
        for logic in document.logics {
            guard !logic.phases.isEmpty else {
                throw logic.tag.failure(.unexpected(expected: "at least one <phase>", found: "none"))
            }
            let cycle = logic.phases.reduce(0) { $0 + $1.duration }
            guard Limits.cycle.contains(cycle) else {
                throw logic.tag.failure(
                    .unexpected(expected: "phases of 1 to 86400 s in all", found: "\(Problem.plain(cycle)) s"))
            }
            guard let known = logics[logic.id] else {
                order.append(logic.id)
                logics[logic.id] = [logic]
                continue
            }
            if known.contains(where: { $0.program == logic.program }) {
                throw logic.tag.failure(.duplicate("program \(logic.program)"), attribute: "programID")
            }
            let most = SUMONetworkDocument.greatestProgramCount
            guard known.count < most else {
                throw logic.tag.failure(.unexpected(expected: "at most \(most) programs", found: "more"))
            }
            let count = known[0].phases[0].state.count
            guard logic.phases[0].state.count == count else {
                throw logic.tag.failure(
                    .unexpected(
                        expected: "states of \(count) letters as in program \(known[0].program)",
                        found: "\(logic.phases[0].state.count)"))
            }
            logics[logic.id]?.insert(logic, at: 0)
        }
        return order
    }

    private mutating func findControllers() throws(FormatError) {
        // A railway signal has no program; trains give way by block.
        let railNodes = Set(document.junctions.filter { $0.type.hasPrefix("rail_") }.map(\.id))
        let railEdges = Set(document.edges.filter { railNodes.contains($0.to) }.map(\.id))
        var byLanes: [String: String] = [:]
        for connection in document.connections {
            guard let controller = connection.controller else { continue }
            guard let known = logics[controller] else {
                if railEdges.contains(connection.from) {
                    losses.note("railway signal", controller)
                    continue
                }
                throw connection.tag.failure(.unknownReference(kind: "tlLogic", name: controller), attribute: "tl")
            }
            guard let index = connection.linkIndex else {
                throw connection.tag.failure(
                    .unexpected(expected: "a whole number", found: "none"), attribute: "linkIndex")
            }
            let count = known[0].phases[0].state.count
            for index in [index, connection.secondLinkIndex ?? index] where index >= count {
                throw connection.tag.failure(
                    .unexpected(
                        expected: "a place in the \(count) letters of tlLogic \(FormatError.quoted(controller))",
                        found: "\(index)"), attribute: "linkIndex")
            }
            byLanes["\(connection.from)_\(connection.fromLane)>\(connection.to)_\(connection.toLane)"] = controller
        }
        controllers = movements.map { movement in
            movement.connections.map { byLanes["\($0.from)>\($0.to)"] }
        }
        for position in movements.indices {
            for (member, controller) in controllers[position].enumerated() where controller == nil {
                movements[position].connections[member].signalIndex = nil
            }
        }
    }

    /// The letters that a signal shows in all programs, one after another; when the signals are off, right of way by
    /// signs tells more signals apart than lamps do.
    private func column(_ controller: String, _ index: Int) -> String {
        let running = (logics[controller] ?? []).filter { !$0.isOff }
        return String(running.flatMap { logic in logic.phases.map { $0.state[index] } })
    }

    /// Movements whose connections do not always show the same letters become several.
    private mutating func splitByGroup() {
        var newMovements: [Movement] = []
        var newRequests: [[SUMOMovementBuilder.Request?]] = []
        var newControllers: [[String?]] = []
        var groupNames: [String: (columns: [String: [Int]], order: [String])] = [:]
        for position in movements.indices {
            let movement = movements[position]
            var parts: [(key: String, members: [Int])] = []
            for member in movement.connections.indices {
                var key = ""
                if let controller = controllers[position][member], let index = movement.connections[member].signalIndex
                {
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
        for (from, groups) in groupNames.sorted(by: { $0.key < $1.key }) {
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
        joinSharedSignals()
    }

    /// Groups of different links that are ruled by one and the same signal become one.
    private mutating func joinSharedSignals() {
        var groupOfSignal: [String: SignalGroupID] = [:]
        for position in movements.indices {
            for (connection, controller) in zip(movements[position].connections, controllers[position]) {
                guard let controller, let index = connection.signalIndex, let own = movements[position].signalGroup
                else { continue }
                let known = groupOfSignal["\(controller) \(index)"] ?? own
                groupOfSignal["\(controller) \(index)"] = known
                guard known != own else { continue }
                for other in movements.indices where movements[other].signalGroup == own {
                    movements[other].signalGroup = known
                }
                for (signal, group) in groupOfSignal where group == own { groupOfSignal[signal] = known }
            }
        }
    }

    private mutating func readFoes() {
        var bearer: [String: [Int: Int]] = [:]
        for (position, movement) in movements.enumerated() {
            for case let request? in requests[position] {
                bearer[movement.node.text, default: [:]][request.index] = position
            }
        }
        let nodes = Dictionary(
            document.junctions.filter { $0.type != "traffic_light_unregulated" }.map { junction in
                (junction.id, Dictionary(junction.requests.map { ($0.index, $0) }, uniquingKeysWith: { $1 }))
            }, uniquingKeysWith: { first, _ in first })
        for position in crossings.indices {
            let node = crossings[position].node
            crossings[position].relate(to: movements, bearers: bearer[node] ?? [:], requests: nodes[node] ?? [:])
        }
        for position in movements.indices {
            let node = movements[position].node.text
            guard let table = nodes[node], let bearers = bearer[node] else { continue }
            var foes = Set<Int>()
            var priority = Set<Int>()
            for case let request? in requests[position] {
                guard let entry = table[request.index] else { continue }
                for (other, isFoe) in entry.foes.enumerated() where isFoe {
                    if let foe = bearers[other], foe != position { foes.insert(foe) }
                }
                for (other, givesWay) in entry.response.enumerated() where givesWay {
                    if let foe = bearers[other], foe != position { priority.insert(foe) }
                }
                if entry.continues {
                    movements[position].waitingInside = max(movements[position].waitingInside, request.places)
                }
            }
            // Whoever gives way to another meets it, whatever the file says of foes.
            movements[position].foes = foes.union(priority).sorted().map { movements[$0].id }
            movements[position].givesWayTo = priority.sorted().map { movements[$0].id }
        }
    }

    /// Among movements that are green together the letters of the programs say who gives way: `g` to `G`; where both
    /// show `G`, the one that turns.
    private mutating func settleRightOfWay(among members: [Int], programs: [SUMONetworkDocument.Logic]) {
        let positions = Dictionary(
            members.map { (movements[$0].id, $0) }, uniquingKeysWith: { first, _ in first })
        let phases = programs.flatMap(\.phases)
        func letter(_ position: Int, _ phase: SUMONetworkDocument.Phase) -> Character? {
            movements[position].connections.compactMap(\.signalIndex).first.map { phase.state[$0] }
        }
        for first in members {
            for second in movements[first].foes.compactMap({ positions[$0] }) where first < second {
                let shown = phases.map { (letter(first, $0), letter(second, $0)) }
                    .filter { "Gg".contains($0.0 ?? "r") && "Gg".contains($0.1 ?? "r") }
                guard !shown.isEmpty else { continue }
                let firstGoes = shown.allSatisfy { $0.0 == "G" }
                let secondGoes = shown.allSatisfy { $0.1 == "G" }
                let (one, other) = (rank(movements[first].turn), rank(movements[second].turn))
                if firstGoes && (!secondGoes || one < other) {
                    setPriority(of: first, over: second)
                } else if secondGoes && (!firstGoes || other < one) {
                    setPriority(of: second, over: first)
                }
            }
        }
    }

    private func rank(_ turn: Turn) -> Int { [.through, .right, .left, .uTurn].firstIndex(of: turn)! }

    private mutating func setPriority(of first: Int, over second: Int) {
        let (one, other) = (movements[first].id, movements[second].id)
        movements[first].givesWayTo.removeAll { $0 == other }
        if !movements[second].givesWayTo.contains(one) { movements[second].givesWayTo.append(one) }
    }

    /// Where the network knows no right of way, whatever comes from different links may meet and looks out.
    private mutating func readUnregulated(_ nodes: Set<String>) {
        let positions = movements.indices.filter { nodes.contains(movements[$0].node.text) }
        let byNode = Dictionary(grouping: positions) { movements[$0].node }
        for (node, members) in byNode.sorted(by: { $0.key < $1.key }) {
            losses.note("junction without right of way: movements from different links are taken to meet", node.text)
            for member in members {
                let foes = members.filter { movements[$0].from != movements[member].from }.map { movements[$0].id }
                movements[member].foes = foes
                movements[member].givesWayTo = foes
            }
        }
    }

    private mutating func junction(_ id: String, members: [Int], crossings: [SUMOCrossing]) -> Junction? {
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
        settleRightOfWay(among: members, programs: programs.filter { !$0.isOff })
        let vehicleSignals = Set(members.flatMap { movements[$0].connections.compactMap(\.signalIndex) })
        let apart = crossings.filter { crossing in
            guard vehicleSignals.isDisjoint(with: crossing.crossing.signalIndices) else {
                losses.note("crossing under a signal for vehicles", crossing.edge)
                return false
            }
            return true
        }
        let ownCrossings = SUMOCrossing.joinedBySignal(apart)
        if ownCrossings.count < apart.count { losses.note("crossings under one signal, read as one", id) }
        var recovery = SUMOProgramRecovery(
            junction: JunctionID(id),
            vehicleGroups: groups.map { group in (group.id, group.index, kind(of: group.movements)) },
            programs: programs, crossings: ownCrossings)
        recovery.findConflicts { first, second in
            switch (first < groups.count, second < groups.count) {
            case (true, true):
                let others = Set(groups[second].movements.map { movements[$0].id })
                let own = groups[first].movements.map { movements[$0] }
                return (
                    own.contains { !others.isDisjoint(with: $0.foes) },
                    own.contains { !others.isDisjoint(with: $0.givesWayTo) }
                )
            case (true, false):
                let crossing = ownCrossings[second - groups.count]
                return (
                    !crossing.foes.isDisjoint(with: groups[first].movements),
                    !crossing.yielding.isDisjoint(with: groups[first].movements)
                )
            case (false, true):
                return (!ownCrossings[first - groups.count].foes.isDisjoint(with: groups[second].movements), false)
            case (false, false): return (false, false)
            }
        }
        if recovery.builtYellow { losses.note("program without yellow: 3 s yellow and 2 s all-red were built", id) }
        for loss in recovery.losses { losses.note(loss, id) }
        let used = vehicleSignals.union(ownCrossings.flatMap(\.crossing.signalIndices))
        for index in programs[0].phases[0].state.indices where !used.contains(index) {
            losses.note("signal that rules no connection", "\(id) \(index)")
        }
        return Junction(
            id: JunctionID(id), nodes: nodes, signalGroups: recovery.groups, intergreens: recovery.intergreens,
            permittedConflicts: recovery.permitted, stages: recovery.stages, programs: recovery.programs,
            signalCount: programs[0].phases[0].state.count)
    }

    /// Whom a group serves, by the lanes that its movements come from.
    private func kind(of members: [Int]) -> SignalGroupKind {
        let uses = Set(members.flatMap { movements[$0].connections }.compactMap { useOfLane[$0.from.text] })
        return uses == [.tram] ? .tram : uses == [.cycle] ? .cycle : .vehicle
    }
}
