import PerformanceModel
import PlanAdaptation
import PlanOptimizer
import SignalModel
import TestSupport
import Testing

@Suite("Decisions of a district")
struct DistrictAdaptationTests {
    private let network = JunctionGenerator.irregular(rows: 1, columns: 3, seed: 3)

    private func flows(_ start: Double, seed: UInt64 = 3, greatest: Double = 300) -> Flows {
        var flows = FlowsGenerator.flows(for: network, seed: seed, greatestFlowPerLane: greatest)
        flows.start = start
        return flows
    }

    private var settings: AdaptationSettings {
        var settings = AdaptationSettings()
        settings.optimizer.effort = 8
        settings.optimizer.threads = 1
        return settings
    }

    private func plan(for flows: Flows) throws -> Plan {
        try PlanOptimizer(
            model: NetworkModel(network: network, flows: flows), settings: settings.optimizer
        ).optimize().plan
    }

    /// The same demand, counted again with other luck.
    private func counted(_ flows: Flows, _ random: inout SeededGenerator) -> Flows {
        var result = flows
        func draw(_ flow: Double) -> Double {
            Double(PoissonNumber.draw(mean: flow / 12, using: &random)) * 12
        }
        for position in result.sources.indices {
            result.sources[position].flowPerHour = result.sources[position].flowPerHour.map(draw)
        }
        for position in result.movements.indices {
            let drawn = result.movements[position].flowPerHour.map(draw)
            result.movements[position].flowPerHour = drawn
            result.movements[position].standardErrorPerHour = drawn.map { max(1, $0 / 12).squareRoot() * 12 }
        }
        return result
    }

    @Test("Under a demand that stays, counted with luck, a plan changes now and then, and stays near the best one")
    func steady() throws {
        var losses: [Double] = []
        for seed in 1...6 as ClosedRange<UInt64> {
            let base = flows(0, seed: seed, greatest: 250)
            // A plan is judged by more than a few of its cycles.
            var lasting = base
            lasting.intervalLength = settings.horizon
            let first = try plan(for: lasting)
            var adaptation = try DistrictAdaptation(network: network, settings: settings, start: first, usual: lasting)
            var random = SeededGenerator(seed: 1)
            var changes: [Bool] = []
            for number in 0..<24 {
                var now = counted(base, &random)
                now.start = Double(number) * 300
                changes.append(adaptation.decide(at: now.start + 300, flows: now).action != .keep)
            }
            #expect(changes.suffix(16).count { $0 } <= 8, "\(changes)")
            let model = NetworkModel(network: network, flows: lasting)
            // The first plan was made for what is; every other one for what luck made of it.
            let (best, after) = (model.evaluate(first), model.evaluate(adaptation.running))
            losses.append(after.performanceIndex / best.performanceIndex - 1)
        }
        #expect(losses.allSatisfy { $0 < 0.12 }, "\(losses)")
        #expect(losses.reduce(0, +) / Double(losses.count) < 0.05, "\(losses)")
    }

    @Test("A demand of another kind is followed, and delay falls")
    func follows() throws {
        var adaptation = try DistrictAdaptation(network: network, settings: settings, start: plan(for: flows(0)))
        let first = adaptation.running
        for number in 0..<8 {
            let now = flows(Double(number) * 300, seed: 8, greatest: 450)
            let decision = adaptation.decide(at: now.start + 300, flows: now)
            #expect(decision.plan == adaptation.running)
            if decision.action != .keep {
                #expect(decision.reason == .gain && decision.gain > decision.changeCost + decision.threshold)
                #expect(!decision.changes.isEmpty)
                #expect(decision.changes.allSatisfy { abs($0.cycleAfter - $0.cycleBefore) <= settings.cycleStep })
            }
        }
        let model = NetworkModel(network: network, flows: flows(0, seed: 8, greatest: 450))
        #expect(adaptation.running != first)
        let (before, after) = (model.evaluate(first), model.evaluate(adaptation.running))
        #expect(after.performanceIndex < before.performanceIndex)
    }

    @Test("The same calls give the same decisions, on any number of threads")
    func deterministic() throws {
        let start = try plan(for: flows(0))
        let found = try [1, 1, 3].map { threads in
            var settings = settings
            settings.optimizer.threads = threads
            var adaptation = try DistrictAdaptation(network: network, settings: settings, start: start)
            return (0..<3).map { number in
                adaptation.decide(
                    at: Double(number + 1) * 300, flows: flows(Double(number) * 300, seed: 7),
                    queues: [network.links[0].id: 9]
                ).plan
            }
        }
        #expect(found[0] == found[1] && found[0] == found[2])
    }

    @Test("Flows and times that are none leave the plan as it is")
    func unusable() throws {
        var adaptation = try DistrictAdaptation(network: network, settings: settings, start: plan(for: flows(0)))
        var negative = flows(0)
        negative.sources[0].flowPerHour = [-1]
        var strange = flows(0)
        strange.movements[0].movement = "nobody"
        for (bad, time) in [(negative, 300.0), (strange, 300), (flows(0), .nan), (flows(0), 1e300)] {
            let decision = adaptation.decide(at: time, flows: bad)
            #expect(decision.action == .keep && decision.reason == .unusableFlows && decision.delayBefore == nil)
        }
        let queues: [LinkID: Double] = ["nowhere": 5, network.links[0].id: .infinity, network.links[1].id: -3]
        #expect(adaptation.decide(at: 300, flows: flows(0), queues: queues).delayBefore != nil)
    }

    @Test("A plan without a junction, or that is no sequence of stages, is refused and changes nothing")
    func badPlans() throws {
        let start = try plan(for: flows(0))
        var adaptation = try DistrictAdaptation(network: network, settings: settings, start: start)
        var short = start
        let last = short.junctions.removeLast()
        #expect(throws: AdaptationError.noTiming(last.junction)) { try adaptation.resume(with: short) }
        var broken = start
        broken.junctions[0].cycle += 0.25
        #expect(throws: AdaptationError.notStages(broken.junctions[0].junction, .unreadable(nil))) {
            try adaptation.resume(with: broken)
        }
        #expect(adaptation.running.junctions == start.junctions)
        #expect(throws: AdaptationError.noTiming(last.junction)) {
            try DistrictAdaptation(network: network, start: short)
        }
    }

    @Test("A search that is stopped at once leaves a plan that runs")
    func stopped() throws {
        var adaptation = try DistrictAdaptation(network: network, settings: settings, start: plan(for: flows(0)))
        let decision = adaptation.decide(at: 300, flows: flows(0, seed: 8)) { true }
        #expect(decision.plan.junctions.count == network.junctions.count)
    }
}
