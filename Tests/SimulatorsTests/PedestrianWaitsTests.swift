import SignalModel
import TestSupport
import Testing

@testable import Simulators

@Suite("What people at crossings wait")
struct PedestrianWaitsTests {
    /// The small network's crossing green for a time of a cycle of 60 s, and people if any.
    private func waits(green: Double, people: Double?) -> PedestrianWaits {
        let network = SmallNetwork.network
        let timing = JunctionPlan(
            junction: "J", cycle: 60, offset: 0,
            greens: [GroupGreens(group: "walk", intervals: [GreenInterval(start: 10, duration: green)])])
        let flows = Flows(
            start: 0, intervalLength: 3600, intervalCount: 1, sources: [], movements: [],
            crossings: people.map { [CrossingFlow(junction: "J", group: "walk", flowPerHour: [$0])] } ?? [])
        return PedestrianWaits(
            plan: Plan(network: network.name, name: "p", junctions: [timing]), network: network, flows: flows)
    }

    @Test("Mean r²/2C, and the wait that one in twenty exceeds, r − C/20")
    func oneCrossing() throws {
        let waiting = try #require(waits(green: 20, people: 90).waiting)
        #expect(abs(waiting.mean - 40.0 * 40 / 120) < 1e-9)
        #expect(abs(waiting.percentile95 - 37) < 1e-5)
        #expect(waiting.people == 90)
    }

    @Test("Nobody counted: every crossing weighs the same; nobody waits where it is nearly always green")
    func uncounted() throws {
        let waiting = try #require(waits(green: 20, people: nil).waiting)
        #expect(waiting.people == 0 && abs(waiting.mean - 40.0 * 40 / 120) < 1e-9)
        #expect(try #require(waits(green: 58, people: 5).waiting).percentile95 == 0)
    }

    @Test("The formula agrees with people who come one after another")
    func enumerated() throws {
        let waiting = try #require(waits(green: 25, people: 1).waiting)
        // Green from 10 to 35 s: every hundredth of a second somebody comes.
        let each = (0..<6000).map { number -> Double in
            let time = (Double(number) + 0.5) / 100
            return time < 10 ? 10 - time : time < 35 ? 0 : 70 - time
        }.sorted()
        #expect(abs(each.reduce(0, +) / 6000 - waiting.mean) < 0.01)
        #expect(abs(each[5700] - waiting.percentile95) < 0.05)
    }
}
