import SignalModel
import TestSupport
import Testing

@Suite("Random timings by rings and barriers")
struct RingBarrierPlanPropertyTests {
    @Test("Twelve hundred come back from their greens to the second", arguments: 0..<6 as Range<UInt64>)
    func roundTrip(batch: UInt64) throws {
        for seed in batch * 200..<(batch + 1) * 200 {
            let (junction, timing) = RingBarrierGenerator.timing(seed: seed)
            let plan = try timing.junctionPlan(for: junction)
            let back = try RingBarrierPlan(plan, at: junction)
            #expect(back == timing, "seed \(seed)")
        }
    }

    @Test("No group is green across a barrier but one of phases on both sides", arguments: 0..<200 as Range<UInt64>)
    func barriers(seed: UInt64) throws {
        let (junction, timing) = RingBarrierGenerator.timing(seed: seed)
        let plan = try timing.junctionPlan(for: junction)
        let structure = try #require(junction.ringBarrier)
        var barrier = 0
        for barrierGroup in timing.rings[0].indices {
            let lengths = timing.rings.map { $0[barrierGroup].reduce(0) { $0 + $1.split } }.filter { $0 > 0 }
            barrier += lengths[0]
            let before = Set(structure.rings.compactMap { $0[barrierGroup].last })
            let crossing = plan.greens.filter { $0.intervals.contains { covers($0, barrier, cycle: timing.cycle) } }
            for group in crossing.map(\.group) {
                let phases = structure.phases.filter { $0.groups.contains(group) }.map(\.number)
                #expect(phases.count > 1 && !before.isDisjoint(with: phases), "seed \(seed)")
            }
            #expect(Set(lengths).count == 1)
        }
        #expect(barrier == timing.cycle)
    }

    /// Whether a green covers the seconds on both sides of a time.
    private func covers(_ green: GreenInterval, _ time: Int, cycle: Int) -> Bool {
        let after = (Double(time) - green.start).truncatingRemainder(dividingBy: Double(cycle))
        let elapsed = after < 0 ? after + Double(cycle) : after
        return elapsed > 0 && elapsed < green.duration
    }

    @Test("The generator makes what it promises")
    func generatorIsVaried() {
        let timings = (0..<300 as Range<UInt64>).map { RingBarrierGenerator.timing(seed: $0) }
        let structures = timings.compactMap(\.junction.ringBarrier)
        let shared = structures.count { structure in
            structure.phases.contains { phase in
                phase.groups.allSatisfy { group in structure.phases.count { $0.groups.contains(group) } > 1 }
            }
        }
        #expect(shared > 80)
        #expect(structures.count { $0.rings.joined().contains([]) } > 40)
        #expect(structures.count { $0.rings.joined().contains { $0.count == 2 && $0[0].isMultiple(of: 2) } } > 100)
        #expect(timings.count { $0.plan.rings.joined().joined().contains { $0.walk != nil } } > 200)
        #expect(timings.count { $0.junction.signalGroups.contains { $0.id == "overlap" } } > 60)
    }
}
