extension Network {
    /// Everything that is wrong with the network as a document: identifiers that occur twice, references to what is not
    /// there, numbers that cannot be meant.
    ///
    /// Whether its rules leave conflicts open and its programs are safe is for the safety guard.
    /// - Complexity: O(size of the network) on average.
    public func problems() -> [Problem] {
        var list = ProblemList()
        let root = FieldPath()
        list.check(vehicles, at: root.field("vehicles"))
        var names = NetworkNames()
        names.nodes = list.positions(of: nodes.map(\.id), in: "nodes", root)
        names.links = list.positions(of: links.map(\.id), in: "links", root)
        names.movements = list.positions(of: movements.map(\.id), in: "movements", root)
        names.junctions = list.positions(of: junctions.map(\.id), in: "junctions", root)
        names.groups = junctions.map { Set($0.signalGroups.map(\.id)) }
        for (position, node) in nodes.enumerated() {
            let place = root.item("nodes", position, node.id.text)
            list.check(node.position, at: place.field("position"))
        }
        for (position, link) in links.enumerated() {
            list.check(link, number: position, at: root.item("links", position, link.id.text), names: &names)
        }
        for (position, junction) in junctions.enumerated() {
            let place = root.item("junctions", position, junction.id.text)
            list.checkNodes(of: junction, number: position, at: place, in: self, names: &names)
            list.check(junction, at: place, names: names)
        }
        for (position, movement) in movements.enumerated() {
            let place = root.item("movements", position, movement.id.text)
            list.check(movement, at: place, in: self, names: names)
        }
        list.checkSignals(in: self, names: names)
        checkDetectors(into: &list, names: names)
        return list.problems
    }

    private func checkDetectors(into list: inout ProblemList, names: NetworkNames) {
        let root = FieldPath()
        _ = list.positions(of: detectors.map(\.id), in: "detectors", root)
        for (position, detector) in detectors.enumerated() {
            let place = root.item("detectors", position, detector.id.text)
            let lane = names.lanes[detector.lane]
            list.check(detector.lane, exists: lane != nil, as: "lane", place, "lane")
            let reach = lane.map(\.length) ?? Limits.laneLength.upperBound
            list.check(detector.position, 0...max(0, reach), place, "position_m")
            checkMovement(of: detector, into: &list, at: place, names: names)
        }
    }

    /// One inside a junction sees the way of a movement that a signal rules, from its lane; others see none.
    private func checkMovement(
        of detector: Detector, into list: inout ProblemList, at place: FieldPath, names: NetworkNames
    ) {
        let field = place.field("movement")
        switch (detector.purpose, detector.movement) {
        case (.inside, let name?):
            let movement = names.movements[name].map { movements[$0] }
            let isSeen = movement?.connections.contains { $0.from == detector.lane } ?? false
            guard movement?.signalGroup == nil || !isSeen else { return }
            let wanted = Expectation.existing("movement with a signal group from the detector's lane")
            list.add(field, wanted, found: Problem.quoted(name.text))
        case (.inside, nil): list.add(field, .value, found: "none")
        case (_, let name?): list.add(field, .absent, found: Problem.quoted(name.text))
        case (_, nil): break
        }
    }
}

extension ProblemList {
    fileprivate mutating func check(_ vehicles: VehicleParameters, at place: FieldPath) {
        check(vehicles.length, Limits.vehicleLength, place, "length_m")
        check(vehicles.minimumGap, Limits.gap, place, "minimumGap_m")
        check(vehicles.timeHeadway, Limits.headway, place, "timeHeadway_s")
        check(vehicles.greatestSpeed, Limits.speed, place, "greatestSpeed_mps")
    }

    fileprivate mutating func check(_ point: Point, at place: FieldPath) {
        check(point.x, Limits.coordinate, place, "x")
        check(point.y, Limits.coordinate, place, "y")
    }

    /// Checks a link and notes the places of its lanes.
    fileprivate mutating func check(
        _ link: Link, number: Int, at place: FieldPath, names: inout NetworkNames
    ) {
        check(link.from, exists: names.nodes[link.from] != nil, as: "node", place, "from")
        check(link.to, exists: names.nodes[link.to] != nil, as: "node", place, "to")
        check(link.length, Limits.laneLength, place, "length_m")
        for (position, point) in link.shape.enumerated() { check(point, at: place.item("shape", position)) }
        _ = positions(of: link.lanes.map(\.id), in: "lanes", place)
        for (position, lane) in link.lanes.enumerated() {
            let place = place.item("lanes", position, lane.id.text)
            check(lane.length, Limits.laneLength, place, "length_m")
            check(lane.freeFlowSpeed, Limits.speed, place, "freeFlowSpeed_mps")
            if let known = names.lanes[lane.id] {
                guard known.link != number else { continue }
                add(
                    place.field("id"), .unique,
                    found: "\(Problem.quoted(lane.id.text)), as in \(FieldPath().item("links", known.link))")
            } else {
                names.lanes[lane.id] = NetworkNames.LanePlace(link: number, length: lane.length)
            }
        }
    }

    /// Checks which nodes a junction runs, and notes them.
    fileprivate mutating func checkNodes(
        of junction: Junction, number: Int, at place: FieldPath, in network: Network, names: inout NetworkNames
    ) {
        check(junction.nodes, as: "node", place, "nodes") { names.nodes[$0] != nil }
        if junction.nodes.isEmpty { add(place.field("nodes"), .notEmpty, found: "none") }
        for (position, node) in junction.nodes.enumerated() {
            guard let known = names.nodes[node] else { continue }
            if network.nodes[known].control != .signals {
                add(
                    place.item("nodes", position), .existing("node under control of signals"),
                    found: Problem.quoted(node.text))
            }
            let other = names.junctionOfNode[node] ?? number
            if other != number {
                add(
                    place.item("nodes", position), .existing("node that no other junction runs"),
                    found: "\(Problem.quoted(node.text)), as in \(FieldPath().item("junctions", other))")
            } else {
                names.junctionOfNode[node] = number
            }
        }
    }
}
