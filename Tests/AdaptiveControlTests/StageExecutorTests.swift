import AdaptiveControl
import SafetyGuard
import SignalModel
import TestSupport
import Testing

@Suite("What the lamps show")
struct StageExecutorTests {
    @Test("No sequence of wishes breaks a rule", arguments: 0..<40)
    func wishes(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        var junction = (seed % 2 == 0 ? JunctionGenerator.junction : JunctionGenerator.joinedJunction)(UInt64(seed))
            .junctions[0]
        if seed % 3 == 0 { junction.signalGroups[0].greatestGreen = 23 }
        var executor = StageExecutor(rules: try ControlRules(junction), time: 0)
        var judge = TraceJudge(junction: junction)
        #expect(judge.ruleViolations.isEmpty)
        var wanted = GroupSet()
        var shown: Set<Int> = []
        for time in 0..<900 {
            if random.chance(0.15) {
                wanted = GroupSet(junction.signalGroups.indices.filter { _ in random.chance(0.4) })
            }
            let aspects = executor.advance(wanted: wanted, at: time)
            #expect(judge.observe(aspects, at: Double(time)) == [])
            shown.formUnion(executor.green.groups)
        }
        #expect(shown.count > 1)
        // Whatever came before, a group that is wanted alone gets its green.
        for group in junction.signalGroups.indices {
            let start = 900 + 100 * group
            for time in start..<(start + 100) {
                let aspects = executor.advance(wanted: GroupSet([group]), at: time)
                #expect(judge.observe(aspects, at: Double(time)) == [])
                shown.formUnion(executor.green.groups)
            }
        }
        #expect(shown.count == junction.signalGroups.count)
    }
}
