import PerformanceModel
import SignalModel
import TestSupport
import Testing

@Suite("Figures of a movement")
struct NetworkPerformanceTests {
    private func figures(flow: Double, green: Double) throws -> NetworkPerformance.MovementFigures {
        let model = NetworkModel(
            network: OneApproach.network(saturationFlowPerHour: 1800),
            flows: OneApproach.flows(Array(repeating: flow, count: 12), intervalLength: 300))
        let timing = OneApproach.plan(cycle: 60, start: 0, green: green)
        let plan = Plan(network: "one approach", name: "test", junctions: [timing])
        return try #require(model.performance(of: plan).movements.first)
    }

    @Test("capacity is saturation flow times the share of green", arguments: [(400.0, 20.0), (300, 30), (900, 24)])
    func capacity(flow: Double, green: Double) throws {
        let figures = try figures(flow: flow, green: green)
        let expected = HCM.capacityPerHour(saturationFlowPerHour: 1800, effectiveGreen: green, cycle: 60)
        #expect(abs(figures.capacityPerHour - expected) < 0.01 * expected)
        #expect(figures.flowPerHour == flow)
        let saturation = try #require(figures.degreeOfSaturation)
        #expect(abs(saturation - flow / expected) < 0.01 * flow / expected)
        #expect(figures.levelOfService == .init(controlDelay: figures.delay, degreeOfSaturation: saturation))
    }

    @Test("the longest queue is what gathers until the queue dissolves")
    func queue() throws {
        let figures = try figures(flow: 360, green: 20)
        // 0.1 veh/s in 40 s of red, at the end of which the first of them leaves.
        #expect(abs(figures.longestQueue - 4) < 0.3, "\(figures.longestQueue)")
    }

    @Test("too much demand is F, and so is no green at all")
    func saturated() throws {
        let over = try figures(flow: 700, green: 20)
        #expect(over.degreeOfSaturation ?? 0 > 1.1)
        #expect(over.levelOfService == .f)
        let never = try figures(flow: 100, green: 0)
        #expect(never.capacityPerHour == 0)
        #expect(never.degreeOfSaturation == nil)
        #expect(never.levelOfService == .f)
    }

    /// Greens on a cycle of 60 s, and Σ r²/(2C) by hand.
    private static let crossings: [(greens: [GreenInterval], delay: Double)] = [
        ([GreenInterval(start: 0, duration: 20)], 40.0 / 3),
        ([GreenInterval(start: 0, duration: 10), GreenInterval(start: 30, duration: 10)], 20.0 / 3),
        ([GreenInterval(start: 50, duration: 30)], 7.5),
    ]

    @Test("people who come at any time wait out the reds", arguments: crossings)
    func crossing(greens: [GreenInterval], delay: Double) throws {
        let plan = JunctionPlan(
            junction: "middle", cycle: 60, offset: 0,
            greens: [
                GroupGreens(group: "walk", intervals: greens),
                GroupGreens(group: "dark", intervals: []),
            ])
        let waited = try #require(plan.pedestrianDelay(of: "walk"))
        #expect(abs(waited - delay) < 1e-9)
        #expect(plan.pedestrianDelay(of: "dark") == nil)
        #expect(plan.pedestrianDelay(of: "unknown") == nil)
    }
}
