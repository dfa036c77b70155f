import SignalModel

/// Where induction loops lie: at each stop line, some way before it in the same lane, and where that lane is short, in the
/// lanes that lead to it over unsignalised nodes.
public struct LoopDetectorPlan: Sendable {
    /// A loop before an approach lane.
    public struct Sight: Equatable, Sendable {
        /// Number of the loop.
        public var loop: Int
        /// From the stop line to the loop, m.
        public var distance: Double
        /// Share of the vehicles over it that will come to the approach lane, for all that is known beforehand.
        public var share: Double
    }

    /// The loops of one approach lane.
    public struct Lane: Equatable, Sendable {
        /// Number of the loop at the stop line.
        public var stopLine: Int
        /// The loop before it in the same lane.
        public var advance: Sight
        /// Loops farther up.
        public var upstream: [Sight]
    }

    /// All loops, each once.
    public private(set) var loops: [LoopDetector] = []
    /// By junction and number of the approach lane.
    public private(set) var lanes: [[Lane]] = []
    /// By junction and number of the exit: the loop at its start, where there is one.
    public private(set) var exits: [[Int?]] = []

    /// From the stop line to the loop there, m: whoever stands first in a queue is on it.
    static let stopLineDistance = 3.0
    /// How far from the start of a lane a loop tells that the lane is full, m.
    static let entryStretch = 40.0

    private var numbers: [String: Int] = [:]

    /// Places loops for the junctions of a network.
    ///
    /// - Parameter reach: How far before the stop line they lie, m.
    public init(_ layouts: [JunctionLayout], in network: Network, reach: Double) {
        let known = Dictionary(
            network.links.flatMap(\.lanes).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var into: [LaneID: [LaneConnection]] = [:]
        var outCounts: [LaneID: Int] = [:]
        for movement in network.movements {
            for connection in movement.connections {
                if movement.signalGroup == nil { into[connection.to, default: []].append(connection) }
                outCounts[connection.from, default: 0] += 1
            }
        }
        for layout in layouts {
            lanes.append(
                layout.lanes.map { approach in
                    var upstream: [Sight] = []
                    var next: [(lane: LaneID, distance: Double, share: Double)] = [(approach.id, 0, 1)]
                    var seen: Set<LaneID> = []
                    while let (id, distance, share) = next.popLast() {
                        guard let lane = known[id], distance < reach, seen.insert(id).inserted else { continue }
                        let length = min(lane.length - min(2, lane.length / 2), reach - distance)
                        let sight = Sight(
                            loop: place(in: lane, beforeEnd: length), distance: distance + length, share: share)
                        upstream.append(sight)
                        guard distance + lane.length < reach else { continue }
                        for connection in into[id] ?? [] {
                            let parts = Double(max(1, outCounts[connection.from] ?? 1))
                            next.append((connection.from, distance + lane.length + connection.length, share / parts))
                        }
                    }
                    let own = known[approach.id]!
                    return Lane(
                        stopLine: place(in: own, beforeEnd: min(Self.stopLineDistance, own.length / 2)),
                        advance: upstream[0],
                        upstream: Array(upstream.dropFirst()))
                })
        }
        let first = Dictionary(
            loops.enumerated().filter { $0.element.position <= Self.entryStretch }.map { ($0.element.lane, $0.offset) },
            uniquingKeysWith: { first, second in loops[first].position <= loops[second].position ? first : second })
        exits = layouts.map { layout in layout.exits.map { first[$0.id] } }
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
