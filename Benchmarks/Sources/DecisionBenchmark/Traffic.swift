import AdaptiveControl
import SignalModel

/// Traffic before junctions as it may be at any second: a queue on some lanes, vehicles on their way on all.
struct Traffic {
    private var generator: SeededGenerator
    private let meanVehicles: Double

    init(seed: UInt64, meanVehicles: Double) {
        generator = SeededGenerator(seed: seed)
        self.meanVehicles = meanVehicles
    }

    mutating func picture(of layout: JunctionLayout) -> TrafficPicture {
        var picture = TrafficPicture(layout)
        for lane in layout.lanes.indices {
            let count = Int(Double.random(in: 0...(2 * meanVehicles + 0.999), using: &generator))
            let standing = Bool.random(using: &generator) ? Int.random(in: 0...count, using: &generator) : 0
            var distance = 0.0
            for number in 0..<count {
                let isStanding = number < standing
                if number > 0 {
                    distance += layout.spacing + (isStanding ? 0 : Double.random(in: 3...40, using: &generator))
                } else if !isStanding {
                    distance = Double.random(in: 0...60, using: &generator)
                }
                let stream = layout.lanes[lane].streams.randomElement(using: &generator) ?? 0
                let speed = layout.lanes[lane].speed * Double.random(in: 0.3...1, using: &generator)
                picture.lanes[lane].append(
                    TrafficPicture.Vehicle(
                        stream: stream, distance: distance, speed: isStanding ? 0 : speed,
                        waited: isStanding ? Double.random(in: 0...40, using: &generator).rounded() : 0))
            }
        }
        return picture
    }
}
