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
        /// Number, among the detectors farther up, of the one that they come to next; nil for the first.
        public var next: Int?
        /// The movement over which they leave it; nil for the first.
        public var movement: MovementID?
    }

    /// All detectors, each once.
    public private(set) var detectors: [AreaDetector] = []
    /// By junction, then by number of the approach lane: the detector at the stop line first, then those before it.
    public private(set) var sights: [[[Sight]]] = []
    /// By junction, then by number of the exit: the detector on it.
    public private(set) var exits: [[Int?]] = []

    /// Links that nobody comes to but over signals of these junctions, with their lengths, m.
    public private(set) var watchedLinks: [LinkID: Double] = [:]

    private var numbers: [LaneID: Int] = [:]
    private let zoneLength: Double

    /// Greatest length of the zones that a detector tells apart, m.
    public static let usualZoneLength = 20.0

    /// Places detectors for the junctions of a network.
    ///
    /// - Parameters:
    ///   - reach: How far before the stop line they see, m.
    ///   - zoneLength: Greatest length of the zones that they tell apart, m.
    public init(
        _ layouts: [JunctionLayout], in network: Network, reach: Double, zoneLength: Double = Self.usualZoneLength
    ) {
        self.zoneLength = zoneLength
        let graph = LaneGraph(network)
        for layout in layouts {
            var ofLanes: [[Sight]] = []
            for approach in layout.lanes {
                var found: [Sight] = []
                var next: [(stretch: LaneGraph.Stretch, after: Int?)] = [(graph.first(of: approach.id), nil)]
                var seen: Set<LaneID> = []
                while let (stretch, after) = next.popLast() {
                    guard let lane = graph.lanes[stretch.lane], let link = graph.links[stretch.lane],
                        stretch.distance < reach,
                        seen.insert(stretch.lane).inserted
                    else { continue }
                    let length = min(lane.length, reach - stretch.distance)
                    found.append(
                        Sight(
                            detector: place(on: lane, of: link, length: length),
                            distance: stretch.distance,
                            share: stretch.share, next: after, movement: stretch.movement))
                    // The first of all is not farther up.
                    let number = found.count > 1 ? found.count - 2 : nil
                    if length >= lane.length - 0.5 { next += graph.before(stretch).map { ($0, number) } }
                }
                ofLanes.append(found)
            }
            sights.append(ofLanes)
        }
        exits = layouts.map { layout in layout.exits.map { numbers[$0.id] } }
        watchedLinks = Self.watchedLinks(layouts, in: network)
    }

    private static func watchedLinks(_ layouts: [JunctionLayout], in network: Network) -> [LinkID: Double] {
        let signalised = Set(layouts.flatMap { $0.streams.map(\.movement) })
        let reached = Set(network.movements.map(\.to))
        let unwatched = Set(network.movements.filter { !signalised.contains($0.id) }.map(\.to))
        var result: [LinkID: Double] = [:]
        for link in network.links where reached.contains(link.id) && !unwatched.contains(link.id) {
            result[link.id] = link.lanes.map(\.length).max()
        }
        return result
    }

    /// The detector on a lane, made as long as anybody needs it.
    private mutating func place(on lane: Lane, of link: LinkID, length: Double) -> Int {
        if let known = numbers[lane.id] {
            if detectors[known].length < length {
                detectors[known].length = length
                detectors[known].start = max(0, lane.length - length)
                detectors[known].zoneCount = zones(in: length)
            }
            return known
        }
        numbers[lane.id] = detectors.count
        detectors.append(
            AreaDetector(
                id: DetectorID("\(lane.id)/area"), lane: lane.id, link: link,
                start: max(0, lane.length - length), length: length, speed: lane.freeFlowSpeed,
                zoneCount: zones(in: length)))
        return detectors.count - 1
    }

    private func zones(in length: Double) -> Int { max(1, Int((length / zoneLength).rounded(.up))) }
}
