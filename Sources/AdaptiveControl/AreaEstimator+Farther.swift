import SignalModel

extension AreaEstimator {
    /// Takes in one second of the lanes farther up: who leaves one of them comes to the next.
    mutating func followFarther(_ readings: [AreaReading?]) {
        for (number, lane) in farther.enumerated() {
            if let reading = trusted(readings, lane.detector) {
                // No signal holds them, and who stands at the end of the lane need not be taken for another.
                fartherTrackers[number].observe(
                    reading, open: { _ in true }, mayPass: { _ in true }, yields: { _ in true })
            } else {
                fartherTrackers[number].clear()
            }
            for vehicle in fartherTrackers[number].left {
                guard let way = lane.ways[vehicle.stream] else { continue }
                if let next = farther.firstIndex(where: { $0.detector == way.next }) {
                    fartherTrackers[next].announce(vehicle)
                } else {
                    trackers[layout.streams[vehicle.stream].lane].announce(vehicle)
                }
            }
        }
        Self.followLaneChanges(&fartherTrackers, on: farther.map(\.link))
    }

    /// Puts those farther up into the picture of the lanes that they are taken to come to.
    func addFarther(to picture: inout TrafficPicture) {
        for (lane, tracker) in zip(farther, fartherTrackers) {
            for vehicle in lane.vehicles(tracker) { picture.lanes[layout.streams[vehicle.stream].lane].append(vehicle) }
        }
        for lane in picture.lanes.indices {
            picture.lanes[lane].sort { ($0.distance, $0.stream) < ($1.distance, $1.stream) }
        }
    }

    /// The lanes farther up, the farthest first, with the streams that their vehicles may belong to: in the proportions
    /// of what is known of the flows.
    static func farther(
        _ plan: AreaDetectorPlan, _ number: Int, layout: JunctionLayout, turns: [MovementID: Double],
        settings: AdaptiveSettings
    ) -> [(lane: FartherLane, tracker: LaneTracker)] {
        var ways: [Int: [Int: FartherLane.Way]] = [:]
        var shares: [Int: [Int: Double]] = [:]
        for (lane, sights) in plan.sights[number].enumerated() {
            for sight in sights.dropFirst() {
                let next = sights[sight.next.map { $0 + 1 } ?? 0].detector
                for stream in layout.lanes[lane].streams {
                    ways[sight.detector, default: [:]][stream] = .init(distance: sight.distance, next: next)
                }
                shares[sight.detector, default: [:]][lane] = sight.share
            }
        }
        let lanes = ways.map { detector, ways in
            let area = plan.detectors[detector]
            let history = history(ways.keys.sorted(), shares: shares[detector] ?? [:], layout: layout, turns: turns)
            return (
                lane: FartherLane(detector: detector, link: area.link, ways: ways),
                tracker: LaneTracker(
                    speed: area.speed, length: area.length, spacing: layout.spacing,
                    turns: TurnShares(streams: history.map(\.stream), history: history.map(\.flow)), flow: 0,
                    settings: settings)
            )
        }
        return lanes.sorted { (-$0.lane.distance, $0.lane.detector) < (-$1.lane.distance, $1.lane.detector) }
    }

    /// What is known of the traffic of each stream on a lane farther up, in any unit, and of those who turn off before.
    private static func history(
        _ streams: [Int], shares: [Int: Double], layout: JunctionLayout, turns: [MovementID: Double]
    ) -> [(stream: Int, flow: Double)] {
        var flows = streams.map { layout.flow(ofStream: $0, of: turns) }
        if flows.reduce(0, +) <= 0 {
            // By geometry alone.
            flows = streams.map {
                let lane = layout.streams[$0].lane
                return (shares[lane] ?? 0) / Double(layout.lanes[lane].streams.count)
            }
        }
        var result = zip(streams, flows).map { (stream: $0, flow: $1) }
        let arriving = shares.values.reduce(0, +)
        if arriving < 0.999, arriving > 0 {
            result.append((FartherLane.elsewhere, flows.reduce(0, +) * (1 - arriving) / arriving))
        }
        return result
    }
}
