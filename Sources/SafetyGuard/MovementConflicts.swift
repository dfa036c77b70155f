import SignalModel

/// Movements whose paths meet, held against the rules that should keep them apart.
struct MovementConflicts {
    private struct Pair: Hashable {
        let first: Int
        let second: Int
    }

    private let network: Network
    private let movementsAtNode: [NodeID: [Movement]]
    private let linksByID: [LinkID: Link]

    init(_ network: Network) {
        self.network = network
        movementsAtNode = Dictionary(grouping: network.movements, by: \.node)
        linksByID = Dictionary(network.links.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Gaps in the rules of a junction, once for each pair of groups.
    func faults(at junction: Junction, under rules: TickRules) -> [Violation.Fault] {
        var found: [Violation.Fault] = []
        var ruled: [(movement: Movement, group: Int)] = []
        var unruled: [Movement] = []
        for movement in junction.nodes.flatMap({ movementsAtNode[$0] ?? [] }) {
            guard let id = movement.signalGroup else {
                unruled.append(movement)
                continue
            }
            if let group = rules.index[id] {
                ruled.append((movement, group))
            } else {
                found.append(.movementGroupUnknown(movement: movement.id, group: id))
            }
        }
        let apart = Set(rules.conflicts)
        var permitted: Set<Pair> = []
        for conflict in junction.permittedConflicts {
            guard let yielding = rules.index[conflict.yielding], let priority = rules.index[conflict.priority]
            else { continue }
            permitted.insert(Pair(first: yielding, second: priority))
        }
        found += freeFaults(of: unruled, among: ruled)
        found += pathFaults(of: ruled, apart: apart, permitted: permitted, rules: rules)
        found += crossingFaults(of: ruled, at: junction, apart: apart, permitted: permitted, rules: rules)
        return found
    }

    /// Movements without a signal whose paths meet that of one with a signal, where neither gives way to the other.
    private func freeFaults(
        of unruled: [Movement], among ruled: [(movement: Movement, group: Int)]
    ) -> [Violation.Fault] {
        unruled.flatMap { movement in
            ruled.compactMap { other, _ in
                let meets = movement.foes.contains(other.id) || other.foes.contains(movement.id)
                let isSettled =
                    movement.givesWayTo.contains(other.id) || other.givesWayTo.contains(movement.id)
                return meets && !isSettled ? .movementUnruled(movement: movement.id, meets: other.id) : nil
            }
        }
    }

    private func pathFaults(
        of ruled: [(movement: Movement, group: Int)], apart: Set<TickRules.Conflict>, permitted: Set<Pair>,
        rules: TickRules
    ) -> [Violation.Fault] {
        let positions = Dictionary(
            ruled.enumerated().map { ($0.element.movement.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
        var met: Set<Pair> = []
        for (position, entry) in ruled.enumerated() {
            for foe in entry.movement.foes {
                // A foe may be listed on one side only; the conflict is mutual all the same.
                guard let other = positions[foe], other != position else { continue }
                met.insert(Pair(first: min(position, other), second: max(position, other)))
            }
        }
        var named: Set<Pair> = []
        var found: [Violation.Fault] = []
        for pair in met.sorted(by: { ($0.first, $0.second) < ($1.first, $1.second) }) {
            let (first, firstGroup) = ruled[pair.first]
            let (second, secondGroup) = ruled[pair.second]
            let groups = Pair(first: min(firstGroup, secondGroup), second: max(firstGroup, secondGroup))
            if apart.contains(TickRules.Conflict(first: groups.first, second: groups.second)) { continue }
            guard
                let fault = fault(
                    between: first, in: firstGroup, and: second, in: secondGroup, permitted: permitted, rules: rules),
                named.insert(groups).inserted
            else { continue }
            found.append(fault)
        }
        return found
    }

    private func fault(
        between first: Movement, in firstGroup: Int, and second: Movement, in secondGroup: Int, permitted: Set<Pair>,
        rules: TickRules
    ) -> Violation.Fault? {
        let firstYields = first.givesWayTo.contains(second.id)
        let secondYields = second.givesWayTo.contains(first.id)
        let isSame = firstGroup == secondGroup
        if isSame, firstYields || secondYields { return nil }
        let firstMay = permitted.contains(Pair(first: firstGroup, second: secondGroup))
        let secondMay = permitted.contains(Pair(first: secondGroup, second: firstGroup))
        if (firstMay && firstYields) || (secondMay && secondYields) { return nil }
        let firstID = rules.groups[firstGroup].id
        let secondID = rules.groups[secondGroup].id
        if !isSame, firstMay {
            return .permittedConflictReversed(
                yielding: firstID, priority: secondID, yieldingMovement: first.id, priorityMovement: second.id)
        }
        if !isSame, secondMay {
            return .permittedConflictReversed(
                yielding: secondID, priority: firstID, yieldingMovement: second.id, priorityMovement: first.id)
        }
        return .conflictNotRuled(
            first: firstID, second: secondID, firstMovement: first.id, secondMovement: second.id)
    }

    private func crossingFaults(
        of ruled: [(movement: Movement, group: Int)], at junction: Junction, apart: Set<TickRules.Conflict>,
        permitted: Set<Pair>, rules: TickRules
    ) -> [Violation.Fault] {
        let nodes = Set(junction.nodes)
        var named: Set<Pair> = []
        var found: [Violation.Fault] = []
        for signalGroup in junction.signalGroups {
            guard signalGroup.crossing != nil || signalGroup.kind == .pedestrian,
                let walking = rules.index[signalGroup.id]
            else { continue }
            let stated = Set(signalGroup.crossing?.crosses ?? [])
            // A link between two nodes of a joined controller has both ends here, and the crossing is at one only.
            let crossed = stated.filter { id in
                guard let link = linksByID[id] else { return false }
                return !(nodes.contains(link.from) && nodes.contains(link.to))
            }
            // Who does not say what they cross may be in everybody's way.
            for (movement, group) in ruled
            where stated.isEmpty || crossed.contains(movement.from) || crossed.contains(movement.to) {
                let isApart = apart.contains(
                    TickRules.Conflict(first: min(walking, group), second: max(walking, group)))
                let givesWay = permitted.contains(Pair(first: group, second: walking))
                guard !isApart, !givesWay, named.insert(Pair(first: walking, second: group)).inserted else { continue }
                found.append(
                    .crossingNotRuled(
                        crossing: signalGroup.id, group: rules.groups[group].id, movement: movement.id))
            }
        }
        return found
    }
}
