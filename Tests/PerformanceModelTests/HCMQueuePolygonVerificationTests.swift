import PerformanceModel
import Testing

@Suite("The queue polygon against first principles")
struct HCMQueuePolygonVerificationTests {
    @Test(
        "platoons delay as the progression factor says",
        arguments: [(0.2, 0.6), (0.5, 0.8), (0.7, 0.9), (0.5, 0.3), (0.9, 1.3)])
    func platoons(arrivalsOnGreen: Double, saturation: Double) {
        let (cycle, green, service) = (90.0, 40.0, 1800.0)
        let flow = saturation * service * green / cycle
        let polygon = HCM.QueueAccumulationPolygon([
            .init(
                duration: cycle - green, arrivalFlowPerHour: flow * cycle * (1 - arrivalsOnGreen) / (cycle - green),
                serviceFlowPerHour: 0),
            .init(
                duration: green, arrivalFlowPerHour: flow * cycle * arrivalsOnGreen / green, serviceFlowPerHour: service
            ),
        ])
        let factor = HCM.progressionFactor(
            arrivalsOnGreen: arrivalsOnGreen, cycle: cycle, effectiveGreen: green, degreeOfSaturation: saturation)
        let delay = HCM.uniformDelay(
            cycle: cycle, effectiveGreen: green, degreeOfSaturation: saturation, progressionFactor: factor)
        #expect(abs(polygon.uniformDelay - delay) < 1e-6, "\(polygon.uniformDelay) against \(delay)")
        #expect(abs(polygon.degreeOfSaturation - saturation) < 1e-9)
    }

    @Test("any cycle gives what a queue counted in small steps gives", arguments: 1...40)
    func countedInSteps(seed: Int) {
        let intervals = Self.intervals(seed: UInt64(seed))
        let polygon = HCM.QueueAccumulationPolygon(intervals)
        let counted = Self.count(intervals, share: min(1, 1 / polygon.degreeOfSaturation))
        let tolerance = 1e-5 * max(1, counted.delay)
        #expect(abs(polygon.uniformDelay - counted.delay) < tolerance, "\(polygon.uniformDelay), \(counted.delay)")
        #expect(abs(polygon.greatestQueue - counted.greatest) < 1e-6)
        let back = polygon.backOfQueue(stopDelay: 6)
        #expect(back >= 0 && back <= polygon.backOfQueue(stopDelay: 0))
        #expect(polygon.backOfQueue(stopDelay: 0) >= polygon.greatestQueue - 1e-6)
    }

    @Test("where the turn starts in the cycle makes no difference", arguments: 1...40)
    func rotation(seed: Int) {
        let intervals = Self.intervals(seed: UInt64(seed))
        let rotated = Array(intervals.dropFirst(2) + intervals.prefix(2))
        let one = HCM.QueueAccumulationPolygon(intervals)
        let other = HCM.QueueAccumulationPolygon(rotated)
        #expect(abs(one.uniformDelay - other.uniformDelay) < 1e-6)
        #expect(abs(one.greatestQueue - other.greatestQueue) < 1e-6)
        #expect(abs(one.backOfQueue(stopDelay: 5) - other.backOfQueue(stopDelay: 5)) < 1e-6)
    }

    /// Three to seven intervals, some red, some with vehicles that leave at the end.
    private static func intervals(seed: UInt64) -> [HCM.QueueAccumulationPolygon.Interval] {
        var state = seed &* 0x9E37_79B9_7F4A_7C15
        func next(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        let count = 3 + next(5)
        return (0..<count).map { number in
            let isRed = number == 0 || next(2) == 0
            return .init(
                duration: Double(5 + next(30)), arrivalFlowPerHour: Double(100 + next(500)),
                serviceFlowPerHour: isRed && number != 1 ? 0 : Double(300 + next(1600)),
                vehiclesAtEnd: next(4) == 0 ? 2 : 0)
        }
    }

    /// The queue of point-like vehicles in steps of 5 ms, over the sixth cycle.
    private static func count(
        _ intervals: [HCM.QueueAccumulationPolygon.Interval], share: Double
    ) -> (delay: Double, greatest: Double) {
        let step = 0.005
        var queue = 0.0
        var (area, arrived, greatest) = (0.0, 0.0, 0.0)
        for cycle in 0..<6 {
            for interval in intervals {
                for _ in 0..<Int((interval.duration / step).rounded()) {
                    let arrivals = interval.arrivalFlowPerHour * share / 3600 * step
                    let before = queue
                    queue = max(0, queue + arrivals - interval.serviceFlowPerHour / 3600 * step)
                    guard cycle == 5 else { continue }
                    area += (before + queue) / 2 * step
                    arrived += arrivals
                    greatest = max(greatest, queue)
                }
                queue = max(0, queue - interval.vehiclesAtEnd)
            }
        }
        return (area / arrived, greatest)
    }
}
