import SignalModel

extension Network {
    /// The network with a state string for every junction that has none.
    ///
    /// Signals are numbered in the order of the movements and their connections, then of the crossings; junctions that
    /// have numbers keep them.
    public func withSignalNumbers() -> Network {
        var result = self
        let index = NetworkIndex(self)
        for (number, junction) in junctions.enumerated() where junction.signalCount == 0 {
            var next = 0
            for (position, movement) in movements.enumerated()
            where movement.signalGroup != nil && index.junctionOfNode[movement.node] == number {
                for connection in movement.connections.indices {
                    result.movements[position].connections[connection].signalIndex = next
                    next += 1
                }
            }
            for (position, group) in junction.signalGroups.enumerated() where group.crossing != nil {
                result.junctions[number].signalGroups[position].crossing?.signalIndices = [next]
                next += 1
            }
            result.junctions[number].signalCount = next
        }
        return result
    }
}
