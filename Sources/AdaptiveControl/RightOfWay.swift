/// Which streams have traffic so near to the stop line that those who give way to them do not go.
///
/// A queue that nobody sees would else be believed to leave through a gap that is none.
struct RightOfWay: Sendable {
    private let layout: JunctionLayout
    /// By stream.
    private var isComing: [Bool]

    /// Time to the next vehicle with the right of way that who waits for it needs to drive off and cross, s.
    private static let gap = 5.0
    /// Slowest that a vehicle is taken to come, as a share of the free-flow speed: who stands now drives off with green.
    private static let leastSpeed = 0.3
    /// Weight from which on a vehicle is taken to be there.
    private static let leastWeight = 0.5

    init(_ layout: JunctionLayout) {
        self.layout = layout
        isComing = Array(repeating: false, count: layout.streams.count)
    }

    /// Takes in where vehicles are.
    mutating func note(_ picture: TrafficPicture) {
        for stream in isComing.indices { isComing[stream] = false }
        for lane in picture.lanes.indices {
            let speed = layout.lanes[lane].speed
            for vehicle in picture.lanes[lane]
            where vehicle.weight > Self.leastWeight
                && vehicle.distance <= Self.gap * max(vehicle.speed, Self.leastSpeed * speed)
            {
                isComing[vehicle.stream] = true
            }
        }
    }

    /// Whether vehicles of a stream wait for others that have green too.
    func holds(_ stream: Int, open: (Int) -> Bool) -> Bool {
        layout.streams[stream].priority.contains { isComing[$0] && open($0) }
    }
}
