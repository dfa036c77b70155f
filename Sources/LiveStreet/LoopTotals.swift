import SignalModel

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
