import SignalModel
import Testing

@testable import PerformanceModel

@Suite("Turns that give way, against what gets through when they queue")
struct PermissiveTurnVerificationTests {
    private let plan = LeftTurn.plan

    @Test(
        "the capacity of a turn that few make is what gets through when many want to",
        arguments: [(100.0, 2), (400, 2), (700, 2), (400, 0), (700, 0)])
    func capacity(against: Double, waitingInside: Int) throws {
        let few = LeftTurn.model(left: 12, against: against, waitingInside: waitingInside).performance(of: plan)
        let stated = try #require(few.movements.first { $0.movement == "left" }).capacityPerHour
        let many = LeftTurn.model(left: 900, against: against, waitingInside: waitingInside)
        let left = many.evaluate(plan).balance().left
        let opposing = LeftTurn.model(left: 0, against: against, waitingInside: waitingInside).evaluate(plan).balance()
            .left
        let through = left - opposing
        #expect(abs(stated - through) < 0.02 * through, "\(stated) veh/h against \(through) veh/h")
        let saturated = many.performance(of: plan).movements.first { $0.movement == "left" }
        let saturation = try #require(saturated?.degreeOfSaturation)
        #expect(abs(saturation - 900 / stated) < 0.05 * 900 / stated)
    }

    @Test("Nobody turns before an opposing queue that has just got green", arguments: [0, 2])
    func opposingQueue(waitingInside: Int) throws {
        let many = LeftTurn.model(left: 900, against: 700, waitingInside: waitingInside)
        let run = many.evaluate(plan)
        let left = try #require(many.streams.firstIndex { many.network.movements[$0.movement].id == "left" })
        func turned(_ seconds: Range<Int>) -> Double {
            // From the third cycle on there are queues on both sides.
            (2..<47).reduce(0) { sum, cycle in
                sum + seconds.reduce(0) { $0 + run.departures[left * many.stepCount + 75 * cycle + 40 + $1] }
            } / 45
        }
        // The queue goes for half a minute: its head is no easier to get before than the rest of it.
        #expect(turned(0..<2) < 1.01 * turned(10..<12), "\(turned(0..<2)) against \(turned(10..<12))")
        #expect(turned(31..<33) > 3 * turned(10..<12), "\(turned(31..<33)) against \(turned(10..<12))")
    }

    /// Capacity of the turn, veh/h, at a signal that is always green, against 1200 veh/h and none in turn.
    private func capacity(platoonsOf seconds: Double) throws -> Double {
        let against = (0..<Int(3600 / seconds)).map { $0 % 2 == 0 ? 1200.0 : 0 }
        return try capacity(against: against, intervalLength: seconds)
    }

    private func capacity(against: [Double], intervalLength: Double) throws -> Double {
        let model = LeftTurn.model(left: 12, against: against, intervalLength: intervalLength, waitingInside: 0)
        let always = JunctionPlan(
            junction: "middle", cycle: 75, offset: 0,
            greens: [GroupGreens(group: "main", intervals: [GreenInterval(start: 0, duration: 75)])])
        let found = model.performance(of: Plan(network: "left turn", name: "always", junctions: [always]))
        return try #require(found.movements.first { $0.movement == "left" }).capacityPerHour
    }

    @Test("A trough between platoons that is shorter than a gap is no gap; a longer one is")
    func troughs() throws {
        let even = try capacity(against: Array(repeating: 600, count: 12), intervalLength: 300)
        let short = try capacity(platoonsOf: 3)
        #expect(abs(short / even - 1) < 0.05, "\(short) against \(even)")
        let long = try capacity(platoonsOf: 60)
        #expect(long > 1.3 * even, "\(long) against \(even)")
    }

    @Test("Those who look for gaps follow each other at the follow-up headway of the HCM, however little opposes them")
    func followUp() throws {
        let free = try capacity(against: [0], intervalLength: 3600)
        #expect(abs(free - 1700) < 1, "\(free)")
        let opposed = try capacity(against: [60], intervalLength: 3600)
        #expect(opposed < 3600 / 2.5 && opposed > 0.8 * 3600 / 2.5, "\(opposed)")
    }
}
