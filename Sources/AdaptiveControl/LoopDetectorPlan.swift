import SignalModel

/// Where induction loops lie: at each stop line, shortly before it and far before it in the same lane, and where that lane
/// is short, in the lanes that lead to it over unsignalised nodes.
public struct LoopDetectorPlan: Sendable {
    /// A loop before an approach lane.
    public struct Sight: Equatable, Sendable {
        /// Number of the loop.
        public var loop: Int
        /// From the stop line to the loop, m.
        public var distance: Double
        /// Share of the vehicles over it that will come to the approach lane, for all that is known beforehand.
        public var share: Double
        /// Number, among the loops farther up, of the one that they come to next; nil for the lane itself.
        public var next: Int?
    }

    /// The loops of one approach lane.
    public struct Lane: Equatable, Sendable {
        /// Loops in the lane itself, the one at the stop line first; none where it is too short to stand on.
        public var own: [Sight]
        /// Loops farther up.
        public var upstream: [Sight]
    }

    /// A loop in a lane behind a junction.
    public struct ExitLoop: Equatable, Sendable {
        /// Number of the loop.
        public var loop: Int
        /// Share of the lane that a queue takes up when it reaches the loop; all of it where the loop lies near the start.
        public var fill: Double
    }

    /// All loops, each once.
    public private(set) var loops: [LoopDetector] = []
    /// By junction and number of the approach lane.
    public private(set) var lanes: [[Lane]] = []
    /// By junction and number of the exit: the loops in it, the nearest to its start first.
    public private(set) var exits: [[[ExitLoop]]] = []

    /// From the stop line to the loop there, m: whoever stands first in a queue is on it.
    static let stopLineDistance = 3.0
    /// From the stop line to the loops between it and the farthest, m.
    static let between = [25.0, 60.0]
    /// From the start of a lane to the loop there, m: clear of those who turn into the lane, and behind those who drive off
    /// from its start.
    static let startDistance = 10.0
    /// Least distance between two loops of a lane, m.
    static let leastDistance = 15.0
    /// How far from the start of a lane a loop tells that the lane is full, m.
    static let entryStretch = 40.0

    private var numbers: [String: Int] = [:]

    /// Places loops for the junctions of a network.
    ///
    /// - Parameter reach: How far before the stop line they lie, m.
    public init(_ layouts: [JunctionLayout], in network: Network, reach: Double) {
        let graph = LaneGraph(network)
        for layout in layouts {
            lanes.append(
                layout.lanes.map { approach in
                    let stretches = graph.stretches(before: approach.id, within: reach)
                    let sights = stretches.map { stretch in
                        let lane = graph.lanes[stretch.lane]!
                        let length = min(
                            lane.length - min(Self.startDistance, lane.length / 2), reach - stretch.distance)
                        return Sight(
                            loop: place(in: lane, beforeEnd: length), distance: stretch.distance + length,
                            share: stretch.share, next: stretch.next.flatMap { $0 == 0 ? nil : $0 - 1 })
                    }
                    return Lane(
                        own: ownLoops(
                            of: graph.lanes[stretches[0].lane]!, stopLineAt: stretches[0].distance, farthest: sights[0]),
                        upstream: Array(sights.dropFirst()))
                })
        }
        exits = Self.exits(of: layouts, among: loops)
    }

    /// States a plan whose loops lie already.
    init(loops: [LoopDetector], lanes: [[Lane]], exits: [[[ExitLoop]]]) {
        self.loops = loops
        self.lanes = lanes
        self.exits = exits
    }

    /// The loops in each exit.
    static func exits(of layouts: [JunctionLayout], among loops: [LoopDetector]) -> [[[ExitLoop]]] {
        let onLane = Dictionary(grouping: loops.indices) { loops[$0].lane }
        return layouts.map { layout in
            layout.exits.map { exit in
                (onLane[exit.id] ?? []).sorted { (loops[$0].position, $0) < (loops[$1].position, $1) }.map { loop in
                    let position = loops[loop].position
                    return ExitLoop(
                        loop: loop, fill: position <= entryStretch ? 1 : max(0, 1 - position / exit.length))
                }
            }
        }
    }

    /// The loops of an approach lane, which ends some way before the stop line where the detectors of a short lane lie in
    /// the one before it.
    private mutating func ownLoops(of lane: SignalModel.Lane, stopLineAt end: Double, farthest: Sight) -> [Sight] {
        guard lane.length >= LaneGraph.leastLength else { return [] }
        let last = min(Self.stopLineDistance, lane.length / 2)
        var result = [Sight(loop: place(in: lane, beforeEnd: last), distance: end + last, share: 1)]
        for distance in Self.between
        where distance >= end + last + Self.leastDistance && distance <= farthest.distance - Self.leastDistance {
            result.append(Sight(loop: place(in: lane, beforeEnd: distance - end), distance: distance, share: 1))
        }
        if farthest.distance >= end + last + Self.leastDistance { result.append(farthest) }
        return result
    }

    private mutating func place(in lane: SignalModel.Lane, beforeEnd distance: Double) -> Int {
        let position = (max(0, lane.length - distance) * 100).rounded(.down) / 100
        let name = "\(lane.id)/loop/\(position)"
        if let known = numbers[name] { return known }
        numbers[name] = loops.count
        loops.append(LoopDetector(id: DetectorID(name), lane: lane.id, position: position))
        return loops.count - 1
    }
}
