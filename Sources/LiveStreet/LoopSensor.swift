import SignalModel
import TraCI

/// What the induction loops of a street measure, second by second.
struct LoopSensor: Sendable {
    typealias Loop = TraciID<Traci.InductionLoop>

    /// The loops of each junction: those on the lanes that lead to it.
    let loops: [JunctionID: [DetectorID]]

    init(_ network: Network) {
        let index = NetworkIndex(network)
        var junctionOfLane: [LaneID: JunctionID] = [:]
        for link in network.links {
            guard let junction = index.junctionOfNode[link.to] else { continue }
            for lane in link.lanes { junctionOfLane[lane.id] = network.junctions[junction].id }
        }
        var loops: [JunctionID: [DetectorID]] = [:]
        for detector in network.detectors {
            guard let junction = junctionOfLane[detector.lane] else { continue }
            loops[junction, default: []].append(detector.id)
        }
        self.loops = loops
    }

    /// Has SUMO report all loops with every step.
    func start(_ sumo: TraciConnection) async throws {
        let all = loops.values.joined().sorted().map { Loop($0.text) }
        try await sumo.subscribe(each: all, to: .passages, .occupancyPercent, .meanSpeed)
    }

    /// The readings of a junction's loops for the second that ends at a time, s.
    func readings(of junction: JunctionID, after step: TraciStep, at time: Double) throws -> [DetectorReading] {
        try (loops[junction] ?? []).compactMap { detector in
            let loop = Loop(detector.text)
            guard let passages = try step.value(.passages, of: loop),
                let occupancy = try step.value(.occupancyPercent, of: loop),
                let speed = try step.value(.meanSpeed, of: loop)
            else { return nil }
            let left = passages.count { $0.exit.map { $0 > time - 1 && $0 <= time } ?? false }
            return DetectorReading(
                detector: detector, start: time - 1, length: 1, count: Double(left),
                occupancy: min(max(occupancy / 100, 0), 1), speed: speed < 0 ? nil : speed)
        }
    }
}
