import SignalModel

extension JunctionLayout {
    /// A detector on each way over the junction, for those who stand there when their green is over.
    public var detectorsInside: [Detector] {
        streams.map { stream in
            let lane = lanes[stream.lane]
            return Detector(
                id: DetectorID("\(lane.id)/inside/\(stream.movement)"), lane: lane.id, position: lane.length,
                purpose: .inside, movement: stream.movement)
        }
    }
}
