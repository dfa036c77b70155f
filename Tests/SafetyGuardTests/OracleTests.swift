import SafetyGuard
import SignalModel
import TestSupport
import Testing

@Suite("The guard against a judge that looks at every tick")
struct OracleTests {
    @Test("Both find the same conflicts and the same short clearings in four hundred random plans", arguments: 0..<4)
    func agreesOnRandomPlans(batch: UInt64) throws {
        var breachCount = 0
        for seed in (batch * 100)..<(batch * 100 + 100) {
            var random = SplitMix64(seed: seed &+ 99_000)
            let junction = try #require(JunctionGenerator.junction(seed: seed).junctions.first)
            let plan = RandomPlans.unsafe(for: junction, random: &random)
            let oracle = BruteForceOracle(junction: junction)
            let greens = BruteForceOracle.greens(of: plan)
            let cycle = BruteForceOracle.ticks(plan.cycle)
            let found = SafetyGuard.violations(of: plan, at: junction)

            var conflicts: [[SignalGroupID]: Set<Int>] = [:]
            for violation in found {
                guard case .conflictingGreens(let first, let second, let from, let to) = violation.fault else {
                    continue
                }
                var tick = BruteForceOracle.ticks(from)
                let end = BruteForceOracle.ticks(try #require(to)) % cycle
                repeat {
                    conflicts[[first, second], default: []].insert(tick)
                    tick = (tick + 1) % cycle
                } while tick != end
            }
            #expect(conflicts == oracle.conflictTicks(greens), "seed \(seed)")
            let breaches = oracle.clearingBreaches(greens, startsIn: 0..<cycle, isCyclic: true)
            // The guard says at which second of the cycle a green ended, which for the last tick is 0.
            #expect(BruteForceOracle.breaches(in: found) == breaches, "seed \(seed)")
            breachCount += breaches.count
        }
        #expect(breachCount > 500)
    }

    @Test("The judge of shown aspects finds in a running plan what the guard finds in the plan", arguments: 0..<4)
    func traceAgreesWithPlan(batch: UInt64) throws {
        for seed in (batch * 50)..<(batch * 50 + 50) {
            var random = SplitMix64(seed: seed &+ 77_000)
            let junction = try #require(JunctionGenerator.junction(seed: seed).junctions.first)
            var plan = RandomPlans.unsafe(for: junction, random: &random)
            plan.offset = 0
            let cycle = BruteForceOracle.ticks(plan.cycle)
            let greens = BruteForceOracle.greens(of: plan)
            let steps = (0..<(3 * cycle)).map { tick in
                SignalTrace.Step(
                    start: Double(tick) / 10, aspects: greens.map { $0[tick % cycle] ? Aspect.green : .red })
            }
            let trace = SignalTrace(steps: steps, end: Double(3 * cycle) / 10)
            let shown = BruteForceOracle.breaches(in: SafetyGuard.violations(in: trace, at: junction))
            let ruled = BruteForceOracle.breaches(in: SafetyGuard.violations(of: plan, at: junction))
            let folded = Set(
                shown.map {
                    BruteForceOracle.Breach(
                        kind: $0.kind, ending: $0.ending, starting: $0.starting, end: $0.end % cycle, given: $0.given)
                })
            #expect(folded == ruled, "seed \(seed)")
        }
    }

    @Test("Both find the same short clearings when one safe plan is cut over to another", arguments: 0..<4)
    func agreesOnChanges(batch: UInt64) throws {
        var breachCount = 0
        for seed in (batch * 40)..<(batch * 40 + 40) {
            var random = SplitMix64(seed: seed &+ 55_000)
            let junction = try #require(JunctionGenerator.junction(seed: seed).junctions.first)
            let maker = SafePlanMaker(junction)
            var plans = (0..<2).map { _ in maker.plan(stages: maker.stages(random: &random), random: &random) }
            for index in plans.indices {
                plans[index].offsetReference = .cycleStart
                plans[index].offset = 0
            }
            let cycles = plans.map { BruteForceOracle.ticks($0.cycle) }
            let greens = plans.map { BruteForceOracle.greens(of: $0) }
            let change = 2 * cycles[0] + Int.random(in: 0..<cycles[0], using: &random)
            let end = change + 2 * cycles[1]
            let shown = junction.signalGroups.indices.map { group in
                (0..<end).map { $0 < change ? greens[0][group][$0 % cycles[0]] : greens[1][group][$0 % cycles[1]] }
            }
            let oracle = BruteForceOracle(junction: junction)
                .clearingBreaches(shown, startsIn: change..<end, isCyclic: false)
            let found = SafetyGuard.violations(
                changingFrom: plans[0], to: plans[1], at: Double(change) / 10, junction: junction)
            #expect(BruteForceOracle.breaches(in: found) == oracle, "seed \(seed)")
            breachCount += oracle.count
        }
        #expect(breachCount > 40)
    }
}
