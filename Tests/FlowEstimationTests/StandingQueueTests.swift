import FlowEstimation
import SignalModel
import TestSupport
import Testing

/// Demand that a queue keeps out of the network until the period ends.
@Suite("Demand behind queues that stand to the end")
struct StandingQueueTests {
    /// A road of one lane to a stop line, watched as a street is: who comes, who gets in, and what the loops read.
    struct Road {
        /// Vehicles that come in each minute.
        let demand: [Double]
        /// Vehicles that the signals let go in a minute on the average.
        let discharge: Double
        /// Vehicles for which the road has room.
        let room = 17.0
        /// Time for which a vehicle in a queue covers the loop at the entry, s.
        let crawl: Double

        /// Readings by the minute.
        var counts: Counts {
            var readings: [DetectorReading] = []
            var (outside, inside) = (0.0, 0.0)
            for (minute, coming) in demand.enumerated() {
                outside += coming
                let leave = min(discharge + Double(minute % 3 - 1), inside + outside)
                let enter = min(outside, room - inside + leave)
                outside -= enter
                inside += enter - leave
                // A vehicle in free flow covers a loop for about half a second.
                let covered = outside > 0 ? min(0.95, enter * crawl / 60) : enter * 0.5 / 60
                let start = Double(minute) * 60
                func read(_ detector: DetectorID, _ count: Double, _ occupancy: Double) {
                    readings.append(
                        DetectorReading(
                            detector: detector, start: start, length: 60, count: count, occupancy: occupancy))
                }
                read("in_0/entry", enter, covered)
                read("in_0/stop", leave, inside > 0 ? 0.9 : 0.3)
                read("on_0/entry", leave, leave * 0.5 / 60)
            }
            return Counts(readings: readings)
        }
    }

    private static let network = Approach.network([("on", .through)])

    private static func estimate(_ road: Road) throws -> FlowEstimate {
        try FlowEstimator.estimate(network: network, counts: road.counts)
    }

    /// Demand about a mean, that is not the same in any two minutes.
    private static func demand(_ mean: Double, minutes: Int) -> [Double] {
        (0..<minutes).map { mean + Double($0 % 3 - 1) }
    }

    @Test("What waits outside is demand, whether the queue covers the loop or creeps over it", arguments: [30.0, 3])
    func waitingOutside(crawl: Double) throws {
        let road = Road(demand: Self.demand(10, minutes: 60), discharge: 2, crawl: crawl)
        let estimate = try Self.estimate(road)
        let come = road.demand.reduce(0, +)
        let counted = road.counts.readings.filter { $0.detector == "in_0/entry" }.reduce(0) { $0 + ($1.count ?? 0) }
        #expect(estimate.faults.isEmpty)
        #expect(counted < 0.25 * come)
        let total = try #require(estimate.flows.totals["on"])
        #expect(abs(total - come) < 0.12 * come, "\(total) of \(come)")
        let unseen = try #require(estimate.unseen.first)
        #expect(unseen.lane == "in_0")
        #expect(unseen.start < 360)
        let outside = try #require(unseen.vehicles)
        #expect(abs(counted + outside - total) < 0.02 * come, "\(unseen)")
        // It comes as steadily as it came before, and nobody can be sure of it.
        let flow = try #require(estimate.flows.movements.first)
        #expect(flow.flowPerHour.suffix(50).allSatisfy { abs($0 - 600) < 240 }, "\(flow.flowPerHour)")
        #expect(flow.standardErrorPerHour.suffix(50).allSatisfy { $0 > 350 })
        #expect(estimate.flows.sources.map(\.link) == ["in"])
    }

    @Test("A queue that has passed when the period ends hides nobody")
    func passed() throws {
        let rush = Self.demand(10, minutes: 15) + Self.demand(2, minutes: 45)
        let road = Road(demand: rush, discharge: 6, crawl: 6)
        let estimate = try Self.estimate(road)
        #expect(estimate.unseen.isEmpty)
        let total = try #require(estimate.flows.totals["on"])
        #expect(abs(total - rush.reduce(0, +)) < 0.03 * rush.reduce(0, +), "\(total)")
    }

    @Test("A queue that has stood from the start is named, and nothing is made up about those behind it")
    func standingFromTheStart() throws {
        let readings = Road(demand: Self.demand(10, minutes: 80), discharge: 4, crawl: 30).counts.readings
        let counts = Counts(
            readings: readings.filter { $0.start >= 1200 }.map { reading in
                var reading = reading
                reading.start -= 1200
                return reading
            })
        let estimate = try FlowEstimator.estimate(network: Self.network, counts: counts)
        #expect(estimate.unseen.map(\.lane) == ["in_0"])
        let unseen = try #require(estimate.unseen.first)
        #expect(unseen.start == 0 && unseen.vehicles == nil)
        let counted = counts.readings.filter { $0.detector == "in_0/entry" }.reduce(0) { $0 + ($1.count ?? 0) }
        #expect(abs(try #require(estimate.flows.totals["on"]) - counted) < 0.02 * counted)
    }

    @Test("Traffic that slows over the loop before a lane that empties hides nobody")
    func slowTraffic() throws {
        let counts = Counts(
            readings: Road(demand: Self.demand(5, minutes: 60), discharge: 8, crawl: 3).counts.readings.map { reading in
                var reading = reading
                if reading.detector == "in_0/entry" { reading.occupancy = 0.3 }
                if reading.detector == "in_0/stop" { reading.occupancy = 0.5 }
                return reading
            })
        #expect(try FlowEstimator.estimate(network: Self.network, counts: counts).unseen.isEmpty)
    }

    @Test(
        "Flows hold those who got in and those who wait outside",
        arguments: 0..<100 as Range<UInt64>)
    func properties(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let mean = Double.random(in: 2...12, using: &random)
        let demand = (0..<Int.random(in: 5...90, using: &random)).map { _ in Double(random.poisson(mean: mean)) }
        let road = Road(
            demand: demand, discharge: Double.random(in: 1...12, using: &random).rounded(),
            crawl: Double.random(in: 1...30, using: &random))
        guard demand.contains(where: { $0 > 0 }) else { return }
        let estimate = try Self.estimate(road)
        let counted = road.counts.readings.filter { $0.detector == "in_0/entry" }.map { $0.count ?? 0 }
        let total = estimate.flows.totals["on"] ?? 0
        let unseen = estimate.unseen.reduce(0) { $0 + ($1.vehicles ?? 0) }
        #expect(estimate.faults.isEmpty)
        #expect(unseen >= 0)
        #expect(total >= unseen - 1e-6)
        #expect(unseen <= (counted.max() ?? 0) * Double(demand.count))
        #expect(estimate.flows.movements.allSatisfy { abs($0.laneShares.reduce(0, +) - 1) < 1e-9 })
        // Those who got in, but for some that may still be on the road, and those who did not.
        let seen = counted.reduce(0, +)
        #expect(abs(total - unseen - seen) <= road.room + 0.02 * seen, "\(total) of \(seen) and \(unseen)")
    }
}
