import SafetyGuard
import SignalModel
import TestSupport
import Testing

@Suite("Timings by rings and barriers")
struct RingBarrierPlansPropertyTests {
    @Test(
        "Splits that meet least greens and clearances give plans without violations", arguments: 0..<4 as Range<UInt64>)
    func pass(batch: UInt64) throws {
        for seed in batch * 200..<(batch + 1) * 200 {
            let (junction, timing) = RingBarrierGenerator.timing(seed: seed)
            let found = SafetyGuard.violations(of: try timing.junctionPlan(for: junction), at: junction)
            #expect(found.isEmpty, "seed \(seed): \(found.prefix(3).map(\.description))")
        }
    }

    @Test("Where intergreens need red clearance, plans without any are refused", arguments: 0..<200 as Range<UInt64>)
    func shortClearance(seed: UInt64) throws {
        let generated = RingBarrierGenerator.timing(seed: seed)
        let junction = generated.junction
        var timing = generated.plan
        let needing = Set(
            junction.signalGroups.filter { group in
                let longest = junction.intergreens.filter { $0.ending == group.id }.map(\.seconds).max() ?? 0
                return group.kind == .vehicle && group.id != "overlap" && longest > group.yellow
            }.map(\.id))
        for ring in timing.rings.indices {
            for barrierGroup in timing.rings[ring].indices {
                for place in timing.rings[ring][barrierGroup].indices {
                    timing.rings[ring][barrierGroup][place].redClearance = 0
                }
            }
        }
        let found = SafetyGuard.violations(of: try timing.junctionPlan(for: junction), at: junction)
        let refused = Set(
            found.compactMap { violation -> SignalGroupID? in
                guard case .intergreenTooShort(let ending, _, _, _, _) = violation.fault else { return nil }
                return ending
            })
        // Between a left and a through that it is permitted against nothing has to clear.
        #expect(refused.subtracting(["overlap"]).isSubset(of: needing), "seed \(seed)")
        #expect(refused.isEmpty == needing.isEmpty, "seed \(seed)")
    }
}
