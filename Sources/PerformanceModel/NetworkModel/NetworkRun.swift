/// What one simulation of the whole network left behind: enough to simulate any part of it again on its own.
public final class NetworkRun: @unchecked Sendable {
    /// What was simulated.
    public let model: NetworkModel
    private let arena = Arena()
    /// Vehicles that leave by each stream in each step.
    let departures: UnsafeMutablePointer<Double>
    /// What others give way to, by row of ``KernelLayout/Stream/claim`` and step.
    let claims: UnsafeMutablePointer<Double>
    /// Vehicles that each road has room for in each step.
    let room: UnsafeMutablePointer<Double>
    /// Sums over the analysis period.
    let totals: Totals

    /// Sums over the analysis period, in vehicles and vehicle-seconds.
    struct Totals {
        var queueing: [Double]
        var arrivals: [Double]
        var departures: [Double]
        var couldLeave: [Double]
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
        departures = arena.array(model.streams.count * model.stepCount, of: 0)
        departures.update(from: kernel.departures, count: model.streams.count * model.stepCount)
        claims = arena.array(model.layout.claimCount * model.stepCount, of: 0)
        claims.update(from: kernel.claims, count: model.layout.claimCount * model.stepCount)
        room = arena.array(model.roads.count * model.stepCount, of: 0)
        room.update(from: kernel.room, count: model.roads.count * model.stepCount)
        func values(_ base: UnsafeMutablePointer<Double>, _ count: Int) -> [Double] {
            Array(UnsafeBufferPointer(start: base, count: count))
        }
        func times(_ base: UnsafeMutablePointer<Double>, _ count: Int) -> [Double] {
            values(base, count).map { $0 * model.stepLength }
        }
        totals = Totals(
            queueing: times(kernel.queueing, model.streams.count),
            arrivals: values(kernel.arrivals, model.streams.count),
            departures: values(kernel.left, model.streams.count),
            couldLeave: values(kernel.couldLeave, model.streams.count),
            stops: values(kernel.stops, model.streams.count),
            random: times(kernel.random, model.lanes.count),
            longestQueue: values(kernel.longestQueue, model.lanes.count),
            capacity: values(kernel.capacity, model.lanes.count),
            waitingOutside: times(kernel.waitingOutside, model.roads.count), remaining: kernel.remaining())
        delay = kernel.delay(onRoads: Array(model.roads.indices))
        performanceIndex = kernel.performanceIndex(onRoads: Array(model.roads.indices))
    }

    /// Delay in the whole network, vehicle-seconds.
    public let delay: Double
    /// What the optimiser makes least, vehicle-seconds: delay, and the time spent before full roads by its weight.
    public let performanceIndex: Double
}
