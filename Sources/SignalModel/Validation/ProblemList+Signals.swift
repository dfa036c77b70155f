extension ProblemList {
    /// A position in a controller's state string.
    private struct Signal: Hashable {
        var junction: Int
        var index: Int
    }

    /// Checks that each signal of a junction is one group's: a state string has one letter for it, and the letter of one
    /// group would stand for the other's.
    mutating func checkSignals(in network: Network, names: NetworkNames) {
        var bearers: [Signal: SignalGroupID] = [:]
        let root = FieldPath()
        for (number, junction) in network.junctions.enumerated() {
            for (position, group) in junction.signalGroups.enumerated() {
                for (place, index) in (group.crossing?.signalIndices ?? []).enumerated() {
                    let bearer = Self.bearer(of: Signal(junction: number, index: index), group.id, &bearers)
                    guard bearer != group.id else { continue }
                    let crossing = root.item("junctions", number, junction.id.text)
                        .item("signalGroups", position, group.id.text).field("crossing")
                    addShared(index, with: bearer, at: crossing.item("signalIndices", place))
                }
            }
        }
        for (number, movement) in network.movements.enumerated() {
            guard let group = movement.signalGroup, let junction = names.junctionOfNode[movement.node] else { continue }
            let count = network.junctions[junction].signalCount
            for (position, connection) in movement.connections.enumerated() {
                func place() -> FieldPath {
                    root.item("movements", number, movement.id.text).item("connections", position).field("signalIndex")
                }
                if let index = connection.signalIndex {
                    let bearer = Self.bearer(of: Signal(junction: junction, index: index), group, &bearers)
                    if bearer != group { addShared(index, with: bearer, at: place()) }
                } else if count > 0 {
                    add(place(), .existing("signal number below the signal count \(count)"), found: "none")
                }
            }
        }
    }

    /// The group that a signal is of: the first that has it.
    private static func bearer(
        of signal: Signal, _ group: SignalGroupID, _ bearers: inout [Signal: SignalGroupID]
    ) -> SignalGroupID {
        if let bearer = bearers[signal] { return bearer }
        bearers[signal] = group
        return group
    }

    private mutating func addShared(_ index: Int, with group: SignalGroupID, at place: FieldPath) {
        add(
            place, .existing("signal number of no other group"),
            found: "\(index), as of group \(Problem.quoted(group.text))")
    }
}
