import SignalModel

extension AreaEstimator {
    /// Share of what is usual that is taken to come to a lane without having been told of.
    static let untoldShare = 0.1

    /// The links before a junction that other junctions can tell of.
    static func feeds(_ plan: AreaDetectorPlan, _ number: Int, layout: JunctionLayout) -> [LinkFeed] {
        var feeds: [LinkFeed] = []
        for lane in layout.lanes {
            guard let length = plan.watchedLinks[lane.link], !feeds.contains(where: { $0.link == lane.link }) else {
                continue
            }
            let lanes = layout.lanes.indices.filter { layout.lanes[$0].link == lane.link }
            // Short lanes have their detectors before the link.
            guard lanes.allSatisfy({ plan.sights[number][$0].first?.distance == 0 }) else { continue }
            let seen = lanes.map { plan.detectors[plan.sights[number][$0][0].detector].length }.max() ?? 0
            feeds.append(
                LinkFeed(link: lane.link, lanes: lanes, length: length, seenLength: seen, speed: lane.speed))
        }
        return feeds
    }

    /// Goes on with those who come to the links that are told of.
    mutating func follow(_ told: [LinkID: Double]) {
        for feed in feeds.indices {
            let lanes = feeds[feed].lanes
            feeds[feed].advance(
                sent: told[feeds[feed].link],
                entered: lanes.map { outages[$0] == 0 ? trackers[$0].entered : nil },
                usual: lanes.map { usualRates[$0] })
        }
    }

    /// Notes that vehicles, or a chance of one, have left a lane.
    mutating func note(_ departed: Double, from turns: TurnShares, mayPass: (Int) -> Bool, lane: Int) {
        guard departed > 0 else { return }
        for (stream, share) in turns.shares(of: layout.lanes[lane].streams.filter(mayPass)) {
            sent[layout.streams[stream].target, default: 0] += departed * share
        }
    }

    /// Number of the feed of a lane whose link others have told of.
    func toldFeed(of lane: Int) -> Int? { feeds.firstIndex { $0.isTold && $0.lanes.contains(lane) } }

    /// Chance that somebody comes to the end of a lane in a second whose detector says nothing.
    ///
    /// - Parameter usual: What is likely without having been told of anybody, vehicles/s.
    mutating func arrivals(on lane: Int, usual: Double) -> Double {
        guard let feed = toldFeed(of: lane) else { return usual }
        return min(1, feeds[feed].arrivals(on: lane) + Self.untoldShare * usual)
    }

    /// Who is on the way to the end of a lane whose detector says nothing, as far as other junctions have told.
    func coming(to lane: Int) -> [TrafficPicture.Vehicle] {
        guard let feed = toldFeed(of: lane) else { return [] }
        return feeds[feed].coming(to: lane, stream: unseen[lane].turns.expected(0))
    }
}
