import SignalModel

/// Where lane-area detectors lie so that the law sees what comes: on every lane that leads to a signal, back from the stop
/// line, over unsignalised nodes too.
public struct AreaDetectorPlan: Sendable {
    /// A detector as one approach lane sees it.
    public struct Sight: Equatable, Sendable {
        /// Number of the detector.
        public var detector: Int
        /// From the stop line of the approach lane to the downstream end of the detector, m.
        public var distance: Double
        /// Share of the vehicles on it that will come to the approach lane, for all that is known beforehand.
        public var share: Double
    }

    /// All detectors, each once.
    public private(set) var detectors: [AreaDetector] = []
    /// By junction, then by number of the approach lane: the detector at the stop line first, then those before it.
    public private(set) var sights: [[[Sight]]] = []
    /// By junction, then by number of the exit: the detector on it.
    public private(set) var exits: [[Int?]] = []

    private var numbers: [LaneID: Int] = [:]

    /// Places detectors for the junctions of a network.
    ///
    /// - Parameter reach: How far before the stop line they see, m.
    public init(_ layouts: [JunctionLayout], in network: Network, reach: Double) {
        let lanes = Dictionary(
            network.links.flatMap(\.lanes).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var into: [LaneID: [(connection: LaneConnection, isSignalled: Bool)]] = [:]
        var outCounts: [LaneID: Int] = [:]
        for movement in network.movements {
            for connection in movement.connections {
                into[connection.to, default: []].append((connection, movement.signalGroup != nil))
                outCounts[connection.from, default: 0] += 1
            }
        }
        for layout in layouts {
            var ofLanes: [[Sight]] = []
            for approach in layout.lanes {
                var found: [Sight] = []
                var next: [(lane: LaneID, distance: Double, share: Double)] = [(approach.id, 0, 1)]
                var seen: Set<LaneID> = []
                while let (id, distance, share) = next.popLast() {
                    guard let lane = lanes[id], distance < reach, seen.insert(id).inserted else { continue }
                    let length = min(lane.length, reach - distance)
                    let number = place(on: lane, length: length)
                    found.append(Sight(detector: number, distance: distance, share: share))
                    guard length >= lane.length - 0.5 else { continue }
                    for (connection, isSignalled) in into[id] ?? [] where !isSignalled {
                        let parts = Double(max(1, outCounts[connection.from] ?? 1))
                        next.append((connection.from, distance + lane.length + connection.length, share / parts))
                    }
                }
                ofLanes.append(found)
            }
            sights.append(ofLanes)
        }
        exits = layouts.map { layout in layout.exits.map { numbers[$0.id] } }
    }

    /// The detector on a lane, made as long as anybody needs it.
    private mutating func place(on lane: Lane, length: Double) -> Int {
        if let known = numbers[lane.id] {
            if detectors[known].length < length {
                detectors[known].length = length
                detectors[known].start = max(0, lane.length - length)
            }
            return known
        }
        numbers[lane.id] = detectors.count
        detectors.append(
            AreaDetector(
                id: DetectorID("\(lane.id)/area"), lane: lane.id, start: max(0, lane.length - length), length: length))
        return detectors.count - 1
    }
}
