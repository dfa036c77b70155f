import SafetyGuard
import SignalModel

/// The traffic before one junction, from induction loops: counts in and out, with what corrects their drift.
public struct LoopEstimator: Sendable {
    /// An approach lane that vehicles over a loop farther up may come to.
    private struct Way {
        var lane: Int
        /// Number of the loop among those of the lane.
        var number: Int
        /// Share of the vehicles that come to the lane.
        var share: Double
        /// Vehicles that the lane should have been given by its share, beyond those that it was.
        var owed = 0.0
    }

    private let layout: JunctionLayout
    private let lanes: [LoopDetectorPlan.Lane]
    private let exits: [[LoopDetectorPlan.ExitLoop]]
    /// What is known of the flow on each lane, vehicles/s; 0 where nothing is.
    private let usualRates: [Double]
    private var trackers: [LaneTracker]
    private var rightOfWay: RightOfWay
    /// For the loops farther up, the farthest first, what lanes they lead to.
    private var ways: [(loop: Int, lanes: [Way])]
    /// How long each loop has been covered, s.
    private var covered: [Int]
    /// Share of the last seconds that each loop was covered.
    private var standing: [Double]

    /// Time over which the share of covered seconds is smoothed, s.
    private static let standingTime = 5.0
    /// Share of the seconds that a loop in a jam is covered; between vehicles that move up it is not.
    private static let jamShare = 0.6

    /// Prepares the estimation for one of the junctions that loops were placed for.
    ///
    /// - Parameters:
    ///   - number: Number of the junction in the plan.
    ///   - turns: What is known of the flow of each movement, veh/h; movements without an entry count as unknown.
    public init(
        _ layout: JunctionLayout, plan: LoopDetectorPlan, junction number: Int, turns: [MovementID: Double] = [:],
        settings: AdaptiveSettings
    ) {
        self.layout = layout
        lanes = plan.lanes[number]
        exits = plan.exits[number]
        covered = Array(repeating: 0, count: plan.loops.count)
        standing = Array(repeating: 0, count: plan.loops.count)
        ways = Self.ways(plan.lanes[number], layout: layout, turns: turns)
        usualRates = layout.lanes.indices.map { layout.flow(on: $0, of: turns) / 3600 }
        rightOfWay = RightOfWay(layout)
        trackers = layout.lanes.indices.map { lane in
            let streams = layout.lanes[lane].streams
            return LaneTracker(
                speed: layout.lanes[lane].speed, length: plan.lanes[number][lane].own.last?.distance ?? 0,
                spacing: layout.spacing,
                turns: TurnShares(streams: streams, history: streams.map { turns[layout.streams[$0].movement] ?? 0 }),
                flow: layout.flow(on: lane, of: turns), ownCount: plan.lanes[number][lane].own.count,
                upstream: plan.lanes[number][lane].upstream, settings: settings)
        }
    }

    /// Takes in the readings of one second, and says what is there now.
    ///
    /// - Parameters:
    ///   - readings: One for each loop of the plan; nil where there is none.
    ///   - aspects: What the lamps showed in that second.
    ///   - crossed: By stream, vehicles that were seen inside the junction for the first time; nil where nobody looks.
    public mutating func observe(
        _ readings: [LoopReading?], aspects: [Aspect], crossed: [Int?] = []
    ) -> TrafficPicture {
        var picture = TrafficPicture(layout)
        for loop in covered.indices {
            let isCovered = readings[loop]?.isCovered == true
            covered[loop] = isCovered ? covered[loop] + 1 : 0
            standing[loop] += ((isCovered ? 1 : 0) - standing[loop]) / Self.standingTime
        }
        let isOpen = { [layout] (stream: Int) in aspects[layout.streams[stream].group] == .green }
        let mayPass = { [layout] (stream: Int) in
            let aspect = aspects[layout.streams[stream].group]
            return aspect == .green || aspect == .yellow
        }
        let yields = { [layout] (stream: Int) in layout.streams[stream].priority.contains(where: isOpen) }
        let mayGo = { [rightOfWay] (stream: Int) in isOpen(stream) && !rightOfWay.holds(stream, open: isOpen) }
        for lane in trackers.indices {
            trackers[lane].learn(layout.passed(crossed, from: lane))
            trackers[lane].observe(
                states(of: lanes[lane].own, readings), farther: states(of: lanes[lane].upstream, readings),
                inflow: inflow(of: lane, readings), open: isOpen, mayGo: mayGo, mayPass: mayPass, yields: yields)
        }
        countFarther(readings)
        for lane in trackers.indices {
            picture.lanes[lane] = trackers[lane].vehicles.lazy.filter { $0.distance >= 0 }.map {
                .init(stream: $0.stream, distance: $0.distance, speed: $0.speed, waited: $0.waited)
            }
            if lanes[lane].own.first.flatMap({ trusted(readings[$0.loop]) }) == nil {
                // Without a loop at the stop line nobody is ever sure that the lane is empty.
                for stream in layout.lanes[lane].streams { picture.mayHide.insert(layout.streams[stream].group) }
            }
        }
        picture.isBlind = lanes.allSatisfy { $0.own.allSatisfy { trusted(readings[$0.loop]) == nil } }
        rightOfWay.note(picture)
        for exit in exits.indices {
            let fill = exits[exit].reduce(0) { max($0, $1.fill * min(1, standing[$1.loop] / Self.jamShare)) }
            guard fill > 0 else { continue }
            picture.exits[exit] = .init(vehicles: fill * layout.exits[exit].length / layout.spacing, meanSpeed: 0)
        }
        return picture
    }

    /// Vehicles per second that are taken to enter a lane whose farthest loop says nothing.
    private func inflow(of lane: Int, _ readings: [LoopReading?]) -> Double {
        var seen = 0.0
        var usual = 0.0
        for other in trackers.indices where other != lane && layout.lanes[other].link == layout.lanes[lane].link {
            guard let last = lanes[other].own.last, trusted(readings[last.loop]) != nil else { continue }
            seen += trackers[other].rate
            usual += usualRate(of: other)
        }
        return UnseenTraffic.margin
            * UnseenTraffic.inflow(usual: usualRate(of: lane), beside: seen, usualBeside: usual)
    }

    /// What is known of the flow on a lane, or what was counted on it last where nothing is known, vehicles/s.
    private func usualRate(of lane: Int) -> Double {
        usualRates[lane] > 0 ? usualRates[lane] : trackers[lane].rate
    }

    private func trusted(_ reading: LoopReading?) -> LoopReading? { reading.flatMap { $0.isPlausible ? $0 : nil } }

    private func states(of sights: [LoopDetectorPlan.Sight], _ readings: [LoopReading?]) -> [LaneTracker.Loop] {
        sights.map {
            .init(distance: $0.distance, reading: trusted(readings[$0.loop]), covered: covered[$0.loop])
        }
    }

    /// Takes in who has come on the loops farther up: each is taken for one that was expected there, or for a new one that
    /// comes to one of the lanes that it may come to, in the proportions of the traffic on those.
    private mutating func countFarther(_ readings: [LoopReading?]) {
        for loop in ways.indices {
            for _ in 0..<(trusted(readings[ways[loop].loop])?.passed ?? 0) {
                var nearest: (lane: Int, number: Int, place: Int, distance: Double)?
                for way in ways[loop].lanes {
                    guard let place = trackers[way.lane].expected(at: way.number) else { continue }
                    let distance = trackers[way.lane].vehicles[place].distance
                    if distance < nearest?.distance ?? .infinity { nearest = (way.lane, way.number, place, distance) }
                }
                if let nearest {
                    trackers[nearest.lane].pass(nearest.number, expected: nearest.place)
                    continue
                }
                for way in ways[loop].lanes.indices { ways[loop].lanes[way].owed += ways[loop].lanes[way].share }
                let lanes = ways[loop].lanes
                guard let best = lanes.indices.max(by: { (lanes[$0].owed, -$0) < (lanes[$1].owed, -$1) }),
                    lanes[best].owed > 0.5
                else { continue }
                ways[loop].lanes[best].owed -= 1
                trackers[lanes[best].lane].pass(lanes[best].number, expected: nil)
            }
        }
    }

    /// What lanes the loops farther up lead to, those loops first that vehicles come to first.
    private static func ways(
        _ plans: [LoopDetectorPlan.Lane], layout: JunctionLayout, turns: [MovementID: Double]
    ) -> [(loop: Int, lanes: [Way])] {
        var result: [Int: [Way]] = [:]
        var farthest: [Int: Double] = [:]
        for lane in plans.indices {
            for (number, sight) in plans[lane].upstream.enumerated() {
                result[sight.loop, default: []].append(Way(lane: lane, number: number, share: sight.share))
                farthest[sight.loop] = max(farthest[sight.loop] ?? 0, sight.distance)
            }
        }
        for (loop, ways) in result {
            // What is known of the flows says how those who come here divide.
            let share = ways.reduce(0) { $0 + $1.share }
            let flows = ways.map { layout.flow(on: $0.lane, of: turns) }
            let flow = flows.reduce(0, +)
            guard flow > 0, ways.count > 1 else { continue }
            for way in ways.indices { result[loop]![way].share = share * flows[way] / flow }
        }
        return result.sorted { (-farthest[$0.key]!, $0.key) < (-farthest[$1.key]!, $1.key) }.map { ($0.key, $0.value) }
    }
}
