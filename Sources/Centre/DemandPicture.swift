import FlowEstimation
import SignalModel

/// The demand of now, with what it rests on.
public struct DemandPicture: Sendable {
    /// Flows of the period that was looked at.
    public var flows: Flows
    /// Why detectors were left out.
    public var faults: [DetectorHealth]
    /// Detectors that said nothing of late.
    public var silent: [DetectorID]
    /// What the demand of each junction rests on, in the network's order.
    public var basis: [DemandBasis]
}

/// Makes a picture of demand from the counts of a window and the history of days before.
public struct DemandObserver: Sendable {
    /// How long a detector may say nothing before it counts as silent, s.
    public static let longestSilence = 120.0

    private let network: Network
    /// The junction of each detector.
    public let junctionOfDetector: [DetectorID: JunctionID]
    /// By junction, positions of its detectors in the network.
    private let detectorsOfJunction: [[Int]]
    /// By junction, its movements of vehicles.
    private let movementsOfJunction: [[MovementID]]
    /// By movement, the stop-line detectors of its lanes.
    private let detectorsOfMovement: [MovementID: [DetectorID]]

    /// An observer of a network.
    public init(_ network: Network) {
        self.network = network
        let index = NetworkIndex(network)
        let numbers = Dictionary(uniqueKeysWithValues: network.junctions.enumerated().map { ($1.id, $0) })
        junctionOfDetector = network.junctionOfDetector
        var detectors = network.junctions.map { _ in [Int]() }
        var stopLines: [LaneID: [DetectorID]] = [:]
        for (number, detector) in network.detectors.enumerated() {
            if let junction = junctionOfDetector[detector.id].flatMap({ numbers[$0] }) {
                detectors[junction].append(number)
            }
            if detector.purpose == .stopLine { stopLines[detector.lane, default: []].append(detector.id) }
        }
        var movements = network.junctions.map { _ in [MovementID]() }
        var ofMovement: [MovementID: [DetectorID]] = [:]
        for movement in network.movements {
            guard let junction = index.junctionOfNode[movement.node] else { continue }
            movements[junction].append(movement.id)
            ofMovement[movement.id] = Set(movement.connections.map(\.from)).sorted().flatMap { stopLines[$0] ?? [] }
        }
        detectorsOfJunction = detectors
        movementsOfJunction = movements
        detectorsOfMovement = ofMovement
    }

    /// The demand from one time to another, both s of network time.
    ///
    /// - Parameter localOffset: What local time is ahead of network time, s; the history goes by local time.
    /// - Returns: Nil where neither counts nor history tell anything.
    public func picture(
        from start: Double, to end: Double, window: CountWindow, history: DemandHistory, localOffset: Double
    ) -> DemandPicture? {
        let silent = network.detectors.map(\.id).filter {
            (window.lastHeard($0) ?? -.infinity) < end - Self.longestSilence
        }
        var settings = FlowEstimationSettings()
        (settings.start, settings.end) = (start, end)
        settings.intervalLength = min(300, end - start)
        let counts = window.counts(from: start, to: end)
        guard
            let estimate = try? FlowEstimator.estimate(network: network, counts: counts, settings: settings)
        else { return nil }
        let unsound = Set(silent).union(estimate.faults.map(\.detector))
        let local = (start + end) / 2 + localOffset
        let basis = network.junctions.indices.map { junction in
            let detectors = detectorsOfJunction[junction]
            return DemandBasis.of(
                sound: detectors.count { !unsound.contains(network.detectors[$0].id) }, all: detectors.count,
                hasHistory: movementsOfJunction[junction].contains { history.expected(of: $0, at: local) != nil })
        }
        var flows = estimate.flows
        for number in flows.movements.indices {
            let detectors = detectorsOfMovement[flows.movements[number].movement] ?? []
            guard detectors.contains(where: unsound.contains) else { continue }
            blend(&flows.movements[number], with: history, at: local)
        }
        return DemandPicture(flows: flows, faults: estimate.faults, silent: silent, basis: basis)
    }

    /// What is known of now and of days before, each by the inverse of its variance.
    private func blend(_ flow: inout MovementFlow, with history: DemandHistory, at local: Double) {
        guard let expected = history.expected(of: flow.movement, at: local) else { return }
        let prior = 1 / (expected.standardError * expected.standardError)
        for interval in flow.flowPerHour.indices {
            // A detector that is not sound has counted nothing, whatever the estimate takes for its error.
            let spread = max(flow.standardErrorPerHour[interval], expected.standardError)
            let own = 1 / (spread * spread)
            flow.flowPerHour[interval] = (flow.flowPerHour[interval] * own + expected.perHour * prior) / (own + prior)
            flow.standardErrorPerHour[interval] = (1 / (own + prior)).squareRoot()
        }
    }

    /// Has a history learn the movements that were measured.
    public func teach(_ history: inout DemandHistory, _ picture: DemandPicture, localOffset: Double) {
        let unsound = Set(picture.silent).union(picture.faults.map(\.detector))
        let local = picture.flows.start + picture.flows.duration / 2 + localOffset
        for flow in picture.flows.movements {
            let detectors = detectorsOfMovement[flow.movement] ?? []
            guard !detectors.isEmpty, !detectors.contains(where: unsound.contains), !flow.flowPerHour.isEmpty else {
                continue
            }
            history.learn(
                flow.flowPerHour.reduce(0, +) / Double(flow.flowPerHour.count), of: flow.movement, at: local)
        }
    }
}
