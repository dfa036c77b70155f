/// What one simulation of the whole network left behind: enough to simulate any part of it again on its own.
public final class NetworkRun: @unchecked Sendable {
    let model: NetworkModel
    /// Vehicles that leave by each stream in each step.
    let departures: Buffer<Double>
    /// Vehicles that each road has room for in each step.
    let room: Buffer<Double>
    /// Sums over the analysis period.
    let totals: Totals

    /// Sums over the analysis period, in vehicles and vehicle-seconds.
    struct Totals {
        var queueing: [Double]
        var arrivals: [Double]
        var departures: [Double]
        var stops: [Double]
        var random: [Double]
        var longestQueue: [Double]
        var capacity: [Double]
        var waitingOutside: [Double]
        /// Vehicles on the roads or before them at the end.
        var remaining: Double
    }

    init(model: NetworkModel, kernel: Kernel) {
        self.model = model
        departures = Buffer(kernel.departures.count, repeating: 0)
        departures.copy(0..<kernel.departures.count, from: kernel.departures)
        room = Buffer(kernel.room.count, repeating: 0)
        room.copy(0..<kernel.room.count, from: kernel.room)
        func values(_ buffer: Buffer<Double>) -> [Double] { (0..<buffer.count).map { buffer.base[$0] } }
        totals = Totals(
            queueing: values(kernel.queueing), arrivals: values(kernel.arrivals), departures: values(kernel.left),
            stops: values(kernel.stops), random: values(kernel.random), longestQueue: values(kernel.longestQueue),
            capacity: values(kernel.capacity), waitingOutside: values(kernel.waitingOutside),
            remaining: kernel.remaining())
    }

    /// Delay in the whole network, vehicle-seconds.
    public var delay: Double { delay(onRoads: Array(model.roads.indices)) }

    /// Delay on the roads of some junctions, vehicle-seconds.
    public func delay(at junctions: [Int]) -> Double {
        delay(onRoads: junctions.flatMap { model.roadsOfJunction[$0] })
    }

    func delay(onRoads roads: [Int]) -> Double {
        var sum = 0.0
        for road in roads {
            sum += totals.waitingOutside[road]
            for lane in model.roads[road].lanes {
                sum += totals.random[lane]
                for stream in model.lanes[lane].streams {
                    sum += totals.queueing[stream] + totals.stops[stream] * model.settings.lossPerStop
                }
            }
        }
        return sum
    }
}
