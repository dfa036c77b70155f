import SafetyGuard
import SignalModel
import TestSupport

/// A junction with a safe plan, about to be spoilt.
struct Subject {
    var network: Network
    var plan: Plan
    var random: SplitMix64

    /// Junctions that are spoilt again and again, in different ways.
    private static let networks = (0..<300).map { JunctionGenerator.junction(seed: $0) }

    init?(seed: UInt64) {
        random = SplitMix64(seed: seed &+ 33_000)
        network = Self.networks[Int(seed % 300)]
        guard let timing = network.junctions.first?.programs.first?.plan else { return nil }
        plan = Plan(network: network.name, name: "spoilt", junctions: [timing])
    }

    var junction: Junction {
        get { network.junctions[0] }
        set { network.junctions[0] = newValue }
    }

    var timing: JunctionPlan {
        get { plan.junctions[0] }
        set { plan.junctions[0] = newValue }
    }

    var violations: [Violation] { SafetyGuard.violations(of: plan, in: network) }

    /// Greens of a group, in ticks.
    func intervals(_ group: Int) -> [(start: Int, duration: Int)] {
        timing.greens[group].intervals.map {
            (BruteForceOracle.ticks($0.start), BruteForceOracle.ticks($0.duration))
        }
    }

    mutating func setIntervals(_ group: Int, _ intervals: [(start: Int, duration: Int)]) {
        let cycle = cycleTicks
        timing.greens[group].intervals = intervals.map {
            GreenInterval(start: Double(($0.start % cycle + cycle) % cycle) / 10, duration: Double($0.duration) / 10)
        }
    }

    var cycleTicks: Int { BruteForceOracle.ticks(timing.cycle) }

    /// A random group whose lamps change, by number.
    mutating func changingGroup(where suits: (SignalGroup) -> Bool = { _ in true }) -> Int? {
        let fitting = junction.signalGroups.indices.filter { group in
            suits(junction.signalGroups[group]) && intervals(group).allSatisfy { $0.duration < cycleTicks }
        }
        return fitting.randomElement(using: &random)
    }

    func number(of group: SignalGroupID) -> Int? { junction.signalGroups.firstIndex { $0.id == group } }

    /// A random pair with an intergreen, whose lamps change.
    mutating func conflictingPair(
        where suits: (SignalGroup, SignalGroup) -> Bool = { _, _ in true }
    ) -> (ending: Int, starting: Int)? {
        let pairs = junction.intergreens.compactMap { intergreen -> (ending: Int, starting: Int)? in
            guard let ending = number(of: intergreen.ending), let starting = number(of: intergreen.starting),
                suits(junction.signalGroups[ending], junction.signalGroups[starting])
            else { return nil }
            return (ending, starting)
        }
        return pairs.randomElement(using: &random)
    }

    /// Gives the starting group one green that begins some ticks after the only green of the ending group.
    mutating func bringTogether(_ pair: (ending: Int, starting: Int), gap: Int) {
        guard let kept = intervals(pair.ending).first, let moved = intervals(pair.starting).first else { return }
        setIntervals(pair.ending, [kept])
        setIntervals(pair.starting, [(kept.start + kept.duration + gap, moved.duration)])
    }

    mutating func setIntergreen(_ pair: (ending: Int, starting: Int), to seconds: Double) {
        let ending = junction.signalGroups[pair.ending].id
        let starting = junction.signalGroups[pair.starting].id
        for position in junction.intergreens.indices
        where junction.intergreens[position].ending == ending && junction.intergreens[position].starting == starting {
            junction.intergreens[position].seconds = seconds
        }
    }

    /// What the lamps show in two cycles of the plan, tick by tick, worked out apart from the guard.
    func trace() -> SignalTrace {
        let greens = BruteForceOracle.greens(of: timing)
        let cycle = cycleTicks
        var aspects = (0..<cycle).map { tick in greens.map { $0[tick] ? Aspect.green : .red } }
        for (group, rules) in junction.signalGroups.enumerated() {
            for tick in 0..<cycle where greens[group][tick] && !greens[group][(tick + 1) % cycle] {
                for later in 1..<(1 + BruteForceOracle.ticks(rules.yellow)) {
                    aspects[(tick + later) % cycle][group] = .yellow
                }
            }
            for tick in 0..<cycle where greens[group][tick] && !greens[group][(tick - 1 + cycle) % cycle] {
                for earlier in 1..<(1 + BruteForceOracle.ticks(rules.redAmber)) {
                    aspects[(tick - earlier + cycle) % cycle][group] = .redAmber
                }
            }
        }
        return SignalTrace(
            steps: (0..<(2 * cycle)).map { SignalTrace.Step(start: Double($0) / 10, aspects: aspects[$0 % cycle]) },
            end: Double(2 * cycle) / 10)
    }
}
