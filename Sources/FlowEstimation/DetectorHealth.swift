import SignalModel

/// A detector whose counts cannot be trusted, and why.
public struct DetectorHealth: Codable, Equatable, Sendable {
    /// What is wrong with a detector.
    public enum Fault: String, Codable, Sendable {
        /// Counts nothing while its surroundings carry traffic.
        case dead
        /// Counts the same, or is covered, all the time.
        case stuck
        /// Counts about twice what passes.
        case doubled
        /// Has no reading in most intervals.
        case missing
    }

    /// Detector.
    public var detector: DetectorID
    /// What is wrong with it.
    public var fault: Fault
    /// What it counted in the analysis period, vehicles.
    public var counted: Double
    /// What its surroundings say should have been counted, vehicles; absent where they say nothing.
    public var expected: Double?
}

/// Finds detectors that contradict the others on their link.
struct DetectorCheck {
    let table: CountTable
    let network: Network

    func faults(_ counts: Counts) -> [DetectorHealth] {
        var occupancy: [DetectorID: (covered: Double, readings: Double)] = [:]
        for reading in counts.readings {
            guard let share = reading.occupancy, share.isFinite else { continue }
            occupancy[reading.detector, default: (0, 0)].covered += share
            occupancy[reading.detector]!.readings += 1
        }
        var byLane: [LaneID: [Detector]] = [:]
        for detector in network.detectors { byLane[detector.lane, default: []].append(detector) }
        var found: [DetectorHealth] = []
        for link in network.links {
            let entry = total(link, .entry, byLane)
            let stop = total(link, .stopLine, byLane)
            for lane in link.lanes {
                for detector in byLane[lane.id] ?? [] {
                    guard let health = judge(detector, entry: entry, stop: stop, occupancy[detector.id]) else {
                        continue
                    }
                    found.append(health)
                }
            }
        }
        return found
    }

    private func total(_ link: Link, _ purpose: DetectorPurpose, _ byLane: [LaneID: [Detector]]) -> LinkCounts? {
        let detectors = link.lanes.flatMap { byLane[$0.id] ?? [] }.filter { $0.purpose == purpose }
        guard !detectors.isEmpty else { return nil }
        var values = Array(repeating: 0.0, count: table.intervalCount)
        for detector in detectors {
            if let counts = table.filled(detector.id) { values = zip(values, counts).map(+) }
        }
        return LinkCounts(values: values)
    }

    /// Counts of a link by interval.
    private struct LinkCounts {
        var values: [Double]
        var sum: Double { values.reduce(0, +) }
    }

    /// A queue that grows also makes counts differ, but not by half of one detector's in almost every interval.
    private func isDoubledThroughout(_ values: [Double], _ own: [Double], _ other: [Double]) -> Bool {
        let agreeing = values.indices.count { interval in
            abs(own[interval] - other[interval] - values[interval] / 2) < 2 * values[interval].squareRoot() + 1
        }
        return Double(agreeing) >= 0.8 * Double(values.count)
    }

    private func judge(
        _ detector: Detector, entry: LinkCounts?, stop: LinkCounts?, _ occupancy: (covered: Double, readings: Double)?
    ) -> DetectorHealth? {
        guard let values = table.filled(detector.id) else {
            return DetectorHealth(detector: detector.id, fault: .missing, counted: 0, expected: nil)
        }
        let counted = values.reduce(0, +)
        if table.missing(detector.id) > 0.5 {
            return DetectorHealth(detector: detector.id, fault: .missing, counted: counted, expected: nil)
        }
        let (own, other) = detector.purpose == .entry ? (entry, stop) : (stop, entry)
        let expected = own.flatMap { own in other.map { max(0, $0.sum - (own.sum - counted)) } }
        let covered = occupancy.map { $0.covered / max(1, $0.readings) } ?? 0
        if counted == 0, covered > 0.95 {
            return DetectorHealth(detector: detector.id, fault: .stuck, counted: 0, expected: expected)
        }
        if values.count >= 4, values[0] >= 1, values.allSatisfy({ $0 == values[0] }) {
            return DetectorHealth(detector: detector.id, fault: .stuck, counted: counted, expected: expected)
        }
        guard let expected, let own, let other else { return nil }
        // Random counts differ by a few roots; lane changes between the two places by a share of the link.
        let slack = 4 * max(expected, counted).squareRoot() + 0.3 * min(own.sum, other.sum)
        if counted == 0, expected > 20 + slack {
            return DetectorHealth(detector: detector.id, fault: .dead, counted: 0, expected: expected)
        }
        let excess = own.sum - other.sum
        if counted > 40, abs(excess - counted / 2) < 2 * counted.squareRoot() + 0.05 * counted,
            excess > 0.2 * other.sum, excess > 4 * other.sum.squareRoot(),
            isDoubledThroughout(values, own.values, other.values)
        {
            return DetectorHealth(detector: detector.id, fault: .doubled, counted: counted, expected: counted / 2)
        }
        return nil
    }
}
