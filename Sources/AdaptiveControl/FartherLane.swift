import SignalModel

/// A lane farther up, from where vehicles come to the approach lanes of a junction.
struct FartherLane: Sendable {
    /// How the vehicles of one stream come to their approach lane.
    struct Way: Sendable {
        /// From the stop line to the downstream end of the detector, m.
        var distance: Double
        /// Number of the detector that they come to next.
        var next: Int
    }

    /// Number of the detector.
    let detector: Int
    /// The link that the lane belongs to.
    let link: LinkID
    /// By number of the stream.
    let ways: [Int: Way]

    /// The stream of those who turn off before they come to the junction.
    static let elsewhere = -1

    /// The nearest of the ways: what is nearer to the junction is looked at later.
    var distance: Double { ways.values.reduce(.infinity) { min($0, $1.distance) } }

    /// Those of the vehicles on it that may come to an approach lane, by number of their stream.
    func vehicles(_ tracker: LaneTracker) -> [TrafficPicture.Vehicle] {
        tracker.vehicles.compactMap { vehicle in
            ways[vehicle.stream].map { way in
                .init(
                    stream: vehicle.stream, distance: way.distance + max(0, vehicle.distance), speed: vehicle.speed,
                    waited: vehicle.waited)
            }
        }
    }
}
