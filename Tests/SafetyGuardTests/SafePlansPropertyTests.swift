import SafetyGuard
import SignalModel
import TestSupport
import Testing

@Suite("Plans that keep the rules")
struct SafePlansPropertyTests {
    @Test("Three thousand safe plans for generated junctions have no violations", arguments: 0..<6)
    func safePlansPass(batch: UInt64) throws {
        for number in 0..<500 as Range<UInt64> {
            let seed = batch * 500 + number
            let network =
                seed % 5 == 0 ? JunctionGenerator.joinedJunction(seed: seed) : JunctionGenerator.junction(seed: seed)
            let timing = try #require(network.junctions.first?.programs.first?.plan)
            let found = SafetyGuard.violations(
                of: Plan(network: network.name, name: "own", junctions: [timing]), in: network)
            #expect(found.isEmpty, "seed \(seed): \(found.prefix(3).map(\.description))")
        }
    }

    @Test("Safe plans for generated grids and irregular networks have no violations", arguments: 0..<20)
    func networksPass(seed: UInt64) {
        for network in [
            JunctionGenerator.grid(rows: 2, columns: 3, seed: seed),
            JunctionGenerator.irregular(rows: 3, columns: 3, seed: seed),
        ] {
            let plan = Plan(
                network: network.name, name: "own", junctions: network.junctions.compactMap { $0.programs.first?.plan })
            let found = SafetyGuard.violations(of: plan, in: network)
            #expect(found.isEmpty, "seed \(seed): \(found.prefix(3).map(\.description))")
        }
    }

    @Test("Random stage sequences converted to groups have no violations", arguments: 0..<4)
    func stagePlansPass(batch: UInt64) throws {
        for number in 0..<250 as Range<UInt64> {
            let seed = batch * 250 + number
            var random = SplitMix64(seed: seed)
            let network = JunctionGenerator.junction(seed: seed)
            var junction = try #require(network.junctions.first)
            // Greatest greens bound what a planner chooses; a conversion does not choose.
            for group in junction.signalGroups.indices { junction.signalGroups[group].greatestGreen = nil }
            let rules = JunctionRules(junction)
            var waiting = Set(0..<rules.groupCount)
            var stages: [StagePlan.TimedStage] = []
            for groups in rules.maximalCompatibleSets().shuffled(using: &random) where !waiting.isDisjoint(with: groups)
            {
                let least =
                    groups.map {
                        max(rules.groups[$0].leastGreen, rules.groups[$0].crossing?.leastWalk ?? 0)
                    }.max() ?? 0
                stages.append(
                    .init(groups: groups, green: Int(least.rounded(.up)) + Int.random(in: 0...20, using: &random)))
                waiting.subtract(groups)
            }
            let plan = StagePlan(stages: stages, offset: Int.random(in: -500...500, using: &random))
                .junctionPlan(for: junction.id, under: rules)
            let found = SafetyGuard.violations(of: plan, at: junction)
            #expect(found.isEmpty, "seed \(seed): \(found.prefix(3).map(\.description))")
        }
    }

    @Test("The generator makes every feature that it promises")
    func generatorIsVaried() {
        let networks = (0..<300).map { JunctionGenerator.junction(seed: $0) }
        let junctions = networks.flatMap(\.junctions)
        let groups = junctions.flatMap(\.signalGroups)
        let lanesPerApproach = Set(networks.flatMap(\.links).map(\.lanes.count))
        let sharedLanes = networks.count { network in
            let uses = network.movements.flatMap { Set($0.connections.map(\.from)) }
            return Set(uses).count < uses.count
        }
        let alwaysGreen = junctions.count { junction in
            let plan = junction.programs[0].plan
            return plan.greens.contains { $0.intervals.contains { $0.duration == plan.cycle } }
        }
        let wrapping = junctions.count { junction in
            let plan = junction.programs[0].plan
            return plan.greens.flatMap(\.intervals).contains { $0.start + $0.duration > plan.cycle }
        }
        let repeated = junctions.count { $0.programs[0].plan.greens.contains { $0.intervals.count > 1 } }
        #expect(lanesPerApproach == [1, 2, 3, 4])
        #expect(Set(junctions.map { Set($0.programs[0].sequence).count }).count > 3)
        #expect(sharedLanes > 50)
        #expect(alwaysGreen > 20)
        #expect(wrapping > 100)
        #expect(repeated > 20)
        #expect(groups.contains { $0.kind == .pedestrian })
        #expect(groups.contains { $0.kind == .cycle })
        #expect(groups.contains { $0.turnOnRed })
        #expect(junctions.contains { !$0.permittedConflicts.isEmpty })
        #expect(groups.contains { $0.id.text.hasSuffix(" left") })
    }

    @Test("The same seed gives the same network")
    func generatorIsDeterministic() {
        #expect(
            JunctionGenerator.irregular(rows: 2, columns: 2, seed: 7)
                == JunctionGenerator.irregular(rows: 2, columns: 2, seed: 7))
        #expect(JunctionGenerator.junction(seed: 1) != JunctionGenerator.junction(seed: 2))
    }
}
