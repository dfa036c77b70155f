/// A junction taken out of a recorded run: what comes to its roads from elsewhere stays as recorded.
public final class Region {
    let run: NetworkRun
    let roads: [Int]
    /// Vehicles per step that come to each of ``roads`` from outside the region.
    let entering: UnsafeMutablePointer<Double>
    private let arena = Arena()
    /// Roads outside the region whose recorded room its streams depend on.
    let neighbours: [Int]
    /// Streams outside the region that its streams give way to.
    let foes: [Int]

    /// Takes a junction out of a run.
    ///
    /// - Parameters:
    ///   - junction: Position in the network.
    ///   - isFollowed: Take the roads to the next signals with it, whose queues its departures come to.
    public init(junction: Int, isFollowed: Bool, of run: NetworkRun) {
        let model = run.model
        self.run = run
        roads = isFollowed ? model.roadsReached(from: junction) : model.roadsOfJunction[junction].sorted()
        var position = Array(repeating: -1, count: model.roads.count)
        for (number, road) in roads.enumerated() { position[road] = number }
        entering = arena.array(roads.count * model.stepCount, of: 0)
        var outside = Set<Int>()
        var given = Set<Int>()
        for (number, road) in roads.enumerated() {
            for step in 0..<model.stepCount {
                entering[number * model.stepCount + step] = model.external[road * model.stepCount + step]
            }
        }
        for (number, stream) in model.streams.enumerated() {
            let isInside = position[model.lanes[stream.lane].road] >= 0
            if isInside {
                given.formUnion(
                    (stream.priority + stream.crossing).filter {
                        position[model.lanes[model.streams[$0].lane].road] < 0
                    })
            }
            for target in stream.targets {
                if isInside {
                    if target.isAdjacent && position[target.road] < 0 { outside.insert(target.road) }
                } else if position[target.road] >= 0, target.steps < model.stepCount {
                    let row = entering + position[target.road] * model.stepCount
                    let departures = run.departures + number * model.stepCount
                    for step in target.steps..<model.stepCount {
                        row[step] += target.share * departures[step - target.steps]
                    }
                }
            }
        }
        neighbours = outside.sorted()
        foes = given.sorted()
    }
}
