import SignalModel
import TraCI

/// What the detectors of a street measure, second by second: induction loops, and areas inside junctions.
struct StreetDetectors: Sendable {
    typealias Loop = TraciID<Traci.InductionLoop>

    /// An area on the way of a movement over a junction.
    private struct Area: Sendable {
        var id: DetectorID
        var lanes: [TraciID<Traci.Lane>]
    }

    /// The loops that are wired to the controller of each junction: those that count, and those for control of the second.
    let counting, controlling: [JunctionID: [DetectorID]]
    /// The areas inside each junction.
    private var areas: [JunctionID: [Area]] = [:]

    /// Finds the detectors in a running simulation, and has SUMO report them with every step.
    init(_ network: Network, in sumo: TraciConnection) async throws {
        let junctions = network.junctionOfDetector
        func detectors(where isWanted: (DetectorPurpose) -> Bool) -> [JunctionID: [Detector]] {
            Dictionary(grouping: network.detectors.filter { isWanted($0.purpose) && junctions[$0.id] != nil }) {
                junctions[$0.id]!
            }
        }
        counting = detectors(where: \.isCounting).mapValues { $0.map(\.id) }
        controlling = detectors { $0 == .control }.mapValues { $0.map(\.id) }
        let movements = Dictionary(uniqueKeysWithValues: network.movements.map { ($0.id, $0) })
        for (junction, inside) in detectors(where: { $0 == .inside }) {
            let links = try await sumo.get(.links, of: TraciID<Traci.TrafficLight>(junction.text))
            for detector in inside {
                let signals = detector.movement.flatMap { movements[$0] }?.connections.compactMap(\.signalIndex) ?? []
                var lanes: [TraciID<Traci.Lane>] = []
                for signal in Set(signals).sorted() where links.indices.contains(signal) {
                    for link in links[signal] where link.incoming.text == detector.lane.text {
                        lanes += try await sumo.lanesInside(link)
                    }
                }
                areas[junction, default: []].append(Area(id: detector.id, lanes: lanes))
            }
        }
        let lanes = Set(areas.values.joined().flatMap(\.lanes)).sorted()
        try await sumo.subscribe(each: lanes, to: .vehicleCount, .meanSpeed)
        let all = (Array(counting.values.joined()) + controlling.values.joined()).sorted().map { Loop($0.text) }
        try await sumo.subscribe(each: all, to: .passages, .occupancyPercent, .meanSpeed)
    }

    /// The readings of a junction's loops that count for the second that ends at a time, s: vehicles that have left them.
    func counts(of junction: JunctionID, after step: TraciStep, at time: Double) throws -> [DetectorReading] {
        try (counting[junction] ?? []).compactMap { detector in
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

    /// What a junction's detectors for control say of the second that ends at a time, s.
    func presences(of junction: JunctionID, after step: TraciStep, at time: Double) throws -> [DetectorReading] {
        try passages(of: junction, after: step, at: time) + standing(in: junction, after: step, at: time)
    }

    /// Vehicles that are inside a junction at a time, s, on each way over it, with the mean speed where they are slowest.
    private func standing(in junction: JunctionID, after step: TraciStep, at time: Double) throws -> [DetectorReading] {
        try (areas[junction] ?? []).map { area in
            var vehicles = 0
            var slowest: Double?
            for lane in area.lanes {
                guard let count = try step.value(.vehicleCount, of: lane), count > 0,
                    let speed = try step.value(.meanSpeed, of: lane)
                else { continue }
                vehicles += count
                slowest = min(slowest ?? speed, speed)
            }
            return DetectorReading(
                detector: area.id, start: time - 1, length: 1, count: Double(vehicles),
                speed: slowest.map { max(0, $0) }, isPresent: vehicles > 0)
        }
    }

    /// Vehicles that have come on a junction's loops for control.
    private func passages(of junction: JunctionID, after step: TraciStep, at time: Double) throws -> [DetectorReading] {
        try (controlling[junction] ?? []).compactMap { detector in
            let loop = Loop(detector.text)
            guard let passages = try step.value(.passages, of: loop),
                let occupancy = try step.value(.occupancyPercent, of: loop)
            else { return nil }
            return DetectorReading(
                detector: detector, start: time - 1, length: 1,
                count: Double(passages.count { $0.entry > time - 1 && $0.entry <= time }),
                occupancy: min(max(occupancy / 100, 0), 1), isPresent: passages.contains { $0.exit == nil })
        }
    }
}
