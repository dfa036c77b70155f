import SignalModel
import TestSupport
import Testing

/// Four legs with protected lefts in every direction: phases 1 to 8, one group each, and people with phase 2.
enum EightPhases {
    static let junction = Junction(
        id: "A0", nodes: ["A0"],
        signalGroups: (1...8).map { SignalGroup(id: group($0), yellow: 4) } + [
            SignalGroup(
                id: "2 walk", kind: .pedestrian, yellow: 0,
                crossing: Crossing(length: 12, walkingSpeed: 1.2, leastWalk: 7))
        ],
        intergreens: (1...8).flatMap { ending in
            (1...8).filter { !areConcurrent(ending, $0) }.map {
                Intergreen(ending: group(ending), starting: group($0), seconds: 5)
            }
        },
        ringBarrier: RingBarrier(
            phases: (1...8).map {
                RingBarrierPhase(number: $0, groups: $0 == 2 ? [group($0), "2 walk"] : [group($0)])
            }, rings: [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]))

    static func group(_ phase: Int) -> SignalGroupID { .init("\(phase)") }

    private static func areConcurrent(_ one: Int, _ other: Int) -> Bool {
        one == other || (one <= 4) != (other <= 4) && (one - 1) % 4 / 2 == (other - 1) % 4 / 2
    }

    static func plan(splits: [Int], cycle: Int = 100) -> RingBarrierPlan {
        let timed = splits.enumerated().map { index, split in
            RingBarrierPlan.TimedPhase(
                number: index + 1, split: split, yellow: 4, redClearance: 1, walk: index == 1 ? 9 : nil)
        }
        return RingBarrierPlan(
            rings: [[[timed[0], timed[1]], [timed[2], timed[3]]], [[timed[4], timed[5]], [timed[6], timed[7]]]],
            cycle: cycle, offset: 30, coordinatedPhase: 2, referencePoint: .endOfGreen)
    }
}

@Suite("Rings and barriers")
struct RingBarrierPlanTests {
    @Test("Each phase is green from its start to its yellow, and the offset is to the coordinated phase")
    func greens() throws {
        let plan = try EightPhases.plan(splits: [15, 35, 20, 30, 20, 30, 16, 34]).junctionPlan(
            for: EightPhases.junction)
        let expected: [(Double, Double)] = [
            (0, 10), (15, 30), (50, 15), (70, 25), (0, 15), (20, 25), (50, 11), (66, 29), (15, 9),
        ]
        #expect(plan.greens.map(\.intervals) == expected.map { [GreenInterval(start: $0.0, duration: $0.1)] })
        #expect(plan.cycle == 100)
        #expect(plan.offset == 30)
        #expect(plan.offsetReference == .endOfGreen("2"))
        #expect(try RingBarrierPlan(plan, at: EightPhases.junction).rings[0][0][1].walk == 9)
    }

    @Test(
        "Between two barriers the ring that is first through its left overlaps the other's",
        arguments: [([15, 35, 28, 22, 25, 25, 16, 34], "2 5"), ([25, 25, 28, 22, 15, 35, 16, 34], "1 6")])
    func overlapStages(splits: [Int], overlap: String) throws {
        var junction = EightPhases.junction
        junction.signalGroups.removeLast()
        junction.ringBarrier?.phases[1].groups.removeLast()
        var timing = EightPhases.plan(splits: splits)
        timing.rings[0][0][1].walk = nil
        let plan = try timing.junctionPlan(for: junction)
        let stages = try StagePlan(plan, under: JunctionRules(junction)).stages
        let names = stages.map { stage in stage.groups.map { "\($0 + 1)" }.joined(separator: " ") }
        #expect(names == ["1 5", overlap, "2 6", "3 7", "3 8", "4 8"])
        #expect(stages[1].green == 5)
        #expect(stages[4].green == 7)
    }

    @Test(
        "A timing that does not close names the barrier or the phase",
        arguments: [
            ([15, 35, 20, 30, 20, 31, 16, 34], "barrier 1: ring 2 takes 51 s to it, the others 50 s"),
            ([15, 35, 20, 30, 20, 30, 16, 35], "barrier 2: ring 2 takes 51 s to it, the others 50 s"),
            ([15, 35, 20, 29, 20, 30, 16, 33], "the splits add up to 99 s, the cycle is 100 s"),
            ([5, 45, 20, 30, 20, 30, 16, 34], "phase 1: a split of 5 s leaves no green"),
            ([45, 5, 20, 30, 20, 30, 16, 34], "phase 2: a walk of 9 s does not fit its groups and split"),
        ])
    func doesNotClose(splits: [Int], text: String) {
        let found = #expect(throws: RingBarrierMismatch.self) {
            try EightPhases.plan(splits: splits).junctionPlan(for: EightPhases.junction)
        }
        #expect(found?.description == text)
    }

    @Test("A timing for other rings, other yellows or another phase is refused")
    func otherStructure() {
        let splits = [15, 35, 20, 30, 20, 30, 16, 34]
        var swapped = EightPhases.plan(splits: splits)
        swapped.rings[1][1].swapAt(0, 1)
        var short = EightPhases.plan(splits: splits)
        short.rings[0][1][0].yellow = 3
        var unknown = EightPhases.plan(splits: splits)
        unknown.coordinatedPhase = 9
        let found = [swapped, short, unknown].map { plan in
            #expect(throws: RingBarrierMismatch.self) { try plan.junctionPlan(for: EightPhases.junction) }
        }
        #expect(
            found == [
                .phasesDiffer(ring: 1, barrierGroup: 1, found: [8, 7], expected: [7, 8]),
                .yellowDiffers(phase: 3, given: 3, expected: 4), .coordinatedPhaseUnfit(9),
            ])
    }

    @Test("A plan that is none of rings and barriers says which phase or barrier and why")
    func plansThatAreNone() throws {
        let splits = [15, 35, 20, 30, 20, 30, 16, 34]
        let good = try EightPhases.plan(splits: splits).junctionPlan(for: EightPhases.junction)
        let edits: [(RingBarrierMismatch, (inout JunctionPlan) -> Void)] = [
            (.unreadable("4"), { $0.greens[3].intervals[0].duration = 24.5 }),
            (.unreadable(nil), { $0.cycle = .infinity }),
            (.unreadable("8"), { $0.greens.remove(at: 7) }),
            (.greensDiffer(phase: 6, "6"), { $0.greens[5].intervals.append(GreenInterval(start: 60, duration: 5)) }),
            (.walkNotWithGreen(phase: 2, "2 walk"), { $0.greens[8].intervals[0].start = 16 }),
            (.yellowDoesNotFit(phase: 3, given: 2, yellow: 4), { $0.greens[2].intervals[0].duration = 18 }),
            (.barrierLeftApart(phase: 7, other: 3), { $0.greens[6].intervals[0].start = 51 }),
        ]
        for (expected, edit) in edits {
            var plan = good
            edit(&plan)
            let found = #expect(throws: RingBarrierMismatch.self) {
                try RingBarrierPlan(plan, at: EightPhases.junction)
            }
            #expect(found == expected)
        }
        var plain = EightPhases.junction
        plain.ringBarrier = nil
        #expect(throws: RingBarrierMismatch.noStructure("A0")) { try RingBarrierPlan(good, at: plain) }
    }

    @Test("A plan that counts its cycle from elsewhere is the same timing")
    func turned() throws {
        let timing = EightPhases.plan(splits: [15, 35, 20, 30, 20, 30, 16, 34])
        var plan = try timing.junctionPlan(for: EightPhases.junction)
        for group in plan.greens.indices {
            let start = plan.greens[group].intervals[0].start + 61
            plan.greens[group].intervals[0].start = start < 100 ? start : start - 100
        }
        let turned = try RingBarrierPlan(plan, at: EightPhases.junction)
        // Green of phase 2 ends at second 6 of this cycle, which the offset puts at 30 s: second 0 comes at 24 s.
        plan.offset = 24
        plan.offsetReference = .cycleStart
        let fromStart = try RingBarrierPlan(plan, at: EightPhases.junction)
        #expect(turned == timing)
        #expect(fromStart.rings == timing.rings)
        #expect(fromStart.coordinatedPhase == 1)
        #expect(fromStart.referencePoint == .startOfGreen)
        #expect(fromStart.offset == 85)
    }
}
