import SafetyGuard
import SignalModel

/// The traffic before one junction, from lane-area detectors: no vehicle is known by name, and no route.
public struct AreaEstimator: Sendable {
    private let layout: JunctionLayout
    private let sights: [[AreaDetectorPlan.Sight]]
    private let exits: [Int?]
    private let places: [Double]
    private let lengths: [Double]
    private var trackers: [LaneTracker]

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
        places = plan.detectors.map { $0.length / layout.spacing }
        lengths = plan.detectors.map(\.length)
        trackers = layout.lanes.indices.map { lane in
            let streams = layout.lanes[lane].streams
            let length = plan.sights[number][lane].first.map { plan.detectors[$0.detector].length } ?? 0
            return LaneTracker(
                lane: layout.lanes[lane], length: length, spacing: layout.spacing,
                turns: TurnShares(streams: streams, history: streams.map { turns[layout.streams[$0].movement] ?? 0 }),
                settings: settings)
        }
    }

    /// How often the head of a queue was taken for another than before.
    public var inferenceCount: Int { trackers.reduce(0) { $0 + $1.inferenceCount } }

    /// Takes in the readings of one second, and says what is there now.
    ///
    /// - Parameters:
    ///   - readings: One for each detector of the plan; nil where there is none.
    ///   - aspects: What the lamps showed in that second.
    public mutating func observe(_ readings: [AreaReading?], aspects: [Aspect]) -> TrafficPicture {
        var picture = TrafficPicture(layout)
        let isOpen = { [layout] (stream: Int) in
            let aspect = aspects[layout.streams[stream].group]
            return aspect == .green
        }
        let yields = { [layout] (stream: Int) in layout.streams[stream].priority.contains(where: isOpen) }
        for lane in trackers.indices {
            guard let own = sights[lane].first else { continue }
            trackers[lane].observe(trusted(readings, own.detector), open: isOpen, yields: yields)
            picture.lanes[lane] = trackers[lane].vehicles.lazy.filter { $0.distance >= 0 }.map {
                .init(stream: $0.stream, distance: $0.distance, speed: $0.speed, waited: $0.waited)
            }
        }
        addUpstream(readings, to: &picture)
        for exit in exits.indices {
            guard let detector = exits[exit], let reading = trusted(readings, detector) else { continue }
            picture.exits[exit] = .init(vehicles: Double(reading.vehicles), meanSpeed: reading.meanSpeed)
        }
        return picture
    }

    private func trusted(_ readings: [AreaReading?], _ detector: Int) -> AreaReading? {
        guard let reading = readings[detector], reading.isPlausible(places: places[detector]) else { return nil }
        return reading
    }

    /// Vehicles on lanes farther up, which may come to this lane or another.
    private func addUpstream(_ readings: [AreaReading?], to picture: inout TrafficPicture) {
        for lane in trackers.indices {
            let ownStreams = layout.lanes[lane].streams
            guard let first = ownStreams.first else { continue }
            let stream = trackers[lane].turns.likeliest(of: ownStreams) ?? first
            for sight in sights[lane].dropFirst().sorted(by: { $0.distance < $1.distance }) {
                guard let reading = trusted(readings, sight.detector), reading.vehicles > 0 else { continue }
                let length = lengths[sight.detector]
                let count = reading.vehicles
                for number in 0..<count {
                    let place = sight.distance + length * (Double(number) + 0.5) / Double(count)
                    picture.lanes[lane].append(
                        .init(
                            stream: stream, distance: place, speed: max(0, reading.meanSpeed), weight: sight.share))
                }
            }
            picture.lanes[lane].sort { ($0.distance, $0.stream) < ($1.distance, $1.stream) }
        }
    }
}
