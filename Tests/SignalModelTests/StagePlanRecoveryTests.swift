import SignalModel
import TestSupport
import Testing

@Suite("Stages read from greens")
struct StagePlanRecoveryTests {
    private func rules(seed: UInt64) throws -> (id: JunctionID, rules: JunctionRules) {
        let junction = try #require(JunctionGenerator.junction(seed: seed).junctions.first)
        return (junction.id, JunctionRules(junction))
    }

    @Test("A thousand random sequences of maximal stages come back as they were", arguments: 0..<4 as Range<UInt64>)
    func maximalStages(batch: UInt64) throws {
        var count = 0
        for seed in batch * 250..<(batch + 1) * 250 {
            var random = SplitMix64(seed: seed)
            let (id, rules) = try rules(seed: seed)
            let sets = rules.maximalCompatibleSets().shuffled(using: &random).prefix(
                Int.random(in: 2...5, using: &random))
            guard sets.count > 1 else { continue }
            let timing = StagePlan(
                stages: sets.map { .init(groups: $0, green: Int.random(in: 12...40, using: &random)) })
            let cycle = timing.cycle(under: rules)
            let turned = StagePlan(stages: timing.stages, offset: Int.random(in: 0..<cycle, using: &random))
            let back = try StagePlan(turned.junctionPlan(for: id, under: rules), under: rules)
            #expect(back == turned, "seed \(seed)")
            count += 1
        }
        #expect(count > 150)
    }

    /// Stages shorter than a yellow are left out: what is dark for one alone is no timing that lamps can show.
    @Test("Stages within stages come back as a sequence with the same greens", arguments: 0..<4 as Range<UInt64>)
    func nestedStages(batch: UInt64) throws {
        for seed in batch * 250..<(batch + 1) * 250 {
            var random = SplitMix64(seed: seed)
            let (id, rules) = try rules(seed: seed)
            let sets = rules.maximalCompatibleSets()
            let stages = (0..<Int.random(in: 2...6, using: &random)).map { _ in
                let set = sets.randomElement(using: &random)!
                let kept = set.filter { _ in random.chance(0.7) }
                return StagePlan.TimedStage(
                    groups: kept.isEmpty ? set : kept, green: Int.random(in: 6...25, using: &random))
            }
            let plan = StagePlan(stages: stages, offset: Int.random(in: -90...90, using: &random))
                .junctionPlan(for: id, under: rules)
            let back = try StagePlan(plan, under: rules)
            let again = back.junctionPlan(for: id, under: rules)
            #expect(again.cycle == plan.cycle, "seed \(seed)")
            #expect(inNetworkTime(again) == inNetworkTime(plan), "seed \(seed)")
        }
    }

    /// Starts in network time, so that it does not matter where a plan counts its own cycle from.
    private func inNetworkTime(_ plan: JunctionPlan) -> [[GreenInterval]] {
        plan.greens.map { group in
            group.intervals.map { green in
                let time = (green.start + plan.cycleStart + plan.cycle).truncatingRemainder(dividingBy: plan.cycle)
                return green.duration == plan.cycle
                    ? GreenInterval(start: 0, duration: plan.cycle)
                    : GreenInterval(start: time, duration: green.duration)
            }.sorted { $0.start < $1.start }
        }
    }

    @Test("A plan that is no sequence of stages says why")
    func plansThatAreNone() throws {
        let junction = EightPhases.junction
        let rules = JunctionRules(junction)
        let good = try EightPhases.plan(splits: [15, 35, 20, 30, 20, 30, 16, 34]).junctionPlan(for: junction)
        var broken = good
        broken.greens[0].intervals[0].duration = 9.5
        #expect(throws: StagePlanMismatch.unreadable("1")) { try StagePlan(broken, under: rules) }
        // The greens before the first barrier end a second too soon, which the offset to that end puts at 30 s.
        var late = good
        for group in [1, 5] { late.greens[group].intervals[0].duration -= 1 }
        #expect(throws: StagePlanMismatch.allRed(at: 30)) { try StagePlan(late, under: rules) }
    }
}
