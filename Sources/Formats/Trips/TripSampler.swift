import SignalModel

extension TripDemand {
    /// Draws single vehicles that make up given flows.
    ///
    /// Every source sends its flow at times drawn uniformly in each interval. At each node a vehicle draws its turn in the mix
    /// of the flows at the time that free flow brings it there. A vehicle may, unlike a driver, come back to where it was.
    ///
    /// - Parameters:
    ///   - day: How near to the flows the vehicles are.
    ///   - seed: The same seed gives the same trips.
    /// - Throws: ``FormatError`` of "flows" where they come to more vehicles than can be drawn.
    public static func sampled(
        from flows: Flows, in network: Network, day: Day = .turnsByLuck, seed: UInt64
    ) throws(FormatError) -> TripDemand {
        try TripSampler.check(flows)
        var sampler = TripSampler(flows: flows, network: network, day: day, seed: seed)
        return TripDemand(trips: sampler.trips())
    }

    /// What ``sampled(from:in:day:seed:)`` leaves to luck.
    public enum Day: Sendable {
        /// Times alone: sources send what was counted, fractions of vehicles carried from interval to interval, and turns are
        /// drawn in proportion to the vehicles that the movements should have had by then, less those that they had.
        case asCounted
        /// Turns too, each for itself.
        case turnsByLuck
        /// How many come too: a Poisson number about what was counted in each interval.
        case another
    }
}

/// Draws vehicles and their turns from flows.
private struct TripSampler {
    /// Links after which a vehicle ends its journey wherever it is.
    private static let longestRoute = 200
    /// Least share of a link's traffic that must vanish before vehicles are taken to end their journey on it: what is on
    /// its way at the end of the period has not vanished.
    private static let leastEndingShare = 0.1

    /// Most vehicles that are drawn one by one.
    private static let greatestTripCount = 1_000_000

    private let flows: Flows
    private let intervals: Int
    private let network: Network
    private let index: NetworkIndex
    private var generator: SeededGenerator
    /// Flow of each movement by interval, and last their sum.
    private let turning: [[Double]]
    /// Share of the vehicles on each link that end their journey there.
    private let ending: [Double]
    private let day: TripDemand.Day
    /// Vehicles that each movement should have had by its flow, less those that it had.
    private var owed: [Double]

    init(flows: Flows, network: Network, day: TripDemand.Day, seed: UInt64) {
        self.day = day
        self.flows = flows
        let intervals = max(0, min(flows.intervalCount, flows.movements.map(\.flowPerHour.count).max() ?? 0))
        self.intervals = intervals
        self.network = network
        index = NetworkIndex(network)
        generator = SeededGenerator(seed: seed)
        var turning = Array(
            repeating: Array(repeating: 0.0, count: intervals + 1), count: network.movements.count)
        for flow in flows.movements {
            guard let movement = index.movements[flow.movement] else { continue }
            for (interval, value) in flow.flowPerHour.prefix(intervals).enumerated() where value > 0 {
                turning[movement][interval] += value
                turning[movement][intervals] += value
            }
        }
        var entering = Array(repeating: 0.0, count: network.links.count)
        for source in flows.sources {
            guard let link = index.links[source.link] else { continue }
            entering[link] += source.flowPerHour.reduce(0) { $0 + max(0, $1) }
        }
        self.turning = turning
        owed = Array(repeating: 0, count: network.movements.count)
        ending = network.links.indices.map { [index] link in
            let coming = index.movementsTo[link].reduce(entering[link]) { $0 + (turning[$1].last ?? 0) }
            let leaving = index.movementsFrom[link].reduce(0) { $0 + (turning[$1].last ?? 0) }
            let share = coming > 0 ? 1 - leaving / coming : 1
            return share < Self.leastEndingShare ? 0 : share
        }
    }

    /// Refuses flows that come to too many vehicles.
    static func check(_ flows: Flows) throws(FormatError) {
        let hours = flows.intervalLength / 3600
        let count = flows.sources.flatMap(\.flowPerHour).filter(\.isFinite).reduce(0) { $0 + max(0, $1) * hours }
        guard count <= Double(greatestTripCount) else {
            throw FormatError(
                file: "flows",
                fault: .unexpected(
                    expected: "at most \(greatestTripCount) vehicles", found: Problem.plain(count.rounded())))
        }
    }

    mutating func trips() -> [Trip] {
        var trips: [Trip] = []
        for source in flows.sources {
            guard let link = index.links[source.link] else { continue }
            var owed = 0.0
            for (interval, flow) in source.flowPerHour.prefix(intervals).enumerated()
            where flow.isFinite && flow > 0 {
                let mean = flow * flows.intervalLength / 3600
                owed += day == .another ? Double(poisson(mean)) : mean
                while owed >= 1 - 1e-9 {
                    owed -= 1
                    let start = flows.start + (Double(interval) + generator.nextShare()) * flows.intervalLength
                    trips.append(Trip(start: start, route: route(from: link, start: start)))
                }
            }
        }
        let order = trips.indices.sorted { (trips[$0].start, $0) < (trips[$1].start, $1) }
        return order.map { trips[$0] }
    }

    private mutating func poisson(_ mean: Double) -> Int { PoissonNumber.draw(mean: mean, using: &generator) }

    private mutating func route(from first: Int, start: Double) -> [LinkID] {
        var route = [network.links[first].id]
        var link = first
        var clock = start
        while route.count < Self.longestRoute {
            let place = network.links[link]
            let speed = max(0.1, min(place.freeFlowSpeed, network.vehicles.greatestSpeed ?? .infinity))
            clock += place.length / speed
            guard generator.nextShare() >= ending[link], let movement = turn(from: link, at: clock),
                let next = index.links[network.movements[movement].to]
            else { break }
            route.append(network.links[next].id)
            link = next
        }
        return route
    }

    /// Draws a turn; in an interval without traffic out of the link, from the whole period's.
    private mutating func turn(from link: Int, at time: Double) -> Int? {
        let candidates = index.movementsFrom[link]
        let place = (time - flows.start) / flows.intervalLength
        let interval = place < Double(intervals) ? max(0, Int(place)) : intervals
        for column in [interval, intervals] {
            let sum = candidates.reduce(0) { $0 + turning[$1][column] }
            guard sum > 0 else { continue }
            let served = candidates.filter { turning[$0][column] > 0 }
            switch day {
            case .turnsByLuck, .another: return draw(from: served, weights: served.map { turning[$0][column] })
            case .asCounted:
                for movement in served { owed[movement] += turning[movement][column] / sum }
                let drawn = draw(from: served, weights: served.map { max(0, owed[$0]) })
                owed[drawn] -= 1
                return drawn
            }
        }
        return nil
    }

    /// One of the movements, in proportion to their weights.
    private mutating func draw(from movements: [Int], weights: [Double]) -> Int {
        var left = generator.nextShare() * weights.reduce(0, +)
        for (movement, weight) in zip(movements, weights) {
            left -= weight
            if left < 0 { return movement }
        }
        return movements[movements.count - 1]
    }
}
