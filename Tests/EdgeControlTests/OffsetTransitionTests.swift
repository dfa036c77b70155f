import ControllerLink
import SignalModel
import TestSupport
import Testing

@testable import EdgeControl

@Suite("Ways into step with a plan")
struct OffsetTransitionTests {
    /// Two groups that take turns: 40 s and 30 s of green, 5 s between, least greens of 10 s, and one that is always green.
    private static let junction = Junction(
        id: "J", nodes: ["C"],
        signalGroups: [
            SignalGroup(id: "main", leastGreen: 10), SignalGroup(id: "side", leastGreen: 10),
            SignalGroup(id: "slip"),
        ],
        intergreens: [
            Intergreen(ending: "main", starting: "side", seconds: 5),
            Intergreen(ending: "side", starting: "main", seconds: 5),
        ])
    private static let timing = JunctionPlan(
        junction: "J", cycle: 80, offset: 0,
        greens: [
            GroupGreens(group: "main", intervals: [GreenInterval(start: 0, duration: 40)]),
            GroupGreens(group: "side", intervals: [GreenInterval(start: 45, duration: 30)]),
            GroupGreens(group: "slip", intervals: [GreenInterval(start: 0, duration: 80)]),
        ])

    private static func best(behind: Int, from start: Int) throws -> (OffsetTransition?, [OffsetTransition]) {
        let rules = SecondRules(junction)
        let plan = try SecondPlan(timing, rules: rules)
        let network = start + behind
        let ways = OffsetTransition.ways(from: start, plan: plan, network: network, rules: rules)
        let lamps = Lamps(plan, position: start, at: 0, rules: rules)
        return (
            OffsetTransition.best(ways, lamps: lamps, plan: plan, uptime: 0, network: network), ways
        )
    }

    @Test("A plan a little behind catches up by shorter cycles, one a little ahead waits")
    func choice() throws {
        let behind = try Self.best(behind: 4, from: 10).0
        #expect(behind?.kind == .short)
        let ahead = try Self.best(behind: 76, from: 10).0
        #expect(ahead?.kind == .dwell || ahead?.kind == .long)
        #expect(try Self.best(behind: 0, from: 10).0 == nil)
    }

    @Test("Every way starts where the lamps are and ends in step", arguments: 1..<80)
    func inStep(behind: Int) throws {
        for start in stride(from: 0, to: 80, by: 7) {
            let ways = try Self.best(behind: behind, from: start).1
            #expect(ways.contains { $0.kind == .dwell })
            for way in ways {
                #expect(way.path.first == start)
                let place = (start + behind + way.path.count - 1) % 80
                // The next second's position by the clock follows the last of the way, but for what is left out there.
                let last = try #require(way.path.last)
                let step = (place + 1 - last + 80) % 80
                #expect(way.kind == .short ? (1...31).contains(step) : step == 1, "\(way.kind) \(start)")
            }
        }
    }

    @Test("No way has a green shorter than the least green, on generated junctions", arguments: 0..<12)
    func leastGreens(seed: UInt64) throws {
        let (settings, other, random) = try SimulatedJunction.random(seed: seed)
        var generator = random
        let rules = SecondRules(settings.junction)
        let plan = try SecondPlan(other, rules: rules)
        for _ in 0..<4 {
            let start = Int.random(in: 0..<plan.cycle, using: &generator)
            let network = Int.random(in: 0...10_000, using: &generator)
            for way in OffsetTransition.ways(from: start, plan: plan, network: network, rules: rules) {
                var lamps = Lamps(plan, position: start, at: 0, rules: rules)
                var monitor = StreetMonitor(settings.junction)
                var target = Target(content: .plan(plan), path: way.path[...], network: network)
                var missed = 0
                for second in 0..<(way.path.count + 2 * plan.cycle) {
                    lamps.show(lamps.next(target, at: second), at: second)
                    monitor.watch(lamps.aspects.map(\.rawValue))
                    target = target.later(by: 1)
                    let position = plan.position(at: network + second)
                    let isInStep = lamps.aspects.indices.allSatisfy {
                        (lamps.aspects[$0] == .green) == plan.isGreen($0, at: position)
                    }
                    if second >= way.path.count + plan.cycle, !isInStep { missed += 1 }
                }
                #expect(monitor.breaches == [], "\(way.kind)")
                #expect(missed == 0, "\(way.kind)")
            }
        }
    }
}

@Suite("A plan second by second")
struct SecondPlanTests {
    @Test("Aspects of one position and of all are the same", arguments: 0..<12)
    func aspects(seed: UInt64) throws {
        let (settings, other, _) = try SimulatedJunction.random(seed: seed)
        let rules = SecondRules(settings.junction)
        let plan = try SecondPlan(other, rules: rules)
        for group in rules.groups.indices {
            let one = (0..<plan.cycle).map { plan.aspect(of: group, at: $0, rules: rules).aspect }
            #expect(one == plan.aspects(of: group, rules: rules))
        }
    }
}
