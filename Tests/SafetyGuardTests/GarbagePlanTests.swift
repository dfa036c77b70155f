import SafetyGuard
import SignalModel
import TestSupport
import Testing

@Suite("Plans and rules that are garbage")
struct GarbagePlanTests {
    private static let numbers: [Double] = [
        .nan, .infinity, -.infinity, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .leastNonzeroMagnitude,
        0, -0.0, -1, -1e300, 1e300, 1e18, 9.3e18, 1e12, 0.05, 0.1, 1, 30, 60, 90, 599.9, 600, 600.1,
    ]

    private static let networks = (0..<50).map { JunctionGenerator.junction(seed: $0) }

    private func number(_ random: inout SplitMix64) -> Double {
        Self.numbers.randomElement(using: &random) ?? 0
    }

    private func garbage(for junction: Junction, random: inout SplitMix64) -> JunctionPlan {
        var groups = junction.signalGroups.map(\.id) + ["", "nowhere"]
        groups.shuffle(using: &random)
        let greens = groups.prefix(Int.random(in: 0...groups.count, using: &random)).map { id in
            let group = random.chance(0.1) ? groups[0] : id
            let count = random.chance(0.02) ? 20_000 : Int.random(in: 0...4, using: &random)
            return GroupGreens(
                group: group,
                intervals: (0..<count).map { _ in
                    GreenInterval(start: number(&random), duration: number(&random))
                })
        }
        return JunctionPlan(
            junction: random.chance(0.5) ? junction.id : "", cycle: random.chance(0.5) ? 90 : number(&random),
            offset: number(&random),
            offsetReference: random.chance(0.5) ? .cycleStart : .endOfGreen(groups[0]), greens: greens)
    }

    @Test("Two thousand garbage plans are each refused without a trap", arguments: 0..<4)
    func garbageIsRefused(batch: UInt64) throws {
        for seed in (batch * 500)..<(batch * 500 + 500) {
            var random = SplitMix64(seed: seed &+ 11_000)
            let network = Self.networks[Int(seed % 50)]
            let junction = try #require(network.junctions.first)
            let good = try #require(junction.programs.first?.plan)
            let bad = garbage(for: junction, random: &random)
            #expect(!SafetyGuard.violations(of: bad, at: junction).isEmpty)
            let time = number(&random)
            #expect(!SafetyGuard.violations(changingFrom: good, to: bad, at: time, junction: junction).isEmpty)
            #expect(!SafetyGuard.violations(changingFrom: bad, to: good, at: time, junction: junction).isEmpty)
            let plan = Plan(network: "", name: "", junctions: [bad, good, bad])
            #expect(!SafetyGuard.violations(of: plan, in: network).isEmpty)
        }
    }

    @Test("Garbage rules are named and never trap", arguments: 0..<4)
    func garbageRulesAreNamed(batch: UInt64) throws {
        for seed in (batch * 300)..<(batch * 300 + 300) {
            var random = SplitMix64(seed: seed &+ 22_000)
            var junction = try #require(Self.networks[Int(seed % 50)].junctions.first)
            let good = try #require(junction.programs.first?.plan)
            for group in junction.signalGroups.indices {
                if random.chance(0.5) { junction.signalGroups[group].yellow = number(&random) }
                if random.chance(0.5) { junction.signalGroups[group].redAmber = number(&random) }
                if random.chance(0.5) { junction.signalGroups[group].leastGreen = number(&random) }
                if random.chance(0.5) { junction.signalGroups[group].greatestGreen = number(&random) }
                if random.chance(0.5) {
                    junction.signalGroups[group].crossing = Crossing(
                        length: number(&random), walkingSpeed: number(&random), leastWalk: number(&random))
                }
            }
            for intergreen in junction.intergreens.indices {
                if random.chance(0.5) { junction.intergreens[intergreen].seconds = number(&random) }
                if random.chance(0.1) { junction.intergreens[intergreen].ending = "nowhere" }
            }
            junction.intergreens.append(Intergreen(ending: "nowhere", starting: "", seconds: number(&random)))
            let found = SafetyGuard.violations(of: good, at: junction)
            #expect(found.contains { $0.fault == .ruleGroupUnknown(group: "nowhere") })
            #expect(!SafetyGuard.violations(changingFrom: good, to: good, at: 12, junction: junction).isEmpty)
            var judge = TraceJudge(junction: junction)
            for _ in 0..<50 {
                let aspects = junction.signalGroups.map { _ in Aspect.allCases.randomElement(using: &random) ?? .red }
                _ = judge.observe(random.chance(0.1) ? [] : aspects, at: number(&random))
            }
        }
    }

    @Test("A junction without groups takes an empty plan and no other")
    func emptyJunction() {
        let junction = Junction(id: "J", nodes: [], signalGroups: [])
        let empty = JunctionPlan(junction: "J", cycle: 60, offset: 0, greens: [])
        #expect(SafetyGuard.violations(of: empty, at: junction).isEmpty)
        #expect(SafetyGuard.violations(changingFrom: empty, to: empty, at: 5, junction: junction).isEmpty)
        var other = empty
        other.cycle = .nan
        #expect(SafetyGuard.violations(of: other, at: junction).count == 1)
    }
}
