import SignalModel
import TraCI

/// What the induction loops of a street measure, second by second.
struct LoopSensor: Sendable {
    typealias Loop = TraciID<Traci.InductionLoop>

    /// The loops that are wired to the controller of each junction: those that count, and those for control of the second.
    let counting, controlling: [JunctionID: [DetectorID]]

    init(_ network: Network) {
        let junctions = network.junctionOfDetector
        func loops(where isWanted: (DetectorPurpose) -> Bool) -> [JunctionID: [DetectorID]] {
            Dictionary(
                grouping: network.detectors.filter { isWanted($0.purpose) && junctions[$0.id] != nil }.map(\.id)
            ) { junctions[$0]! }
        }
        counting = loops { $0 != .control }
        controlling = loops { $0 == .control }
    }

    /// Has SUMO report all loops with every step.
    func start(_ sumo: TraciConnection) async throws {
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

    /// What a junction's loops for control say of the second that ends at a time, s: vehicles that have come on them.
    func presences(of junction: JunctionID, after step: TraciStep, at time: Double) throws -> [DetectorReading] {
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

/// What loops measured since they last reported.
struct LoopTotals: Sendable {
    private struct Total {
        var count = 0.0
        var occupied = 0.0
        var speeds = 0.0
    }

    private var totals: [DetectorID: Total] = [:]
    private var length = 0.0

    /// Adds the readings of one second.
    mutating func add(_ readings: [DetectorReading]) {
        length += 1
        for reading in readings {
            let count = reading.count ?? 0
            totals[reading.detector, default: Total()].count += count
            totals[reading.detector, default: Total()].occupied += reading.occupancy ?? 0
            totals[reading.detector, default: Total()].speeds += count * (reading.speed ?? 0)
        }
    }

    /// The readings of the time since the last ones, which ends at a time, s; by detector.
    mutating func take(at time: Double) -> [DetectorReading] {
        defer { (totals, length) = ([:], 0) }
        return totals.sorted { $0.key < $1.key }.map { detector, total in
            DetectorReading(
                detector: detector, start: time - length, length: length, count: total.count,
                occupancy: total.occupied / length, speed: total.count > 0 ? total.speeds / total.count : nil)
        }
    }
}
