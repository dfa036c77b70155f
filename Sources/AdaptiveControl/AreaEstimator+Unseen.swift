import SignalModel

extension AreaEstimator {
    /// A stretch right before an approach lane.
    struct Before {
        var lane: Int
        /// Number of its detector.
        var detector: Int
        /// From the stop line to its downstream end, m.
        var distance: Double
        /// Share of those who come to the approach lane that comes over it.
        var share: Double
        var queue: UnseenQueue
    }

    /// Takes in one second of an approach lane: what its detector says, or what may be there while that says nothing.
    mutating func observe(
        _ lane: Int, _ readings: [AreaReading?], crossed: [Int?], open: (Int) -> Bool, mayGo: (Int) -> Bool,
        mayPass: (Int) -> Bool, yields: (Int) -> Bool
    ) {
        guard let own = sights[lane].first else { return }
        if let reading = trusted(readings, own.detector) {
            trackers[lane].learn(layout.passed(crossed, from: lane))
            trackers[lane].observe(reading, open: open, mayPass: mayPass, yields: yields)
            outages[lane] = 0
            note(Double(trackers[lane].departed), from: trackers[lane].turns, mayPass: mayPass, lane: lane)
        } else if outages[lane] < Self.coastTime {
            outages[lane] += 1
            trackers[lane].coast(inflow: inflow(of: lane, readings), open: open, mayGo: mayGo)
            note(Double(trackers[lane].departed), from: trackers[lane].turns, mayPass: mayPass, lane: lane)
            if outages[lane] == Self.coastTime { unseen[lane].start(with: trackers[lane]) }
        } else {
            trackers[lane].clear()
            if let passed = layout.passed(crossed, from: lane) {
                follow(lane, passed: passed, mayGo: mayGo)
                return
            }
            unseen[lane].arrive(arrivals(on: lane, usual: inflow(of: lane, readings)))
            let gone = unseen[lane].discharge(layout: layout, open: open, mayGo: mayGo)
            note(gone, from: unseen[lane].turns, mayPass: mayPass, lane: lane)
        }
    }

    /// Takes in one second of a lane of which only those who leave are seen.
    private mutating func follow(_ lane: Int, passed: [(stream: Int, count: Int)], mayGo: (Int) -> Bool) {
        for (stream, count) in passed where count > 0 {
            sent[layout.streams[stream].target, default: 0] += Double(count)
        }
        // As many come as leave.
        trackers[lane].note(departures: passed.reduce(0) { $0 + $1.count })
        unseen[lane].arrive(arrivals(on: lane, usual: trackers[lane].rate))
        let surprise = unseen[lane].discharge(seen: passed, mayGo: mayGo)
        if let feed = toldFeed(of: lane) { feeds[feed].forget(surprise, on: lane) }
    }

    /// Who may stand right before a lane where the detector there says nothing: as many as come to the lane, less those who
    /// are seen to come on it.
    mutating func addUnseenBefore(_ readings: [AreaReading?], to picture: inout TrafficPicture) {
        for number in before.indices where trusted(readings, before[number].detector) == nil {
            let lane = before[number].lane
            guard let own = sights[lane].first, trusted(readings, own.detector) != nil else {
                before[number].queue.reset()
                continue
            }
            let rate = trackers[lane].rate * before[number].share
            before[number].queue.arrive(rate)
            for _ in 0..<trackers[lane].entered { before[number].queue.depart() }
            if trackers[lane].entered == 0, trackers[lane].hasRoom { before[number].queue.thin() }
            picture.lanes[lane] += before[number].queue.vehicles(
                from: before[number].distance, spacing: layout.spacing)
        }
    }

    /// The stretches right before each approach lane, with what may stand on them.
    static func before(
        _ plan: AreaDetectorPlan, _ number: Int, layout: JunctionLayout, turns: [MovementID: Double],
        shares: [TurnShares]
    ) -> [Before] {
        plan.sights[number].enumerated().flatMap { lane, sights in
            let direct = sights.dropFirst().filter { $0.next == nil }
            let flow = layout.flow(on: lane, of: turns)
            return direct.map { sight in
                let part = sight.movement.flatMap { turns[$0] }.map { min(1, $0 * sight.share / flow) }
                return Before(
                    lane: lane, detector: sight.detector, distance: sight.distance,
                    share: part.flatMap { $0.isFinite ? $0 : nil } ?? 1 / Double(direct.count),
                    queue: UnseenQueue(places: plan.places(of: sight, spacing: layout.spacing), turns: shares[lane]))
            }
        }
    }
}

extension AreaDetectorPlan {
    /// Vehicles that stand on a detector.
    func places(of sight: Sight, spacing: Double) -> Int { Int(detectors[sight.detector].length / spacing) }
}
