import SignalModel
import TestSupport
import Testing

@testable import PlanAdaptation

@Suite("What a change of plan costs")
struct TransitionCostTests {
    /// Two groups that take turns: 40 s and 30 s of green, 5 s between.
    private static func junction(leastGreen: Double = 10) -> Junction {
        Junction(
            id: "J", nodes: ["C"],
            signalGroups: [
                SignalGroup(id: "main", leastGreen: leastGreen), SignalGroup(id: "side", leastGreen: leastGreen),
            ],
            intergreens: [
                Intergreen(ending: "main", starting: "side", seconds: 5),
                Intergreen(ending: "side", starting: "main", seconds: 5),
            ])
    }

    private static func timing(offset: Double) -> JunctionPlan {
        JunctionPlan(
            junction: "J", cycle: 80, offset: offset,
            greens: [
                GroupGreens(group: "main", intervals: [GreenInterval(start: 0, duration: 40)]),
                GroupGreens(group: "side", intervals: [GreenInterval(start: 45, duration: 30)]),
            ])
    }

    private static func cost(
        later: Double, leastGreen: Double = 10, flow: Double = 0.15, ratio: Double = 0.3
    ) -> TransitionCost {
        TransitionCost(
            from: timing(offset: 0), to: timing(offset: later), rules: JunctionRules(junction(leastGreen: leastGreen)),
            demand: [GroupDemand(flow: flow, ratio: ratio), GroupDemand(flow: flow, ratio: ratio)])
    }

    @Test("The same timing costs nothing, and is turned back for nothing", arguments: [0, 7, 42, 77])
    func nothing(time: Int) {
        #expect(Self.cost(later: 0).cheapest(at: time) == .init(way: nil, cost: 0))
        let ways = Self.cost(later: 30).cheapestByRotation(at: time)
        #expect(ways[50] == .init(way: nil, cost: 0))
        #expect(ways.indices.filter { ways[$0].cost == 0 } == [50])
    }

    @Test("A little later is waited for, a little earlier is reached by shorter cycles")
    func choice() {
        // At the middle of a stage, where the lamps tell the place.
        let later = Self.cost(later: 4).cheapest(at: 20)
        #expect(later.way == .dwell || later.way == .long)
        let earlier = Self.cost(later: 76).cheapest(at: 20)
        #expect(earlier.way == .short)
        #expect(later.cost > 0 && earlier.cost > 0)
    }

    @Test("Without greens above the least no cycle can be shortened")
    func leastGreens() {
        for later in 1..<80 {
            let way = Self.cost(later: Double(later), leastGreen: 30).cheapest(at: 20)
            let tight = Self.cost(later: Double(later), leastGreen: 40).cheapest(at: 20)
            #expect(way.way != nil && tight.way != .short)
        }
    }

    @Test("The farther out of step, the dearer; and who comes is what counts")
    func monotonous() {
        let costs = (1...30).map { Self.cost(later: Double($0)).cheapest(at: 20).cost }
        #expect(zip(costs, costs.dropFirst()).allSatisfy { $0 <= $1 + 1e-9 }, "\(costs)")
        let light = Self.cost(later: 10, flow: 0.05, ratio: 0.1).cheapest(at: 20)
        #expect(light.cost < costs[9])
        #expect(Self.cost(later: 10, flow: 0, ratio: 0).cheapest(at: 20).cost == 0)
    }
}

extension TransitionCost {
    fileprivate func cheapest(at time: Int) -> Way { cheapestByRotation(at: time)[0] }
}
