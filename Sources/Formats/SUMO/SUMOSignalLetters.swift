import SignalModel

/// The letters of a controller's state string in SUMO, from what its signal groups show.
public struct SUMOSignalLetters: Sendable {
    /// One letter of the state.
    private struct Signal {
        var index: Int
        var group: Int
        var turnsOnRed: Bool
        /// Groups that the signal's traffic gives way to.
        var priority: [Int]
        /// Whether a lane beside it, nearer to the kerb, leads into the same lane.
        var merges = false
    }

    private let count: Int
    private let signals: [Signal]

    /// Prepares the letters of a junction.
    ///
    /// - Parameters:
    ///   - junction: The junction, with a ``Junction/signalCount`` of 0 and more.
    ///   - movements: Movements at the junction's nodes.
    public init(junction: Junction, movements: [Movement]) {
        count = max(0, junction.signalCount)
        signals = Self.signals(junction: junction, movements: movements, rules: JunctionRules(junction))
    }

    /// The state string.
    ///
    /// - Parameters:
    ///   - shown: What each group shows, in the junction's order: `r`, `u` for red and amber, `G` or `y`.
    ///   - goes: Whether somebody of the group may be in the junction: green, yellow, or people still on a crossing.
    public func state(shown: [Character], goes: [Bool]) -> String {
        var letters = [Character](repeating: "r", count: count)
        for signal in signals {
            switch shown[signal.group] {
            case "G":
                // One signal may rule several movements: it shows the lesser right of way.
                let givesWay = signal.merges || signal.priority.contains { goes[$0] }
                letters[signal.index] = givesWay || letters[signal.index] == "g" ? "g" : "G"
            case "r": letters[signal.index] = signal.turnsOnRed ? "s" : "r"
            case let other: letters[signal.index] = other
            }
        }
        return String(letters)
    }

    private static func signals(junction: Junction, movements: [Movement], rules: JunctionRules) -> [Signal] {
        let groupOfMovement = Dictionary(
            movements.compactMap { movement in
                movement.signalGroup.flatMap { rules.indexOfGroup[$0] }.map { (movement.id, $0) }
            }, uniquingKeysWith: { first, _ in first })
        var result: [Signal] = []
        for movement in movements {
            guard let group = groupOfMovement[movement.id] else { continue }
            let crossings = junction.permittedConflicts.filter { $0.yielding == rules.groups[group].id }
                .compactMap { rules.indexOfGroup[$0.priority] }
                .filter { movement.meets(rules.groups[$0].crossing) }
            let priority = Set(movement.givesWayTo.compactMap { groupOfMovement[$0] } + crossings)
            for (position, connection) in movement.connections.enumerated() {
                guard let index = connection.signalIndex, (0..<junction.signalCount).contains(index) else { continue }
                // SUMO warns of two G into one lane. Its networks let the lane nearer to the kerb give way, so the
                // other one has nobody to give way to and moves with g as it does with G. The letters the other
                // way round let one lane starve the other: queues locked up for good.
                let merges = movement.connections[..<position].contains {
                    $0.to == connection.to && $0.from != connection.from
                }
                result.append(
                    Signal(
                        index: index, group: group, turnsOnRed: rules.groups[group].turnOnRed,
                        priority: priority.sorted(), merges: merges))
            }
        }
        for (number, group) in rules.groups.enumerated() {
            for index in group.crossing?.signalIndices ?? [] where (0..<junction.signalCount).contains(index) {
                result.append(Signal(index: index, group: number, turnsOnRed: false, priority: []))
            }
        }
        return result
    }
}

extension Movement {
    /// Whether people on a crossing are in its way; those whose links are not stated may be.
    ///
    /// A group gives way as a whole, and yet it is its turns that meet people: SUMO has vehicles slow down at `g`.
    fileprivate func meets(_ crossing: Crossing?) -> Bool {
        guard let crossing else { return false }
        return crossing.crosses.isEmpty || crossing.crosses.contains(from) || crossing.crosses.contains(to)
    }
}
