import SafetyGuard
import SignalModel
import Testing

/// A crossroads of two one-way streets with a crossing over the northern one, small enough to check by hand.
@Suite("A crossroads checked by hand")
struct CrossroadsTests {
    private static let junction = Junction(
        id: "A0", nodes: ["A0"],
        signalGroups: [
            SignalGroup(id: "E:through", redAmber: 1, leastGreen: 8, greatestGreen: 40),
            SignalGroup(id: "N:through", redAmber: 1, leastGreen: 6),
            SignalGroup(
                id: "N:walk", kind: .pedestrian, yellow: 0, leastGreen: 5,
                crossing: Crossing(length: 7.25, walkingSpeed: 1.2, leastWalk: 6)),
        ],
        intergreens: [
            Intergreen(ending: "E:through", starting: "N:through", seconds: 5),
            Intergreen(ending: "N:through", starting: "E:through", seconds: 6),
            Intergreen(ending: "N:walk", starting: "N:through", seconds: 4),
            Intergreen(ending: "N:through", starting: "N:walk", seconds: 4),
        ])

    /// E 0–25, N 30–54, walk 58–(68), with 6.1 s of clearance before N starts at 30 of the next cycle.
    private func plan(east: GreenInterval, north: GreenInterval, walk: GreenInterval) -> JunctionPlan {
        JunctionPlan(
            junction: "A0", cycle: 60, offset: 10,
            greens: [
                GroupGreens(group: "E:through", intervals: [east]),
                GroupGreens(group: "N:through", intervals: [north]),
                GroupGreens(group: "N:walk", intervals: [walk]),
            ])
    }

    private var good: JunctionPlan {
        plan(
            east: GreenInterval(start: 0, duration: 25), north: GreenInterval(start: 30, duration: 24),
            walk: GreenInterval(start: 58, duration: 25.9))
    }

    private func descriptions(of plan: JunctionPlan) -> [String] {
        SafetyGuard.violations(of: plan, at: Self.junction).map(\.description)
    }

    @Test("Clearings that are met to the tick pass")
    func exactClearingsPass() { #expect(descriptions(of: good).isEmpty) }

    @Test("Walking 7.25 m at 1.2 m/s takes 6.1 s, whatever the intergreen says")
    func clearanceIsRoundedUp() {
        var late = good
        late.greens[2].intervals[0].duration = 26
        #expect(
            descriptions(of: late) == [
                "junction A0: group N:through is green 6.0 s after the walk of group N:walk ends at 24.0 s; "
                    + "crossing takes 6.1 s"
            ])
    }

    @Test("An intergreen that is short over the end of the cycle is found")
    func intergreenOverTheEndOfTheCycle() {
        var late = good
        late.greens[1].intervals[0].duration = 24.1
        late.greens[2].intervals[0] = GreenInterval(start: 0, duration: 20)
        #expect(
            descriptions(of: late) == [
                "junction A0: group E:through is green 5.9 s after group N:through ends at 54.1 s; the intergreen is 6.0 s"
            ])
    }

    @Test("Greens together are named with the time in which both run")
    func conflictIsNamed() {
        var late = good
        late.greens[0].intervals[0].duration = 33
        #expect(
            descriptions(of: late) == [
                "junction A0: groups E:through and N:through are green together from 30.0 s to 33.0 s"
            ])
    }

    @Test("Greens outside their bounds are named")
    func bounds() {
        let wrong = plan(
            east: GreenInterval(start: 0, duration: 7.9), north: GreenInterval(start: 30, duration: 5.9),
            walk: GreenInterval(start: 50, duration: 5.5))
        #expect(
            descriptions(of: wrong) == [
                "junction A0: the green of group E:through from 0.0 s lasts 7.9 s, less than its least green of 8.0 s",
                "junction A0: the green of group N:through from 30.0 s lasts 5.9 s, less than its least green of 6.0 s",
                "junction A0: the walk of group N:walk from 50.0 s lasts 5.5 s, less than its least walk of 6.0 s",
            ])
        var long = good
        long.greens[0].intervals[0] = GreenInterval(start: 0, duration: 60)
        #expect(
            descriptions(of: long).contains(
                "junction A0: the green of group E:through from 0.0 s lasts 60.0 s, more than its greatest green of 40.0 s"
            ))
    }

    @Test("Cutting a green short without yellow is found at the moment of the change")
    func changeInGreen() {
        // At 80 s the old plan is at second 10 of its cycle, in the east's green, and the new one at second 30.
        var moved = good
        moved.offset = 50
        let found = SafetyGuard.violations(changingFrom: good, to: moved, at: 80, junction: Self.junction)
        #expect(
            found.map(\.fault).contains(.yellowTooShort(group: "E:through", at: 80, given: 0, least: 3)))
        #expect(
            found.map(\.fault).contains(
                .intergreenTooShort(
                    ending: "E:through", starting: "N:through", endOfGreen: 80, given: 0, least: 5)))
    }

    @Test("A change to the same plan is never a violation", arguments: [0, 0.1, 33.3, 59.9, 60, 1_800_000_000.5, -77])
    func changeToItself(time: Double) {
        #expect(SafetyGuard.violations(changingFrom: good, to: good, at: time, junction: Self.junction).isEmpty)
    }

    @Test("A change that shortens a green below its least is found where the green ends")
    func leastGreenAcrossChange() {
        // East is green from 70 s; at 73 s the new plan is at second 22 of its cycle and ends the green at 76 s.
        var moved = good
        moved.offset = 51
        let found = SafetyGuard.violations(changingFrom: good, to: moved, at: 73, junction: Self.junction)
        #expect(found.map(\.fault).contains(.greenTooShort(group: "E:through", start: 70, given: 6, least: 8)))
    }

    @Test("A plan that breaks rules by itself may be left but not entered")
    func brokenPlan() {
        var broken = good
        broken.greens[0].intervals[0].duration = 27
        let leaving = SafetyGuard.violations(changingFrom: broken, to: good, at: 130, junction: Self.junction)
        let entering = SafetyGuard.violations(changingFrom: good, to: broken, at: 130, junction: Self.junction)
        #expect(leaving.isEmpty)
        #expect(!entering.isEmpty)
    }

    @Test("The judge of shown aspects speaks in the second in which something goes wrong, and once")
    func judgeSpeaksAtOnce() {
        var judge = TraceJudge(junction: Self.junction)
        var spoken: [Double: [Violation.Fault]] = [:]
        for second in 0..<70 {
            let aspects: [Aspect] = [second < 50 ? .green : .red, second >= 45 ? .green : .red, .red]
            let found = judge.observe(aspects, at: Double(second)).map(\.fault)
            if !found.isEmpty { spoken[Double(second)] = found }
        }
        #expect(
            spoken == [
                45: [
                    .redAmberTooShort(group: "N:through", at: 45, given: 0, least: 1),
                    .conflictingGreens(first: "E:through", second: "N:through", from: 45, to: nil),
                ],
                50: [.yellowTooShort(group: "E:through", at: 50, given: 0, least: 3)],
            ])
    }
}
