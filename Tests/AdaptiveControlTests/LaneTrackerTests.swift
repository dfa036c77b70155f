import SignalModel
import Testing

@testable import AdaptiveControl

@Suite("Vehicles on a lane as they are believed to be")
struct LaneTrackerTests {
    static func tracker(
        length: Double = 200, ownCount: Int = 0, upstream: [LoopDetectorPlan.Sight] = [], history: [Double] = [1, 1]
    ) -> LaneTracker {
        LaneTracker(
            speed: 14, length: length, spacing: 7.5, turns: TurnShares(streams: [0, 1], history: history), flow: 600,
            ownCount: ownCount, upstream: upstream, settings: AdaptiveSettings())
    }

    /// What ten zones of 20 m say of vehicles at these distances.
    static func reading(_ vehicles: [(distance: Double, speed: Double)]) -> AreaReading {
        AreaReading(
            zones: (0..<10).map { zone in
                let own = vehicles.filter { max(0, min(9, Int($0.distance / 20))) == zone }
                let sum = own.reduce(0) { $0 + $1.speed }
                return .init(
                    vehicles: own.count, halted: own.count { $0.speed < 0.1 },
                    meanSpeed: own.isEmpty ? -1 : sum / Double(own.count))
            })
    }

    @Test("Who is missing and who is new is found at the least cost, in order")
    func alignment() {
        var alignment = LaneAlignment()
        let believed = [5.0, 30, 55, 120]
        let seen = [28.0, 57, 90, 121]
        alignment.align(
            believed: believed.count, seen: seen.count, same: { abs(believed[$0] - seen[$1]) }, gone: { _ in 20 },
            new: { _ in 20 })
        #expect(alignment.partners == [1, 2, nil, 3])
        alignment.align(believed: 0, seen: 2, same: { _, _ in 0 }, gone: { _ in 1 }, new: { _ in 1 })
        #expect(alignment.partners == [nil, nil])
        alignment.align(believed: 3, seen: 0, same: { _, _ in 0 }, gone: { _ in 1 }, new: { _ in 1 })
        #expect(alignment.partners == [])
    }

    @Test("Zones of 20 m place a platoon to a few metres, and it keeps its streams until it has left")
    func platoon() {
        var tracker = Self.tracker()
        var places = [190.0, 215, 240]
        var worst = 0.0
        var streams: [Int] = []
        for second in 0..<25 {
            for number in places.indices { places[number] -= 14 }
            let there = places.filter { $0 > -5 && $0 <= 200 }
            tracker.observe(
                Self.reading(there.map { ($0, 14) }), open: { _ in true }, mayPass: { _ in true },
                yields: { _ in false })
            #expect(tracker.vehicles.count == there.count, "second \(second)")
            guard tracker.vehicles.count == there.count else { return }
            for (vehicle, place) in zip(tracker.vehicles, there) { worst = max(worst, abs(vehicle.distance - place)) }
            if second == 4 { streams = tracker.vehicles.map(\.stream) }
            if there.count == 3 { #expect(second < 4 || tracker.vehicles.map(\.stream) == streams) }
        }
        #expect(streams.count == 3)
        #expect(worst < 10)
        #expect(tracker.vehicles.isEmpty)
    }

    @Test("A head of the queue that does not leave under green is taken for one that has none")
    func stuck() {
        var tracker = Self.tracker(history: [9, 1])
        let queue = Self.reading([(1, 0), (8.5, 0)])
        for _ in 0..<3 {
            tracker.observe(queue, open: { _ in false }, mayPass: { _ in false }, yields: { _ in false })
        }
        #expect(tracker.vehicles.map(\.stream) == [0, 0])
        for _ in 0..<6 {
            tracker.observe(queue, open: { $0 == 0 }, mayPass: { $0 == 0 }, yields: { _ in false })
        }
        #expect(tracker.vehicles[0].stream == 1)
        #expect(tracker.vehicles[0].waited >= 8)
    }

    @Test("Who was believed to pass in the yellow and stopped is still there")
    func stoppedAfterAll() {
        var tracker = Self.tracker()
        for distance in [30.0, 16, 6] {
            tracker.observe(
                Self.reading([(distance, 12)]), open: { _ in true }, mayPass: { _ in true },
                yields: { _ in false })
        }
        for _ in 0..<3 {
            tracker.observe(
                Self.reading([(1, 0)]), open: { _ in false }, mayPass: { _ in false }, yields: { _ in false }
            )
        }
        #expect(tracker.vehicles.count == 1)
        #expect(tracker.vehicles.first.map { $0.distance >= 0 && $0.speed == 0 } == true)
    }

    @Test("On a lane that nobody sees a queue grows at the usual rate, but not beyond the lane")
    func unseen() {
        var tracker = Self.tracker(length: 100)
        for _ in 0..<30 {
            tracker.coast(inflow: 0.2, open: { _ in false }, mayGo: { _ in false })
        }
        #expect((5...6).contains(tracker.vehicles.count))
        for _ in 0..<300 {
            tracker.coast(inflow: 0.2, open: { _ in false }, mayGo: { _ in false })
        }
        #expect(tracker.vehicles.count == 14)
        #expect(tracker.vehicles[0].distance == 0)
    }

    private static func loops(_ passed: [Int], occupied: [Bool] = [false, false, false], covered: Int = 0)
        -> [LaneTracker.Loop]
    {
        [3, 40, 150].enumerated().map { number, distance in
            LaneTracker.Loop(
                distance: distance,
                reading: LoopReading(
                    passed: passed[number], isCovered: occupied[number] && passed[number] == 0,
                    isOccupied: occupied[number]), covered: occupied[number] ? covered : 0)
        }
    }

    private static func go(_ tracker: inout LaneTracker, _ loops: [LaneTracker.Loop], isGreen: Bool) {
        tracker.observe(
            loops, farther: [], inflow: 0, open: { _ in isGreen }, mayGo: { _ in isGreen }, mayPass: { _ in isGreen },
            yields: { _ in false })
    }

    @Test("A vehicle is counted from loop to loop, stands on the last, and has left when that is free")
    func loopToLoop() {
        var tracker = Self.tracker(length: 150, ownCount: 3)
        Self.go(&tracker, Self.loops([0, 0, 1]), isGreen: false)
        #expect(tracker.vehicles.map(\.distance) == [150])
        for _ in 0..<8 { Self.go(&tracker, Self.loops([0, 0, 0]), isGreen: false) }
        #expect(tracker.vehicles.first.map { $0.distance < 60 && $0.distance >= 40 } == true)
        Self.go(&tracker, Self.loops([0, 1, 0]), isGreen: false)
        for _ in 0..<3 { Self.go(&tracker, Self.loops([0, 0, 0]), isGreen: false) }
        Self.go(&tracker, Self.loops([1, 0, 0], occupied: [true, false, false]), isGreen: false)
        for second in 1..<10 {
            Self.go(&tracker, Self.loops([0, 0, 0], occupied: [true, false, false], covered: second), isGreen: false)
        }
        #expect(tracker.vehicles.count == 1)
        #expect(tracker.vehicles.first?.speed == 0)
        Self.go(&tracker, Self.loops([0, 0, 0]), isGreen: true)
        #expect(tracker.vehicles.isEmpty)
    }

    @Test("Who does not come to a free loop has changed lanes; a loop that stays covered has a queue up to it")
    func drift() {
        var tracker = Self.tracker(length: 150, ownCount: 3)
        Self.go(&tracker, Self.loops([0, 0, 1]), isGreen: false)
        for _ in 0..<20 { Self.go(&tracker, Self.loops([0, 0, 0]), isGreen: false) }
        #expect(tracker.vehicles.isEmpty)
        for second in 1..<6 {
            Self.go(&tracker, Self.loops([0, 0, 0], occupied: [true, true, false], covered: second), isGreen: false)
        }
        #expect(tracker.vehicles.count == 5)
    }

    @Test("No more are believed between two loops than can stand there")
    func fullLane() {
        var tracker = Self.tracker(length: 150, ownCount: 3)
        for _ in 0..<60 { Self.go(&tracker, Self.loops([0, 0, 1]), isGreen: false) }
        let places = Int(110 / tracker.spacing)
        #expect((places...places + 3).contains(tracker.vehicles.count { $0.ahead == 2 }))
        #expect(tracker.vehicles.allSatisfy { $0.ahead == 2 })
    }

    @Test("A queue that covers a loop far up and has moved off in front is not taken to fill the lane")
    func movingQueue() {
        var tracker = Self.tracker(length: 150, ownCount: 3)
        for second in 1..<6 {
            Self.go(&tracker, Self.loops([0, 0, 0], occupied: [false, false, true], covered: second), isGreen: true)
        }
        #expect(tracker.vehicles.count { $0.ahead == 2 } == Int(110 / tracker.spacing))
        #expect(tracker.vehicles.allSatisfy { $0.ahead == 2 })
    }

    @Test("Who has passed a loop farther up stands behind the lane, not on it, until the lane's own loop counts it")
    func farther() {
        let sight = LoopDetectorPlan.Sight(loop: 1, distance: 90, share: 1, next: nil)
        var tracker = Self.tracker(length: 3, ownCount: 1, upstream: [sight])
        func go(_ passed: Int, isOccupied: Bool, isGreen: Bool) {
            let reading = LoopReading(passed: passed, isCovered: isOccupied && passed == 0, isOccupied: isOccupied)
            let free = LoopReading(passed: 0, isCovered: false, isOccupied: false)
            tracker.observe(
                [.init(distance: 3, reading: reading, covered: 0)],
                farther: [.init(distance: 90, reading: free, covered: 0)], inflow: 0, open: { _ in isGreen },
                mayGo: { _ in isGreen }, mayPass: { _ in isGreen }, yields: { _ in false })
        }
        for _ in 0..<3 {
            tracker.pass(0, expected: tracker.expected(at: 0))
            go(0, isOccupied: false, isGreen: false)
            go(0, isOccupied: false, isGreen: false)
        }
        for _ in 0..<3 { go(0, isOccupied: false, isGreen: false) }
        go(1, isOccupied: true, isGreen: false)
        for _ in 0..<20 { go(0, isOccupied: true, isGreen: false) }
        #expect(tracker.vehicles.count == 3)
        #expect(tracker.vehicles.map { $0.speed < 1 } == [true, true, true])
        #expect(tracker.vehicles.last.map { (10...20).contains($0.distance) } == true)
        go(0, isOccupied: false, isGreen: true)
        go(1, isOccupied: true, isGreen: true)
        go(0, isOccupied: false, isGreen: true)
        #expect(tracker.vehicles.count == 1)
    }
}
