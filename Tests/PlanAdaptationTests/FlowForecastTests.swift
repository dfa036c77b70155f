import SignalModel
import Testing

@testable import PlanAdaptation

@Suite("Forecasts of all flows")
struct FlowForecastTests {
    /// Measurements of intervals of 300 s: a source, a turn of half of it, and people at a crossing.
    private func measured(from start: Double, _ perHour: [Double]) -> Flows {
        Flows(
            start: start, intervalLength: 300, intervalCount: perHour.count,
            sources: [LinkFlow(link: "A", flowPerHour: perHour)],
            movements: [
                MovementFlow(
                    movement: "A>B", flowPerHour: perHour.map { $0 / 2 },
                    standardErrorPerHour: perHour.map { $0 / 10 }, laneShares: [1])
            ],
            crossings: [CrossingFlow(junction: "J", group: "walk", flowPerHour: perHour.map { $0 / 4 })])
    }

    @Test("Windows that overlap teach what their newest intervals do, and the same window twice teaches nothing")
    func overlap() {
        let demand = [600.0, 600, 600, 900, 1200, 1200]
        var overlapping = FlowForecast()
        var apart = FlowForecast()
        apart.observe(measured(from: 0, Array(demand[0..<3])))
        for number in 3..<demand.count { apart.observe(measured(from: 300 * Double(number), [demand[number]])) }
        for end in 3...demand.count {
            let window = measured(from: 300 * Double(end - 3), Array(demand[(end - 3)..<end]))
            overlapping.observe(window)
            overlapping.observe(window)
        }
        #expect(overlapping.measuredUntil == 1800)
        let expected = apart.flows(from: 1800, intervals: 2, of: 300)
        #expect(overlapping.flows(from: 1800, intervals: 2, of: 300) == expected)
        #expect((expected.sources.first?.flowPerHour.first ?? 0) > 900, "it follows what came last")
    }
}
