import SafetyGuard
import SignalModel

/// The traffic before one junction, from lane-area detectors: no vehicle is known by name, and no route.
public struct AreaEstimator: Sendable {
    let layout: JunctionLayout
    let sights: [[AreaDetectorPlan.Sight]]
    private let exits: [Int?]
    let detectors: [AreaDetector]
    /// Vehicles that stand in one zone of each detector.
    private let places: [Double]
    /// What is usual on each lane, vehicles/s.
    let usualRates: [Double]
    var trackers: [LaneTracker]
    /// Lanes before those, the farthest first.
    let farther: [FartherLane]
    var fartherTrackers: [LaneTracker]
    private let links: [LinkID]
    private var rightOfWay: RightOfWay
    /// How long each detector at a stop line has said nothing, up to ``coastTime``, s.
    var outages: [Int]
    /// What may stand on each lane if its detector says nothing.
    var unseen: [UnseenQueue]
    /// What may stand right before each lane if a detector there says nothing.
    var before: [Before]
    /// Who comes to the links that other junctions tell of.
    var feeds: [LinkFeed]
    /// Vehicles that other junctions have let go towards links in the last second.
    private var told: [LinkID: Double] = [:]
    /// Vehicles that left towards each link in the last second, as far as is known.
    public internal(set) var sent: [LinkID: Double] = [:]

    /// How long vehicles that were seen are followed without a detector, s.
    static let coastTime = 10

    /// Prepares the estimation for one of the junctions that detectors were placed for.
    ///
    /// - Parameters:
    ///   - number: Number of the junction in the plan.
    ///   - turns: What is known of the flow of each movement, veh/h; movements without an entry count as unknown.
    public init(
        _ layout: JunctionLayout, plan: AreaDetectorPlan, junction number: Int, turns: [MovementID: Double] = [:],
        settings: AdaptiveSettings
    ) {
        self.layout = layout
        sights = plan.sights[number]
        exits = plan.exits[number]
        detectors = plan.detectors
        places = plan.detectors.map { $0.zoneLength / layout.spacing }
        usualRates = layout.lanes.indices.map { layout.flow(on: $0, of: turns) / 3600 }
        let before = Self.farther(plan, number, layout: layout, turns: turns, settings: settings)
        farther = before.map(\.lane)
        fartherTrackers = before.map(\.tracker)
        links = layout.lanes.map(\.link)
        feeds = Self.feeds(plan, number, layout: layout)
        outages = Array(repeating: 0, count: layout.lanes.count)
        rightOfWay = RightOfWay(layout)
        let shares = layout.lanes.map { lane in
            TurnShares(
                streams: lane.streams, history: lane.streams.map { turns[layout.streams[$0].movement] ?? 0 })
        }
        self.before = Self.before(plan, number, layout: layout, turns: turns, shares: shares)
        unseen = plan.sights[number].enumerated().map { lane, sights in
            // Who stands farther up is seen there, as a rule.
            let places = sights.first.map { plan.places(of: $0, spacing: layout.spacing) } ?? 0
            return UnseenQueue(places: places, turns: shares[lane])
        }
        trackers = layout.lanes.indices.map { lane in
            LaneTracker(
                speed: layout.lanes[lane].speed,
                length: plan.sights[number][lane].first.map { plan.detectors[$0.detector].length } ?? 0,
                spacing: layout.spacing, turns: shares[lane], flow: layout.flow(on: lane, of: turns),
                settings: settings)
        }
    }

    /// How often the head of a queue was taken for another than before.
    public var inferenceCount: Int { trackers.reduce(0) { $0 + $1.inferenceCount } }

    /// Takes in what junctions upstream have let go in the last second, before the readings of this one.
    ///
    /// - Parameter sent: Vehicles by link, for every link of which all is known that came to it.
    public mutating func receive(_ sent: [LinkID: Double]) { told = sent }

    /// Takes in the readings of one second, and says what is there now.
    ///
    /// - Parameters:
    ///   - readings: One for each detector of the plan; nil where there is none.
    ///   - aspects: What the lamps showed in that second.
    ///   - crossed: By stream, vehicles that were seen inside the junction for the first time; nil where nobody looks.
    public mutating func observe(
        _ readings: [AreaReading?], aspects: [Aspect], crossed: [Int?] = []
    ) -> TrafficPicture {
        var picture = TrafficPicture(layout)
        let isOpen = { [layout] (stream: Int) in aspects[layout.streams[stream].group] == .green }
        let mayPass = { [layout] (stream: Int) in
            let aspect = aspects[layout.streams[stream].group]
            return aspect == .green || aspect == .yellow
        }
        let yields = { [layout] (stream: Int) in layout.streams[stream].priority.contains(where: isOpen) }
        let mayGo = { [rightOfWay] (stream: Int) in isOpen(stream) && !rightOfWay.holds(stream, open: isOpen) }
        sent.removeAll(keepingCapacity: true)
        followFarther(readings)
        for lane in trackers.indices {
            observe(
                lane, readings, crossed: crossed, open: isOpen, mayGo: mayGo, mayPass: mayPass, yields: yields)
        }
        follow(told)
        told.removeAll(keepingCapacity: true)
        Self.followLaneChanges(&trackers, on: links)
        for lane in trackers.indices {
            guard let own = sights[lane].first else { continue }
            if trusted(readings, own.detector) == nil {
                for stream in layout.lanes[lane].streams { picture.mayHide.insert(layout.streams[stream].group) }
            }
            if outages[lane] == Self.coastTime {
                picture.lanes[lane] = unseen[lane].vehicles(from: 0, spacing: layout.spacing) + coming(to: lane)
            } else {
                picture.lanes[lane] = trackers[lane].vehicles.lazy.filter { $0.distance >= 0 }.map {
                    .init(stream: $0.stream, distance: $0.distance, speed: $0.speed, waited: $0.waited)
                }
            }
        }
        addUnseenBefore(readings, to: &picture)
        picture.isBlind = sights.allSatisfy { $0.allSatisfy { trusted(readings, $0.detector) == nil } }
        addFarther(to: &picture)
        rightOfWay.note(picture)
        for exit in exits.indices {
            guard let detector = exits[exit], let reading = trusted(readings, detector) else { continue }
            picture.exits[exit] = .init(vehicles: Double(reading.vehicles), meanSpeed: reading.meanSpeed)
        }
        return picture
    }

    /// Who is missing on one lane and new on another of the same link has changed lanes; who comes to one where nobody was
    /// announced is the one that was announced to another.
    static func followLaneChanges(_ trackers: inout [LaneTracker], on links: [LinkID]) {
        for lane in trackers.indices {
            let others = trackers.indices.filter { $0 != lane && links[$0] == links[lane] }
            for vehicle in trackers[lane].strayed {
                for other in others where trackers[other].receive(vehicle) { break }
            }
            for number in trackers[lane].unannounced {
                guard let other = others.first(where: { trackers[$0].hasAnnounced }) else { break }
                trackers[lane].vehicles[number].waited = trackers[other].takeAnnounced().waited
            }
        }
    }

    /// Vehicles per second that are taken to enter a lane whose detector says nothing.
    func inflow(of lane: Int, _ readings: [AreaReading?]) -> Double {
        var seen = 0.0
        var usual = 0.0
        for other in trackers.indices where other != lane && layout.lanes[other].link == layout.lanes[lane].link {
            guard let own = sights[other].first, trusted(readings, own.detector) != nil else { continue }
            seen += trackers[other].rate
            usual += usualRates[other]
        }
        return UnseenTraffic.inflow(usual: usualRates[lane], beside: seen, usualBeside: usual)
    }

    func trusted(_ readings: [AreaReading?], _ detector: Int) -> AreaReading? {
        guard let reading = readings[detector],
            reading.isPlausible(zoneCount: detectors[detector].zoneCount, placesInZone: places[detector])
        else { return nil }
        return reading
    }
}
