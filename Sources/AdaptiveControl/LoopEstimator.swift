import SafetyGuard
import SignalModel

/// The traffic before one junction, from induction loops: counts in and out, with what corrects their drift.
public struct LoopEstimator: Sendable {
    /// Vehicles between a loop farther up and the approach lane: where each is, m from the stop line.
    private struct Coming {
        var places: [Double] = []
    }

    private let layout: JunctionLayout
    private let lanes: [LoopDetectorPlan.Lane]
    private let exits: [Int?]
    /// What is usual on each lane, vehicles/s.
    private let usualRates: [Double]
    private var trackers: [LaneTracker]
    private var coming: [[Coming]]
    /// How long each loop has been covered, s.
    private var covered: [Int]

    /// How long a loop at the start of an exit must be covered for the exit to be full, s.
    static let fullTime = 3

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
        coming = plan.lanes[number].map { $0.upstream.map { _ in Coming() } }
        usualRates = layout.lanes.indices.map { layout.flow(on: $0, of: turns) / 3600 }
        trackers = layout.lanes.indices.map { lane in
            let streams = layout.lanes[lane].streams
            return LaneTracker(
                lane: layout.lanes[lane], length: plan.lanes[number][lane].own.last?.distance ?? 0,
                spacing: layout.spacing,
                turns: TurnShares(streams: streams, history: streams.map { turns[layout.streams[$0].movement] ?? 0 }),
                flow: layout.flow(on: lane, of: turns), loopCount: max(0, plan.lanes[number][lane].own.count - 1),
                settings: settings)
        }
    }

    /// Takes in the readings of one second, and says what is there now.
    ///
    /// - Parameters:
    ///   - readings: One for each loop of the plan; nil where there is none.
    ///   - aspects: What the lamps showed in that second.
    public mutating func observe(_ readings: [LoopReading?], aspects: [Aspect]) -> TrafficPicture {
        var picture = TrafficPicture(layout)
        for loop in covered.indices { covered[loop] = readings[loop]?.isCovered == true ? covered[loop] + 1 : 0 }
        let isOpen = { [layout] (stream: Int) in aspects[layout.streams[stream].group] == .green }
        let mayPass = { [layout] (stream: Int) in
            let aspect = aspects[layout.streams[stream].group]
            return aspect == .green || aspect == .yellow
        }
        let yields = { [layout] (stream: Int) in layout.streams[stream].priority.contains(where: isOpen) }
        for lane in trackers.indices {
            let loops = lanes[lane].own.map {
                LaneTracker.Loop(distance: $0.distance, reading: trusted(readings[$0.loop]), covered: covered[$0.loop])
            }
            if loops.isEmpty {
                trackers[lane].observeNothing(open: isOpen, mayPass: mayPass)
            } else {
                trackers[lane].observe(
                    loops, inflow: inflow(of: lane, readings), open: isOpen, mayPass: mayPass, yields: yields)
            }
            picture.lanes[lane] = trackers[lane].vehicles.lazy.filter { $0.distance >= 0 }.map {
                .init(stream: $0.stream, distance: $0.distance, speed: $0.speed, waited: $0.waited)
            }
            if loops.first?.reading == nil {
                // Without a loop at the stop line nobody is ever sure that the lane is empty.
                for stream in layout.lanes[lane].streams { picture.mayHide.insert(layout.streams[stream].group) }
            }
            addComing(lane, readings, to: &picture)
        }
        picture.isBlind = lanes.allSatisfy { $0.own.allSatisfy { trusted(readings[$0.loop]) == nil } }
        for exit in exits.indices {
            guard let loop = exits[exit], covered[loop] >= Self.fullTime else { continue }
            picture.exits[exit] = .init(vehicles: layout.exits[exit].length / layout.spacing, meanSpeed: 0)
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
            usual += usualRates[other]
        }
        return UnseenTraffic.inflow(usual: usualRates[lane], beside: seen, usualBeside: usual)
    }

    private func trusted(_ reading: LoopReading?) -> LoopReading? { reading.flatMap { $0.isPlausible ? $0 : nil } }

    /// Vehicles that passed a loop farther up and are not at the lane's own yet.
    private mutating func addComing(_ lane: Int, _ readings: [LoopReading?], to picture: inout TrafficPicture) {
        let speed = layout.lanes[lane].speed
        guard let stream = trackers[lane].turns.likeliest(of: layout.lanes[lane].streams) else { return }
        for (number, sight) in lanes[lane].upstream.enumerated() {
            for vehicle in coming[lane][number].places.indices { coming[lane][number].places[vehicle] -= speed }
            let entry = lanes[lane].own.last?.distance ?? 0
            let before = coming[lane][number].places.count
            coming[lane][number].places.removeAll { $0 <= entry }
            if lanes[lane].own.isEmpty {
                let arrived = Double(before - coming[lane][number].places.count)
                trackers[lane].enterAtStopLine(arrived * sight.share)
            }
            for _ in 0..<(trusted(readings[sight.loop])?.passed ?? 0) {
                coming[lane][number].places.append(sight.distance)
            }
            for place in coming[lane][number].places {
                picture.lanes[lane].append(
                    .init(stream: stream, distance: place, speed: speed, weight: sight.share))
            }
        }
        if !lanes[lane].upstream.isEmpty {
            picture.lanes[lane].sort { ($0.distance, $0.stream) < ($1.distance, $1.stream) }
        }
    }
}
