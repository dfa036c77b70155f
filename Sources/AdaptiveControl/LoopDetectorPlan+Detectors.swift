import SignalModel

extension LoopDetectorPlan {
    /// How far before the stop line the farthest loops are best placed, m.
    public static let reach = 150.0

    /// The detectors for control that a network has, wherever they lie.
    ///
    /// Of the lanes that lead to an approach lane each gives the one farthest up.
    public init(detectorsOf network: Network, for layouts: [JunctionLayout]) {
        let graph = LaneGraph(network)
        let loops = network.detectors.filter { $0.purpose == .control }
            .map { LoopDetector(id: $0.id, lane: $0.lane, position: $0.position) }
        let onLane = Dictionary(grouping: loops.indices) { loops[$0].lane }
            .mapValues { $0.sorted { (loops[$0].position, $1) > (loops[$1].position, $0) } }
        func sights(on stretch: LaneGraph.Stretch) -> [Sight] {
            guard let lane = graph.lanes[stretch.lane] else { return [] }
            return (onLane[stretch.lane] ?? []).map { loop in
                Sight(
                    loop: loop, distance: stretch.distance + max(0, lane.length - loops[loop].position),
                    share: stretch.share)
            }
        }
        self.init(
            loops: loops,
            lanes: layouts.map { layout in
                layout.lanes.map { approach in
                    let stretches = graph.stretches(before: approach.id, within: Self.reach)
                    guard let first = stretches.first, let lane = graph.lanes[first.lane] else {
                        return Lane(own: [], upstream: [])
                    }
                    var upstream: [Sight] = []
                    // By stretch: the number of its sight, or of the one that its vehicles come to next.
                    var numbers: [Int?] = [nil]
                    for stretch in stretches.dropFirst() {
                        let next = stretch.next.flatMap { numbers[$0] }
                        guard var sight = Self.farthest(sights(on: stretch)) else {
                            numbers.append(next)
                            continue
                        }
                        sight.next = next
                        numbers.append(upstream.count)
                        upstream.append(sight)
                    }
                    return Lane(
                        own: lane.length >= LaneGraph.leastLength ? Self.apart(sights(on: first)) : [],
                        upstream: upstream)
                }
            }, exits: Self.exits(of: layouts, among: loops))
    }

    /// The loops of one junction alone, numbered anew.
    public func part(of junction: Int) -> LoopDetectorPlan {
        let used = Set(
            lanes[junction].flatMap { $0.own + $0.upstream }.map(\.loop) + exits[junction].joined().map(\.loop)
        )
        .sorted()
        let numbers = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, $0) })
        func renumbered(_ sights: [Sight]) -> [Sight] {
            sights.map { Sight(loop: numbers[$0.loop]!, distance: $0.distance, share: $0.share, next: $0.next) }
        }
        return LoopDetectorPlan(
            loops: used.map { loops[$0] },
            lanes: [lanes[junction].map { Lane(own: renumbered($0.own), upstream: renumbered($0.upstream)) }],
            exits: [exits[junction].map { $0.map { ExitLoop(loop: numbers[$0.loop]!, fill: $0.fill) } }])
    }

    /// The one farthest up within reach; where none is, the nearest.
    private static func farthest(_ sights: [Sight]) -> Sight? {
        sights.last { $0.distance <= reach + 0.1 } ?? sights.first
    }

    /// The first, the farthest, and those between that are not too near to another.
    private static func apart(_ sights: [Sight]) -> [Sight] {
        guard var kept = sights.first, let farthest = farthest(sights),
            farthest.distance >= kept.distance + leastDistance
        else { return Array(sights.prefix(1)) }
        var result = [kept]
        for sight in sights
        where sight.distance >= kept.distance + leastDistance && sight.distance <= farthest.distance - leastDistance {
            result.append(sight)
            kept = sight
        }
        return result + [farthest]
    }

    /// The loops as detectors of a network.
    public var detectors: [Detector] {
        loops.map { Detector(id: $0.id, lane: $0.lane, position: $0.position, purpose: .control) }
    }
}
