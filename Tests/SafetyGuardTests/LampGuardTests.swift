import SafetyGuard
import SignalModel
import TestSupport
import Testing

@Suite("The guard of every second")
struct LampGuardTests {
    /// Small random junctions, in which random aspects have a chance to be lawful.
    private static func small(_ random: inout SplitMix64) -> Junction {
        let ids: [SignalGroupID] = ["a", "b", "c"]
        var junction = Junction(
            id: "J", nodes: ["C"],
            signalGroups: ids.enumerated().map { number, id in
                SignalGroup(
                    id: id, kind: number == 2 ? .pedestrian : .vehicle,
                    yellow: number == 2 ? 0 : Double(Int.random(in: 1...3, using: &random)),
                    redAmber: number == 2 ? 0 : Double(Int.random(in: 0...2, using: &random)),
                    leastGreen: Double(Int.random(in: 1...4, using: &random)),
                    greatestGreen: random.chance(0.3) ? 12 : nil,
                    crossing: number == 2 ? Crossing(length: 4, walkingSpeed: 1, leastWalk: 2) : nil)
            })
        for (ending, starting) in [("a", "b"), ("b", "a"), ("a", "c"), ("c", "a")] where random.chance(0.8) {
            junction.intergreens.append(
                Intergreen(
                    ending: SignalGroupID(ending), starting: SignalGroupID(starting),
                    seconds: Double(Int.random(in: 0...5, using: &random))))
        }
        return junction
    }

    @Test(
        "Of anything that is proposed, what the guard passes breaks no rule by an independent monitor",
        arguments: 0..<24)
    func sound(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let junction = Self.small(&random)
        var guardian = LampGuard(junction: junction, isStreetEmpty: true)
        var monitor = StreetMonitor(junction)
        var shown = junction.signalGroups.map { _ in Aspect.red }
        var (changes, refused) = (0, 0)
        guardian.show(shown, at: 0)
        monitor.watch(shown.map(\.rawValue))
        for second in 1..<1500 {
            var wanted = shown
            for group in wanted.indices where random.chance(0.4) {
                wanted[group] = Aspect.allCases.randomElement(using: &random)!
            }
            var candidates = [wanted]
            // Lamps are to do something lawful in the end: let one group change at a time, or what must end end.
            candidates += wanted.indices.flatMap { group in
                Aspect.allCases.map { aspect in
                    var one = shown
                    one[group] = aspect
                    return one
                }
            }.shuffled(using: &random)
            candidates += [shown]
            let next = candidates.first { guardian.violations(ofShowing: $0, at: Double(second)).isEmpty }
            if next != wanted { refused += 1 }
            guard let next else { continue }
            if next != shown { changes += 1 }
            shown = next
            let broken = guardian.show(shown, at: Double(second))
            #expect(broken.isEmpty)
            monitor.watch(shown.map(\.rawValue))
        }
        #expect(monitor.breaches == [])
        #expect(changes > 50 && refused > 50)
    }

    @Test("What a safe plan shows passes, second by second", arguments: 0..<60)
    func complete(seed: UInt64) throws {
        let subject = try #require(Subject(seed: seed))
        var guardian = LampGuard(junction: subject.junction, isStreetEmpty: true)
        let trace = subject.trace()
        var found: [Violation] = []
        for step in trace.steps { found += guardian.show(step.aspects, at: step.start) }
        #expect(found == [])
    }

    @Test("A red-amber that could only lead to a green too early is refused when it begins")
    func redAmber() {
        var junction = SmallNetwork.junction
        junction.signalGroups[1].redAmber = 2
        var guardian = LampGuard(junction: junction, isStreetEmpty: true)
        for second in 0..<10 { #expect(guardian.show([.green, .red, .red], at: Double(second)) == []) }
        #expect(!guardian.violations(ofShowing: [.green, .redAmber, .red], at: 10).isEmpty)
        // The intergreen is 5 s, of which the red-amber takes the last 2.
        for second in 10..<13 { #expect(guardian.show([.yellow, .red, .red], at: Double(second)) == []) }
        #expect(guardian.violations(ofShowing: [.red, .redAmber, .red], at: 13) == [])
        var early = LampGuard(junction: junction, isStreetEmpty: true)
        for second in 0..<10 { early.show([.green, .red, .red], at: Double(second)) }
        early.show([.yellow, .red, .red], at: 10)
        #expect(!early.violations(ofShowing: [.yellow, .redAmber, .red], at: 11).isEmpty)
    }

    @Test("What was not shown does not count")
    func onlyShownCounts() {
        var guardian = LampGuard(junction: SmallNetwork.junction, isStreetEmpty: true)
        for second in 0..<10 { guardian.show([.green, .red, .red], at: Double(second)) }
        // The lamps did not take the yellow; it begins when they do.
        for second in 10..<15 {
            #expect(guardian.violations(ofShowing: [.yellow, .red, .red], at: Double(second)) == [])
        }
        #expect(!guardian.violations(ofShowing: [.red, .green, .red], at: 16).isEmpty)
        for second in 15..<18 { #expect(guardian.show([.yellow, .red, .red], at: Double(second)) == []) }
        for second in 18..<20 { #expect(guardian.show([.red, .red, .red], at: Double(second)) == []) }
        #expect(guardian.show([.red, .green, .red], at: 20) == [])
    }

    @Test("On a street that may not be empty nothing starts before whoever was there has left")
    func unknownStreet() {
        let junction = SmallNetwork.junction
        let first = LampGuard(junction: junction, isStreetEmpty: false)
        #expect(first.violations(ofShowing: [.red, .red, .red], at: 0) == [])
        #expect(!first.violations(ofShowing: [.green, .red, .red], at: 0).isEmpty)
        var guardian = first
        #expect(guardian.show([.red, .red, .red], at: 0) == [])
        // The intergreen before the first group is 5 s.
        #expect(!guardian.violations(ofShowing: [.green, .red, .red], at: 4).isEmpty)
        #expect(guardian.violations(ofShowing: [.green, .red, .red], at: 5) == [])
    }

    @Test("A green that has been too long may end, and not stay")
    func endOfLongGreen() {
        var junction = SmallNetwork.junction
        junction.signalGroups[0].greatestGreen = 20
        var guardian = LampGuard(junction: junction, isStreetEmpty: true)
        guardian.show([.red, .red, .red], at: 0)
        for second in 1..<21 { #expect(guardian.show([.green, .red, .red], at: Double(second)) == []) }
        // A second was slept through.
        #expect(!guardian.violations(ofShowing: [.green, .red, .red], at: 22).isEmpty)
        #expect(guardian.violations(ofShowing: [.yellow, .red, .red], at: 22) == [])
        // That it was too long is named all the same.
        #expect(guardian.show([.yellow, .red, .red], at: 22).count == 1)
    }
}
