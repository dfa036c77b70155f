import SignalModel

/// The roads, lanes and streams that a ``NetworkModel`` follows, with the mean flows of its demand.
///
/// For models that look at a network through other equations than second-by-second simulation, and must still mean
/// the same streets by it.
public struct NetworkStructure: Sendable, Equatable {
    /// One followed link.
    public struct Road: Sendable, Equatable {
        /// The link.
        public var link: LinkID
        /// Position of the junction at the downstream end; nil where no signal rules it.
        public var junction: Int?
        /// Its lanes, by position in ``NetworkStructure/lanes``.
        public var lanes: Range<Int>
        /// Free travel time from entry to stop line, s.
        public var travelTime: Double
        /// Mean flow that comes to its entry from outside the network, veh/s.
        public var externalFlow: Double
    }

    /// One lane with its streams, by position in ``NetworkStructure/streams``.
    public struct Lane: Sendable, Equatable {
        /// The lane.
        public var lane: LaneID
        /// Its streams.
        public var streams: Range<Int>
    }

    /// One movement out of one lane.
    public struct Stream: Sendable, Equatable {
        /// Position of the movement in the network.
        public var movement: Int
        /// Position in ``NetworkStructure/groups``; nil where no signal rules the stream.
        public var group: Int?
        /// Share of the vehicles that arrive on the road.
        public var share: Double
        /// Time between vehicles that leave a standing queue, s.
        public var headway: Double
        /// Vehicles that can wait inside the junction while opposed.
        public var waitingInside: Double
        /// Streams that this one gives way to on green, by position.
        public var priority: [Int]
        /// Gap that a vehicle needs in them, s.
        public var criticalGap: Double
        /// Where its vehicles come to next.
        public var targets: [Target]
    }

    /// A road that vehicles of a stream come to.
    public struct Target: Sendable, Equatable {
        /// Position in ``NetworkStructure/roads``.
        public var road: Int
        /// Share of the stream's vehicles.
        public var share: Double
        /// Travel time from the stop line to the entry of the road, whole seconds.
        public var seconds: Int
    }

    /// A signal group.
    public struct Group: Sendable, Equatable {
        /// Position of the junction.
        public var junction: Int
        /// Number in the junction.
        public var number: Int
        /// Time from the start of green until the queue leaves at the full rate, s; the mean over its streams.
        public var startLag: Double
        /// Time after the end of green in which the queue still leaves, s; the mean over its streams.
        public var endGain: Double
    }

    /// Followed links.
    public var roads: [Road]
    /// Lanes of the roads.
    public var lanes: [Lane]
    /// Movements out of the lanes.
    public var streams: [Stream]
    /// Signal groups, junction by junction.
    public var groups: [Group]
}

extension NetworkModel {
    /// What the model follows, with mean flows.
    public var structure: NetworkStructure {
        var lags = groups.map { _ in (start: 0.0, end: 0.0, count: 0.0) }
        for stream in streams {
            guard let group = stream.group else { continue }
            lags[group].start += stream.startLag
            lags[group].end += stream.endGain
            lags[group].count += 1
        }
        return NetworkStructure(
            roads: roads.indices.map { number in
                let road = roads[number]
                return .init(
                    link: network.links[road.link].id, junction: road.junction, lanes: road.lanes,
                    travelTime: road.travelTime, externalFlow: meanExternalFlow(of: number))
            },
            lanes: lanes.map { .init(lane: $0.lane, streams: $0.streams) },
            streams: streams.indices.map { number in
                let stream = streams[number]
                return .init(
                    movement: stream.movement, group: stream.group, share: meanShare(of: number),
                    headway: stream.headway, waitingInside: stream.waitingInside, priority: stream.priority,
                    criticalGap: stream.criticalGap,
                    targets: stream.targets.map {
                        .init(road: $0.road, share: $0.share, seconds: seconds(ofSteps: $0.steps))
                    })
            },
            groups: zip(groups, lags).map { group, lag in
                let count = max(1, lag.count)
                return .init(
                    junction: group.junction, number: group.number, startLag: lag.start / count,
                    endGain: lag.end / count)
            })
    }

    /// Flow to a road from outside in the mean over the seconds since the first vehicles had time to come, veh/s.
    private func meanExternalFlow(of road: Int) -> Double {
        let flow = external[road * stepCount..<(road + 1) * stepCount]
        guard let first = flow.firstIndex(where: { $0 > 0 }) else { return 0 }
        return flow[first...].reduce(0, +) / (Double(flow.endIndex - first) * stepLength)
    }

    private func seconds(ofSteps steps: Int) -> Int { Int((Double(steps) * stepLength).rounded()) }

    /// Share of a road's vehicles on a stream in the mean over the intervals, by their traffic.
    private func meanShare(of stream: Int) -> Double {
        let lanesOfRoad = roads[lanes[streams[stream].lane].road].lanes
        let demands = lanesOfRoad.flatMap { lanes[$0].streams }.map(demand(of:))
        let weights = (0..<intervalCount).map { interval in demands.reduce(0) { $0 + $1[interval] } }
        let shares = streamShares[stream * intervalCount..<(stream + 1) * intervalCount]
        let total = weights.reduce(0, +)
        guard total > 0 else { return shares.reduce(0, +) / Double(max(1, intervalCount)) }
        return zip(shares, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
    }
}
