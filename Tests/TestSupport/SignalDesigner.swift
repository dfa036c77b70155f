import SignalModel

/// Chooses signal groups, rules of way and intergreens for the nodes of one controller.
struct SignalDesigner {
    private let id: JunctionID
    private let layouts: [NodeLayout]
    private let lanes: [LinkID: [Lane]]

    init(id: JunctionID, layouts: [NodeLayout], lanes: [LinkID: [Lane]]) {
        self.id = id
        self.layouts = layouts
        self.lanes = lanes
    }

    /// A controller without programs, and the movements of its nodes.
    func design(random: inout SplitMix64) -> (junction: Junction, movements: [Movement]) {
        var junction = Junction(id: id, nodes: layouts.map(\.node), signalGroups: [])
        var movements: [Movement] = []
        for layout in layouts { movements += add(layout, to: &junction, random: &random) }
        addIntergreenTimes(to: &junction, random: &random)
        for movement in movements.indices {
            for connection in movements[movement].connections.indices {
                movements[movement].connections[connection].signalIndex = junction.signalCount
                junction.signalCount += 1
            }
        }
        for group in junction.signalGroups.indices where junction.signalGroups[group].crossing != nil {
            junction.signalGroups[group].crossing?.signalIndices = [junction.signalCount]
            junction.signalCount += 1
        }
        return (junction, movements)
    }

    private func add(
        _ layout: NodeLayout, to junction: inout Junction, random: inout SplitMix64
    ) -> [Movement] {
        let firstGroup = junction.signalGroups.count
        let isPermissive = layout.legs.map { _ in random.chance(0.6) }
        var (paths, slips) = addVehicleGroups(
            for: layout, isPermissive: isPermissive, to: &junction, random: &random)
        for leg in layout.legs where random.chance(0.6) {
            junction.signalGroups.append(crossingGroup(over: leg, random: &random))
        }
        let groups = junction.signalGroups
        let numbers = Dictionary(uniqueKeysWithValues: groups.enumerated().map { ($0.element.id, $0.offset) })
        let groupOf = paths.map { path in path.movement.signalGroup.flatMap { numbers[$0] } ?? 0 }
        let isSlip = groupOf.map { slips.contains(groups[$0].id) }
        var meetings = Meetings()
        for first in paths.indices {
            for second in paths.indices where first < second && layout.meet(paths[first], paths[second]) {
                paths[first].movement.foes.append(paths[second].movement.id)
                paths[second].movement.foes.append(paths[first].movement.id)
                var isSettled = false
                for (one, other) in [(first, second), (second, first)] where !isSettled {
                    let isOpposedLeft =
                        paths[one].movement.turn == .left && isPermissive[paths[one].from]
                        && layout.turn(from: paths[one].from, to: paths[other].from) == .through
                        && paths[other].movement.turn != .left
                    guard isSlip[one] || isOpposedLeft else { continue }
                    paths[one].movement.givesWayTo.append(paths[other].movement.id)
                    meetings.note(groupOf[one], givesWayTo: groupOf[other])
                    isSettled = true
                }
                if !isSettled { meetings.note(groupOf[first], isIncompatibleWith: groupOf[second]) }
            }
        }
        for walking in firstGroup..<groups.count {
            guard let crossing = groups[walking].crossing else { continue }
            let turnsGiveWay = random.chance(0.5)
            for (path, group) in zip(paths, groupOf) {
                let leaves = crossing.crosses.contains(path.movement.to)
                guard leaves || crossing.crosses.contains(path.movement.from) else { continue }
                if slips.contains(groups[group].id) || (turnsGiveWay && leaves && path.movement.turn != .through) {
                    meetings.note(group, givesWayTo: walking)
                } else {
                    meetings.note(group, isIncompatibleWith: walking)
                }
            }
        }
        meetings.add(to: &junction)
        return paths.map(\.movement)
    }

    private func addVehicleGroups(
        for layout: NodeLayout, isPermissive: [Bool], to junction: inout Junction, random: inout SplitMix64
    ) -> (paths: [NodeLayout.Path], slips: Set<SignalGroupID>) {
        var paths = layout.paths
        var slips: Set<SignalGroupID> = []
        for leg in layout.legs.indices {
            let own = paths.indices.filter { paths[$0].from == leg }
            let parts = separable(own.map { paths[$0] }, isPermissive: isPermissive[leg], random: &random)
            for name in ["through", "left", "slip"] {
                let members = zip(own, parts).filter { $0.1 == name }.map(\.0)
                if members.isEmpty { continue }
                let group = SignalGroupID("\(layout.legs[leg].inbound) \(name)")
                junction.signalGroups.append(vehicleGroup(group, isSlip: name == "slip", random: &random))
                if name == "slip" { slips.insert(group) }
                for member in members { paths[member].movement.signalGroup = group }
            }
        }
        return (paths, slips)
    }

    /// The part of each path's group name; a part is split off only where it has its lanes to itself.
    private func separable(
        _ paths: [NodeLayout.Path], isPermissive: Bool, random: inout SplitMix64
    ) -> [String] {
        var parts = paths.map { _ in "through" }
        func lanes(where isIncluded: (Int) -> Bool) -> Set<LaneID> {
            Set(paths.indices.filter(isIncluded).flatMap { paths[$0].movement.connections.map(\.from) })
        }
        for (turn, name, probability) in [(Turn.left, "left", isPermissive ? 0.3 : 0.9), (.right, "slip", 0.25)] {
            let isTurn = { (path: Int) in paths[path].movement.turn == turn }
            guard paths.contains(where: { $0.movement.turn != turn }), random.chance(probability),
                lanes(where: isTurn).isDisjoint(with: lanes(where: { !isTurn($0) }))
            else { continue }
            for path in paths.indices where isTurn(path) { parts[path] = name }
        }
        return parts
    }

    private func vehicleGroup(
        _ group: SignalGroupID, isSlip: Bool, random: inout SplitMix64
    ) -> SignalGroup {
        SignalGroup(
            id: group, kind: random.chance(0.05) ? .tram : .vehicle,
            yellow: [3, 3, 4, 5].randomElement(using: &random) ?? 3,
            redAmber: [0, 0, 1, 2].randomElement(using: &random) ?? 0,
            leastGreen: Double(Int.random(in: 5...10, using: &random)),
            greatestGreen: !isSlip && random.chance(0.4) ? Double(Int.random(in: 40...90, using: &random)) : nil,
            turnOnRed: random.chance(0.1))
    }

    private func crossingGroup(over leg: NodeLayout.Leg, random: inout SplitMix64) -> SignalGroup {
        let laneCount = (lanes[leg.inbound]?.count ?? 0) + (lanes[leg.outbound]?.count ?? 0)
        let isCycle = random.chance(0.1)
        return SignalGroup(
            id: SignalGroupID("\(leg.inbound) walk"), kind: isCycle ? .cycle : .pedestrian, yellow: isCycle ? 2 : 0,
            leastGreen: Double(Int.random(in: 4...7, using: &random)),
            crossing: Crossing(
                length: 3.25 * Double(laneCount), walkingSpeed: Double.random(in: 1...1.5, using: &random),
                leastWalk: Double(Int.random(in: 4...9, using: &random)), crosses: [leg.inbound, leg.outbound]))
    }

    private func addIntergreenTimes(to junction: inout Junction, random: inout SplitMix64) {
        let groups = Dictionary(uniqueKeysWithValues: junction.signalGroups.map { ($0.id, $0) })
        for position in junction.intergreens.indices {
            guard let ending = groups[junction.intergreens[position].ending],
                let starting = groups[junction.intergreens[position].starting]
            else { continue }
            let clearance = starting.kind == .pedestrian ? 0 : (ending.crossing?.clearance ?? 0).rounded(.up)
            var seconds = max(
                ending.yellow + starting.redAmber, clearance, Double(Int.random(in: 2...7, using: &random)))
            if random.chance(0.2) { seconds += Double(Int.random(in: 1...9, using: &random)) / 10 }
            junction.intergreens[position].seconds = (seconds * 10).rounded() / 10
        }
    }
}
