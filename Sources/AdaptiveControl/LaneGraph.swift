import SignalModel

/// How lanes lead to each other where no signal is between them: where detectors before a junction may lie.
struct LaneGraph {
    /// A lane on the way to a stop line.
    struct Stretch {
        var lane: LaneID
        /// From the stop line to the downstream end of the lane, m.
        var distance: Double
        /// Share of the vehicles on it that come to the stop line, for all that is known beforehand.
        var share: Double
        /// The movement over which they come from it; nil for the first.
        var movement: MovementID?
        /// Number, among the stretches before the same approach lane, of the one that it leads to; nil for the first.
        var next: Int?
    }

    /// All lanes of the network by name.
    let lanes: [LaneID: Lane]
    /// The link of each of them.
    let links: [LaneID: LinkID]
    private var into: [LaneID: [(connection: LaneConnection, movement: MovementID)]] = [:]
    private var outCounts: [LaneID: Int] = [:]

    /// A lane that ends with its stop line within this is too short to stand on: those who wait stand before it, m.
    static let leastLength = 3.0

    init(_ network: Network) {
        lanes = Dictionary(network.links.flatMap(\.lanes).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        links = Dictionary(
            network.links.flatMap { link in link.lanes.map { ($0.id, link.id) } },
            uniquingKeysWith: { first, _ in first })
        for movement in network.movements {
            for connection in movement.connections {
                if movement.signalGroup == nil { into[connection.to, default: []].append((connection, movement.id)) }
                outCounts[connection.from, default: 0] += 1
            }
        }
    }

    /// Where the detectors of an approach lane lie: on it, or, where it is too short, on the only lane that leads to it.
    func first(of approach: LaneID) -> Stretch {
        var result = Stretch(lane: approach, distance: 0, share: 1)
        while let lane = lanes[result.lane], let entries = into[result.lane], entries.count == 1,
            case let entry = entries[0].connection, outCounts[entry.from] == 1,
            result.distance + lane.length + entry.length < Self.leastLength
        {
            result.lane = entry.from
            result.distance += lane.length + entry.length
        }
        return result
    }

    /// Where detectors of an approach lane may lie: first the lane that its queue stands on, then those that lead to it
    /// without a signal between, as far as they begin within reach of the stop line.
    func stretches(before approach: LaneID, within reach: Double) -> [Stretch] {
        var result: [Stretch] = []
        var open = [first(of: approach)]
        var seen: Set<LaneID> = []
        while let stretch = open.popLast() {
            guard let lane = lanes[stretch.lane], stretch.distance < reach, seen.insert(stretch.lane).inserted else {
                continue
            }
            result.append(stretch)
            guard stretch.distance + lane.length < reach else { continue }
            for var farther in before(stretch) {
                farther.next = result.count - 1
                open.append(farther)
            }
        }
        return result
    }

    /// The lanes that lead to a stretch without a signal between.
    func before(_ stretch: Stretch) -> [Stretch] {
        let length = lanes[stretch.lane]?.length ?? 0
        return (into[stretch.lane] ?? []).map { connection, movement in
            Stretch(
                lane: connection.from, distance: stretch.distance + length + connection.length,
                share: stretch.share / Double(max(1, outCounts[connection.from] ?? 1)), movement: movement)
        }
    }
}
