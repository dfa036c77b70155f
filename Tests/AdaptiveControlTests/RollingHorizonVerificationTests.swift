import SignalModel
import TestSupport
import Testing

@testable import AdaptiveControl

@Suite("The schedule against all schedules there are")
struct RollingHorizonVerificationTests {
    static let end = 24
    static let freeSpeed = 14.0
    static let startDelay = 1.0

    /// Delay and stops of one road with these greens, by its vehicles one after another.
    static func cost(arrivals: [Double], greens: [(open: Double, close: Double)]) -> Double {
        var ready = 0.0
        var cost = 0.0
        let end = Double(Self.end)
        var isBlocked = false
        for arrival in arrivals {
            var departure: Double?
            for green in greens where departure == nil && !isBlocked {
                let time = max(arrival, ready, green.open + startDelay)
                if time < green.close, time < end { departure = time }
            }
            if let departure {
                ready = departure + 2
                cost += departure - arrival + (departure - arrival > 2 ? 3 : 0)
            } else {
                isBlocked = true
                cost += max(0, end - arrival) + (arrival <= end - 2 ? 3 : 0)
            }
        }
        return cost
    }

    /// Cost of the best of all sequences of changes.
    static func leastCost(main: [Double], side: [Double]) -> Double {
        var best = Double.infinity
        func extend(_ changes: [Int]) {
            var greens: [[(open: Double, close: Double)]] = [[(-1000, .infinity)], []]
            for (number, change) in changes.enumerated() {
                greens[number % 2][greens[number % 2].count - 1].close = Double(change)
                greens[(number + 1) % 2].append((Double(change) + 5, .infinity))
            }
            best = min(best, cost(arrivals: main, greens: greens[0]) + cost(arrivals: side, greens: greens[1]))
            let first = changes.last.map { $0 + 10 } ?? 0
            for change in first..<max(first, end) { extend(changes + [change]) }
        }
        extend([])
        return best
    }

    @Test("No schedule is cheaper than the best of all, and nearly always the best is found")
    func bruteForce() throws {
        var settings = AdaptiveSettings()
        settings.horizon = Self.end
        settings.step = 1
        settings.startDelay = Self.startDelay
        settings.stageChoice = .ownStages
        var horizon = try TwoRoads.horizon(settings)
        let executor = TwoRoads.mainIsGreen(horizon)
        var random = SplitMix64(seed: 7)
        var found = 0
        for _ in 0..<150 {
            let roads = (0..<2).map { _ in
                (0..<Int.random(in: 0...5, using: &random)).map { _ in
                    Double.random(in: 1...250, using: &random)
                }.sorted()
            }
            var picture = TrafficPicture(horizon.layout)
            for (lane, distances) in roads.enumerated() {
                picture.lanes[lane] = distances.map { .init(stream: lane, distance: $0, speed: Self.freeSpeed) }
            }
            _ = horizon.plan(picture, current: 0, executor: executor, at: 0)
            let given = Double(horizon.bestOfRoot.min()!)
            let least = Self.leastCost(
                main: roads[0].map { $0 / Self.freeSpeed }, side: roads[1].map { $0 / Self.freeSpeed })
            #expect(given > least - 0.01)
            #expect(given < least * 1.2 + 3)
            if given < least + 0.01 { found += 1 }
        }
        #expect(found >= 140)
    }

    @Test("An empty road loses its green to a full one, and keeps it against an empty one")
    func obvious() throws {
        var horizon = try TwoRoads.horizon(AdaptiveSettings())
        let executor = TwoRoads.mainIsGreen(horizon)
        var picture = TrafficPicture(horizon.layout)
        #expect(horizon.plan(picture, current: 0, executor: executor, at: 0) == 0)
        picture.lanes[1] = (0..<5).map { .init(stream: 1, distance: 2 + 7 * Double($0), speed: 0, waited: 10) }
        #expect(horizon.plan(picture, current: 0, executor: executor, at: 0) == 1)
        picture.lanes[0] = (0..<12).map { .init(stream: 0, distance: 5 + 20 * Double($0), speed: 14) }
        #expect(horizon.plan(picture, current: 0, executor: executor, at: 0) == 0)
    }
}
