extension Network {
    /// The detectors inside each junction, with the signal group of the movement whose way each of them sees.
    public var detectorsInside: [JunctionID: [DetectorID: SignalGroupID]] {
        let index = NetworkIndex(self)
        let byName = Dictionary(movements.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var result: [JunctionID: [DetectorID: SignalGroupID]] = [:]
        for detector in detectors where detector.purpose == .inside {
            guard let movement = detector.movement.flatMap({ byName[$0] }), let group = movement.signalGroup,
                let junction = index.junctionOfNode[movement.node]
            else { continue }
            result[junctions[junction].id, default: [:]][detector.id] = group
        }
        return result
    }
}
