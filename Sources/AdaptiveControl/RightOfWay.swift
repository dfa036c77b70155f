/// Which streams have traffic so near to the stop line that those who give way to them do not go.
///
/// A queue that nobody sees would else be believed to leave through a gap that is none.
struct RightOfWay: Sendable {
    private let layout: JunctionLayout
    private let gap: Double
    /// By stream.
    private var isComing: [Bool]

    /// Slowest that a vehicle is taken to come, as a share of the free-flow speed: who stands now drives off with green.
    private static let leastSpeed = 0.3

    init(_ layout: JunctionLayout, settings: AdaptiveSettings) {
        self.layout = layout
        gap = settings.gapBefore
        isComing = Array(repeating: false, count: layout.streams.count)
    }

    /// Takes in where vehicles are.
    mutating func note(_ picture: TrafficPicture) {
        for stream in isComing.indices { isComing[stream] = false }
        for lane in picture.lanes.indices {
            let speed = layout.lanes[lane].speed
            for vehicle in picture.lanes[lane]
            where vehicle.distance <= gap * max(vehicle.speed, Self.leastSpeed * speed) {
                isComing[vehicle.stream] = true
            }
        }
    }

    /// Whether vehicles of a stream wait for others that have green too.
    func holds(_ stream: Int, open: (Int) -> Bool) -> Bool {
        layout.streams[stream].priority.contains { isComing[$0] && open($0) }
    }
}
