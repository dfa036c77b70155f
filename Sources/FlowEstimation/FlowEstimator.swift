import SignalModel

/// Estimates the demand of every movement from lane counts.
///
/// Node by node, the flows of the lane connections are the non-negative weighted least-squares solution of: stop-line
/// counts of the lanes they leave, entry counts of the links they enter, entry counts of the links they come from, and
/// weak priors on the turns (Cremer and Keller 1987 give the constrained form). Weights are the inverse of the count,
/// its variance under Poisson arrivals; a loop's own count of
/// the period is known better. The whole period is solved first. Then vehicles are followed backwards, from the
/// detectors behind a junction to its stop lines and from those to the entries of the links, so that each movement's
/// demand stands in the interval and lane in which it came, even where a queue does not clear. What a queue keeps out of
/// the network to the end is added (``UnseenDemand``).
public struct FlowEstimator {
    let network: Network
    let index: NetworkIndex
    let table: CountTable
    let detectors: [LaneID: [DetectorPurpose: DetectorID]]
    let intervals: Int
    /// Nodes at which traffic enters and leaves the network.
    let boundary: Set<NodeID>
    /// Queues that stand over the entries of lanes at the edge of the network when the period ends.
    private(set) var standingQueues: [LaneID: StandingQueue] = [:]

    /// Estimates the flows of a network from counts.
    ///
    /// - Throws: ``FlowEstimationError`` when the counts allow no estimate at all.
    public static func estimate(
        network: Network, counts: Counts, settings: FlowEstimationSettings = .init()
    ) throws(FlowEstimationError) -> FlowEstimate {
        let table = try CountTable(network: network, counts: counts, settings: settings)
        guard !table.counts.isEmpty else { throw .noKnownDetector }
        let faults = DetectorCheck(table: table, network: network).faults()
        let estimator = FlowEstimator(network: network, table: table, faulty: Set(faults.map(\.detector)))
        return FlowEstimate(
            flows: estimator.flows(), faults: faults, unseen: estimator.unseenDemand(),
            unknownDetectors: table.unknownDetectors, rest: table.rest)
    }

    private init(network: Network, table: CountTable, faulty: Set<DetectorID>) {
        self.network = network
        index = NetworkIndex(network)
        self.table = table
        intervals = table.intervalCount
        boundary = Set(network.nodes.filter { $0.control == .boundary }.map(\.id))
        var detectors: [LaneID: [DetectorPurpose: DetectorID]] = [:]
        for detector in network.detectors where !faulty.contains(detector.id) {
            detectors[detector.lane, default: [:]][detector.purpose] = detector.id
        }
        // On a lane too short for two detectors the one at its entry is as good as one at the stop line.
        for link in network.links {
            for lane in link.lanes where lane.length < 30 && detectors[lane.id]?[.stopLine] == nil {
                let entry = detectors[lane.id]?[.entry]
                detectors[lane.id]?[.stopLine] = entry
            }
        }
        self.detectors = detectors
        standingQueues = findStandingQueues()
    }

    /// Counts of a lane; nil where no sound detector is.
    func laneProfile(_ lane: LaneID, _ purpose: DetectorPurpose) -> CountProfile? {
        detectors[lane]?[purpose].flatMap { detector in
            table.filled(detector).map { CountProfile(counts: $0, gapVariance: table.gapVariance(detector)) }
        }
    }

    /// Counts of a link; nil unless every lane for vehicles is counted at its entry, or else at its stop line.
    private func entryProfile(_ link: Int) -> CountProfile? {
        let lanes = network.links[link].vehicleLanes
        for purpose in [DetectorPurpose.entry, .stopLine] {
            let profiles = lanes.compactMap { laneProfile($0.id, purpose) }
            guard let first = profiles.first, profiles.count == lanes.count else { continue }
            return profiles.dropFirst().reduce(first, +)
        }
        return nil
    }

    private func flows() -> Flows {
        let entries = network.links.indices.map(entryProfile)
        var movementTotals = network.movements.map { Array(repeating: 0.0, count: $0.connections.count) }
        var variances = network.movements.map { _ in 0.0 }
        var departures = network.movements.map { $0.connections.map { _ in [Double]() } }
        var sourceTotals = Array(repeating: 0.0, count: network.links.count)
        for node in movementsByNode() {
            solve(
                node, entries: entries, into: &movementTotals, variances: &variances, departures: &departures,
                sources: &sourceTotals)
        }
        for link in network.links.indices where index.movementsTo[link].isEmpty {
            sourceTotals[link] =
                entries[link]?.total
                ?? index.movementsFrom[link].reduce(0) {
                    $0 + movementTotals[$1].reduce(0, +)
                }
        }
        for link in network.links.indices { sourceTotals[link] += beginningBehindEntry(of: link) }
        return profile(
            entries: entries, totals: movementTotals, variances: variances, departures: departures,
            sources: sourceTotals)
    }

    /// Vehicles that begin their journey on a link behind the detectors at its entry: those that leave it and have not
    /// entered, where all lanes are counted at both ends and these are more than may be miscounted.
    func beginningBehindEntry(of link: Int) -> Double {
        let lanes = network.links[link].vehicleLanes
        let entering = lanes.compactMap { laneProfile($0.id, .entry)?.total }
        let leaving = lanes.compactMap { laneProfile($0.id, .stopLine)?.total }
        guard entering.count == lanes.count, leaving.count == lanes.count else { return 0 }
        let more = leaving.reduce(0, +) - entering.reduce(0, +)
        return more > Self.leastUnexpected(entering.reduce(0, +)) ? more : 0
    }

    /// Vehicles that may begin or end their journey on a link between junctions, or be miscounted.
    static func leastUnexpected(_ vehicles: Double) -> Double { 3 + 0.02 * vehicles }

    private func movementsByNode() -> [[Int]] {
        var order: [NodeID] = []
        var members: [NodeID: [Int]] = [:]
        for (number, movement) in network.movements.enumerated() {
            if members[movement.node] == nil { order.append(movement.node) }
            members[movement.node, default: []].append(number)
        }
        return order.map { members[$0]! }
    }
}
