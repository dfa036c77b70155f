import SafetyGuard
import SignalModel
import TestSupport
import Testing

@Suite("Timings by stages")
struct StagePlansPropertyTests {
    /// Stages drawn from the sets of groups that may go together, many of them short.
    private func stages(under rules: JunctionRules, _ random: inout SplitMix64) -> StagePlan {
        let sets = rules.maximalCompatibleSets()
        let stages = (0..<Int.random(in: 2...9, using: &random)).map { _ in
            let all = sets.randomElement(using: &random)!
            let some = all.filter { _ in Bool.random(using: &random) }
            return StagePlan.TimedStage(groups: some, green: Int.random(in: 1...8, using: &random))
        }
        return StagePlan(stages: stages)
    }

    @Test("However short the stages, every green is cleared before the next", arguments: 0..<8 as Range<UInt64>)
    func cleared(batch: UInt64) {
        for seed in batch * 250..<(batch + 1) * 250 {
            var random = SplitMix64(seed: seed)
            let junction = JunctionGenerator.junction(seed: seed).junctions[0]
            let rules = JunctionRules(junction)
            let plan = stages(under: rules, &random).junctionPlan(for: junction.id, under: rules)
            let unsafe = SafetyGuard.violations(of: plan, at: junction).filter {
                switch $0.fault {
                case .conflictingGreens, .intergreenTooShort, .yellowMeetsRedAmber, .pedestrianClearanceTooShort,
                    .yellowAndRedAmberDoNotFit, .greensOverlap:
                    true
                default: false
                }
            }
            #expect(unsafe.isEmpty, "seed \(seed): \(unsafe.prefix(3).map(\.description))")
        }
    }
}
