extension ProblemList {
    /// Checks a movement: what it joins, the signal that rules it, its lanes and its foes.
    mutating func check(_ movement: Movement, at place: FieldPath, in network: Network, names: NetworkNames) {
        check(movement.node, exists: names.nodes[movement.node] != nil, as: "node", place, "node")
        let from = names.links[movement.from]
        let to = names.links[movement.to]
        check(movement.from, exists: from != nil, as: "link", place, "from")
        check(movement.to, exists: to != nil, as: "link", place, "to")
        if let from, network.links[from].to != movement.node {
            let kind = "link to node \(Problem.quoted(movement.node.text))"
            check(movement.from, exists: false, as: kind, place, "from")
        }
        if let to, network.links[to].from != movement.node {
            let kind = "link from node \(Problem.quoted(movement.node.text))"
            check(movement.to, exists: false, as: kind, place, "to")
        }
        let junction = names.junctionOfNode[movement.node]
        if let group = movement.signalGroup {
            let isKnown = junction.map { names.groups[$0].contains(group) } ?? false
            let kind = "signal group of the junction that runs node \(Problem.quoted(movement.node.text))"
            check(group, exists: isKnown, as: kind, place, "signalGroup")
        }
        check(movement.waitingInside, Limits.waitingInside, place, "waitingInside")
        checkFoes(of: movement, at: place, names: names)
        let signalCount = junction.map { network.junctions[$0].signalCount }
        checkConnections(of: movement, at: place, signalCount: signalCount, names: names)
    }

    private mutating func checkFoes(of movement: Movement, at place: FieldPath, names: NetworkNames) {
        check(movement.foes, as: "movement", place, "foes") { names.movements[$0] != nil }
        for (field, movements) in [("foes", movement.foes), ("givesWayTo", movement.givesWayTo)] {
            for (position, foe) in movements.enumerated() where foe == movement.id {
                add(place.item(field, position), .other(than: movement.id.text), found: "the movement itself")
            }
        }
        guard !movement.givesWayTo.isEmpty else { return }
        let foes = Set(movement.foes)
        check(movement.givesWayTo, as: "movement out of the foes", place, "givesWayTo") { foes.contains($0) }
    }

    private mutating func checkConnections(
        of movement: Movement, at place: FieldPath, signalCount: Int?, names: NetworkNames
    ) {
        if movement.connections.isEmpty { add(place.field("connections"), .notEmpty, found: "none") }
        var seen = Set<[LaneID]>()
        let (from, to) = (names.links[movement.from], names.links[movement.to])
        for (position, connection) in movement.connections.enumerated() {
            let place = place.item("connections", position)
            check(connection.from, isLaneOf: from, named: movement.from, place, "from", names: names)
            check(connection.to, isLaneOf: to, named: movement.to, place, "to", names: names)
            if !seen.insert([connection.from, connection.to]).inserted {
                let lanes = "\(Problem.quoted(connection.from.text)) to \(Problem.quoted(connection.to.text))"
                add(place, .unique, found: "\(lanes) again")
            }
            check(connection.length, Limits.pathLength, place, "length_m")
            check(connection.speed, Limits.speed, place, "speed_mps")
            check(connection.saturationFlowPerHour, Limits.saturationFlow, place, "saturationFlow_vehPerHour")
            if let index = connection.signalIndex {
                checkSignal(index, count: signalCount ?? Limits.signalCount.upperBound, place, "signalIndex")
            }
        }
    }

    private mutating func check(
        _ lane: LaneID, isLaneOf link: Int?, named name: LinkID, _ place: FieldPath, _ field: String,
        names: NetworkNames
    ) {
        guard let known = names.lanes[lane] else {
            return check(lane, exists: false, as: "lane of link \(Problem.quoted(name.text))", place, field)
        }
        // A link that is not there is named by itself.
        guard let link, known.link != link else { return }
        check(lane, exists: false, as: "lane of link \(Problem.quoted(name.text))", place, field)
    }

    /// A position in the controller's state string.
    mutating func checkSignal(_ index: Int, count: Int, _ place: FieldPath, _ field: String) {
        guard !(0..<max(0, count)).contains(index) else { return }
        add(place.field(field), .existing("signal number below the signal count \(count)"), found: "\(index)")
    }
}
