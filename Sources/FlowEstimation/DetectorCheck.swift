import SignalModel

/// Finds detectors that contradict themselves or the others around them.
struct DetectorCheck {
    private let table: CountTable
    private let network: Network
    private let byLane: [LaneID: [DetectorPurpose: DetectorID]]
    /// Lanes that feed no other lane than this one.
    private let exclusiveFeeders: [LaneID: [LaneID]]
    /// Lanes that vehicles enter only by changing to them: nothing is expected at their entries.
    private let sideLanes: Set<LaneID>

    init(table: CountTable, network: Network) {
        self.table = table
        self.network = network
        var byLane: [LaneID: [DetectorPurpose: DetectorID]] = [:]
        for detector in network.detectors { byLane[detector.lane, default: [:]][detector.purpose] = detector.id }
        self.byLane = byLane
        var targets: [LaneID: Set<LaneID>] = [:]
        for connection in network.movements.flatMap(\.connections) {
            targets[connection.from, default: []].insert(connection.to)
        }
        var feeders: [LaneID: [LaneID]] = [:]
        for (lane, reached) in targets.sorted(by: { $0.key < $1.key }) where reached.count == 1 {
            for only in reached { feeders[only, default: []].append(lane) }
        }
        exclusiveFeeders = feeders
        let entered = targets.values.reduce(into: Set<LaneID>()) { $0.formUnion($1) }
        let fedLinks = Set(network.movements.map(\.to))
        sideLanes = Set(network.links.filter { fedLinks.contains($0.id) }.flatMap(\.lanes).map(\.id))
            .subtracting(entered)
    }

    /// All faults: first those that a detector shows by itself, so that it is no witness against others.
    func faults() -> [DetectorHealth] {
        let alone = network.detectors.filter(\.purpose.isCounting).compactMap { faultAlone($0.id) }
        var suspects = Set(alone.map(\.detector))
        let dead = network.links.flatMap { deadDetectors(of: $0, apartFrom: suspects) }
        suspects.formUnion(dead.map(\.detector))
        let doubled = network.links.flatMap { doubledDetectors(of: $0, apartFrom: suspects) }
        let byDetector = Dictionary(
            (alone + dead + doubled).map { ($0.detector, $0) }, uniquingKeysWith: { first, _ in first })
        return network.detectors.compactMap { byDetector[$0.id] }
    }

    private func faultAlone(_ detector: DetectorID) -> DetectorHealth? {
        let counted = table.counted(detector)
        guard table.missing(detector) <= 0.5 else {
            return DetectorHealth(detector: detector, fault: .missing, counted: counted, expected: nil)
        }
        let isCovered = counted == 0 && table.occupancy[detector] ?? 0 > 0.95
        let readings = (table.fine[detector] ?? table.counts[detector] ?? []).compactMap { $0 }
        guard isCovered || isRepeated(readings) else { return nil }
        return DetectorHealth(detector: detector, fault: .stuck, counted: counted, expected: nil)
    }

    /// Whether a count comes again more often than it does by chance on one detector in 100,000.
    private func isRepeated(_ readings: [Double]) -> Bool {
        guard let first = readings.first, first >= 1, readings.allSatisfy({ $0 == first }) else { return false }
        // The likeliest of Poisson counts of mean m has a probability of about 1/√(2πm).
        let likeliest = 1 / (2 * Double.pi * first).squareRoot()
        return readings.dropFirst().reduce(1) { chance, _ in chance * likeliest } < 1e-5
    }

    /// Counts of a link's lanes by interval.
    private struct LinkCounts {
        var byDetector: [(id: DetectorID, values: [Double])]
        /// Vehicles by lane.
        var byLane: [LaneID: Double] = [:]
        var values: [Double]
        var sum: Double { values.reduce(0, +) }
    }

    /// Counts of a link at one of its ends; nil unless every lane for vehicles has a detector that is above suspicion.
    private func counts(of link: Link, _ purpose: DetectorPurpose, apartFrom suspects: Set<DetectorID>) -> LinkCounts? {
        let lanes = link.vehicleLanes
        var result = LinkCounts(byDetector: [], values: Array(repeating: 0, count: table.intervalCount))
        for lane in lanes {
            guard let detector = byLane[lane.id]?[purpose], !suspects.contains(detector),
                let values = table.filled(detector)
            else { return nil }
            result.byDetector.append((detector, values))
            result.byLane[lane.id] = values.reduce(0, +)
            result.values = zip(result.values, values).map(+)
        }
        return lanes.isEmpty ? nil : result
    }

    private func deadDetectors(of link: Link, apartFrom suspects: Set<DetectorID>) -> [DetectorHealth] {
        let entry = counts(of: link, .entry, apartFrom: suspects)
        let stop = counts(of: link, .stopLine, apartFrom: suspects)
        var found: [DetectorHealth] = []
        for lane in link.lanes {
            for purpose in [DetectorPurpose.entry, .stopLine] where purpose == .stopLine || !sideLanes.contains(lane.id)
            {
                guard let detector = byLane[lane.id]?[purpose], !suspects.contains(detector),
                    let values = table.filled(detector), values.allSatisfy({ $0 == 0 })
                else { continue }
                let (own, other) = purpose == .entry ? (entry, stop) : (stop, entry)
                var expected: Double?
                var slack = 0.0
                if let own, let other {
                    let lacking = max(0, other.sum - own.sum)
                    // A queue that grows, or journeys that begin and end on the link, also leave a difference; less of
                    // it is needed where the lane's own vehicles were seen at its other end.
                    slack = (other.byLane[lane.id] ?? 0 > lacking / 2 ? 0.1 : 0.3) * own.sum
                    expected = lacking
                } else if purpose == .entry {
                    expected = fed(lane.id, apartFrom: suspects)
                }
                guard let expected, expected > 20 + 4 * expected.squareRoot() + slack else { continue }
                found.append(DetectorHealth(detector: detector, fault: .dead, counted: 0, expected: expected))
            }
        }
        return found
    }

    /// Vehicles that stop lines sent to a lane and to no other; nil where none is counted.
    private func fed(_ lane: LaneID, apartFrom suspects: Set<DetectorID>) -> Double? {
        let feeders = (exclusiveFeeders[lane] ?? []).compactMap { byLane[$0]?[.stopLine] }
        let counts = feeders.filter { !suspects.contains($0) }.compactMap { table.filled($0)?.reduce(0, +) }
        return counts.isEmpty ? nil : counts.reduce(0, +)
    }

    private func doubledDetectors(of link: Link, apartFrom suspects: Set<DetectorID>) -> [DetectorHealth] {
        guard let entry = counts(of: link, .entry, apartFrom: suspects),
            let stop = counts(of: link, .stopLine, apartFrom: suspects)
        else { return [] }
        let (own, other) = entry.sum > stop.sum ? (entry, stop) : (stop, entry)
        let excess = own.sum - other.sum
        guard excess > 0.2 * other.sum, excess > 4 * other.sum.squareRoot() else { return [] }
        guard !mayMissVehicles(other, isEntry: entry.sum < stop.sum, own) else { return [] }
        let candidates = own.byDetector.filter { detector in
            let counted = detector.values.reduce(0, +)
            return counted > 40 && abs(excess - counted / 2) < 2 * counted.squareRoot() + 0.05 * counted
        }
        // Another lane may happen to carry twice as much; the excess follows the doubled one, interval by interval.
        let ranked = candidates.map { detector in
            let misfit = detector.values.indices.reduce(0.0) { sum, interval in
                let rest = own.values[interval] - other.values[interval] - detector.values[interval] / 2
                return sum + rest * rest
            }
            return (detector: detector, misfit: misfit)
        }.sorted { $0.misfit < $1.misfit }
        guard let culprit = ranked.first?.detector, isDoubledThroughout(culprit.values, own.values, other.values),
            ranked.count == 1 || ranked[1].misfit > 2 * ranked[0].misfit
        else { return [] }
        let counted = culprit.values.reduce(0, +)
        return [DetectorHealth(detector: culprit.id, fault: .doubled, counted: counted, expected: counted / 2)]
    }

    /// Whether a lane without counts leaves open that its detector is dead, even where too little says so.
    private func mayMissVehicles(_ side: LinkCounts, isEntry: Bool, _ otherSide: LinkCounts) -> Bool {
        side.byLane.contains { lane, count in
            guard count == 0 else { return false }
            let isSide = sideLanes.contains(lane)
            return isSide ? !isEntry : otherSide.byLane[lane] ?? 0 > 20
        }
    }

    /// A queue that grows also makes counts differ, but not by half of one detector's in almost every interval.
    private func isDoubledThroughout(_ values: [Double], _ own: [Double], _ other: [Double]) -> Bool {
        let agreeing = values.indices.count { interval in
            // Where demand changes, part of the change is still on the link.
            let change = abs(other[interval] - other[max(0, interval - 1)])
            return abs(own[interval] - other[interval] - values[interval] / 2)
                < 2 * values[interval].squareRoot() + 1 + change / 4
        }
        return Double(agreeing) >= 0.8 * Double(values.count)
    }
}
