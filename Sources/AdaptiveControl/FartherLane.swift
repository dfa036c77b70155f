/// Vehicles on a lane farther up, from where some come to the approach lanes of a junction.
///
/// They are followed as those on an approach lane are, and keep what they are taken for and how long they have waited.
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
    /// By number of the stream.
    let ways: [Int: Way]
    var tracker: LaneTracker

    /// The stream of those who turn off before they come to the junction.
    static let elsewhere = -1

    /// The nearest of the ways: what is nearer to the junction is looked at first.
    var distance: Double { ways.values.reduce(.infinity) { min($0, $1.distance) } }

    /// Takes in one second of the detector; nil where it says nothing.
    mutating func observe(_ reading: AreaReading?) {
        guard let reading else {
            tracker.clear()
            return
        }
        // No signal holds them, and who stands at the end of the lane need not be taken for another.
        tracker.observe(reading, open: { _ in true }, mayPass: { _ in true }, yields: { _ in true })
    }

    /// Those who may come to an approach lane, by number of their stream.
    var vehicles: [TrafficPicture.Vehicle] {
        tracker.vehicles.compactMap { vehicle in
            ways[vehicle.stream].map { way in
                .init(
                    stream: vehicle.stream, distance: way.distance + max(0, vehicle.distance), speed: vehicle.speed,
                    waited: vehicle.waited)
            }
        }
    }
}
