import SafetyGuard
import SignalModel

/// Judges greens by looking at every tick, as slowly and plainly as can be.
struct BruteForceOracle {
    /// A clearing that was too short: what, from which group to which, from which tick, for how many ticks.
    struct Breach: Hashable {
        let kind: String
        let ending: SignalGroupID
        let starting: SignalGroupID
        let end: Int
        let given: Int
    }

    let junction: Junction
    private let conflictingPairs: [(Int, Int)]

    init(junction: Junction) {
        self.junction = junction
        let ids = junction.signalGroups.map(\.id)
        let listed = Set(junction.intergreens.flatMap { [[$0.ending, $0.starting], [$0.starting, $0.ending]] })
        conflictingPairs = ids.indices.flatMap { first in
            ids.indices.filter { first != $0 && listed.contains([ids[first], ids[$0]]) }.map { (first, $0) }
        }
    }

    /// Whether each group is green at each tick of the cycle; the plan must be in range and on the grid.
    static func greens(of plan: JunctionPlan) -> [[Bool]] {
        let cycle = Int((plan.cycle * 10).rounded())
        return plan.greens.map { group in
            var ticks = [Bool](repeating: false, count: cycle)
            for interval in group.intervals {
                let start = Int((interval.start * 10).rounded())
                for tick in 0..<Int((interval.duration * 10).rounded()) { ticks[(start + tick) % cycle] = true }
            }
            return ticks
        }
    }

    /// Ticks at which two groups with an intergreen in either direction are both green.
    func conflictTicks(_ greens: [[Bool]]) -> [[SignalGroupID]: Set<Int>] {
        var found: [[SignalGroupID]: Set<Int>] = [:]
        for (first, second) in conflictingPairs where first < second {
            let both = Set(greens[first].indices.filter { greens[first][$0] && greens[second][$0] })
            if !both.isEmpty { found[[junction.signalGroups[first].id, junction.signalGroups[second].id]] = both }
        }
        return found
    }

    /// Clearings before every start of green that is seen with the whole range as the past; cyclic where asked.
    func clearingBreaches(_ greens: [[Bool]], startsIn range: Range<Int>, isCyclic: Bool) -> Set<Breach> {
        var found: Set<Breach> = []
        for (ending, starting) in conflictingPairs {
            let count = greens[starting].count
            let needs = needs(ending, starting)
            for tick in range where greens[starting][tick] && !greens[starting][(tick - 1 + count) % count] {
                if greens[ending][tick] { continue }
                var given = 0
                while given < count, !greens[ending][(tick - 1 - given + count) % count] { given += 1 }
                if given == count || (!isCyclic && given >= tick) { continue }
                for (kind, seconds) in needs where Double(given) < seconds * 10 - 1e-6 {
                    found.insert(
                        Breach(
                            kind: kind, ending: junction.signalGroups[ending].id,
                            starting: junction.signalGroups[starting].id, end: (tick - given + count) % count,
                            given: given))
                }
            }
        }
        return found
    }

    private func needs(_ ending: Int, _ starting: Int) -> [(String, Double)] {
        let from = junction.signalGroups[ending]
        let to = junction.signalGroups[starting]
        var needs = junction.intergreens.filter { $0.ending == from.id && $0.starting == to.id }
            .map { ("intergreen", $0.seconds) }
        needs.append(("change", from.yellow + to.redAmber))
        if let crossing = from.crossing, to.kind != .pedestrian { needs.append(("clearance", crossing.clearance)) }
        return needs
    }

    /// The clearings among a guard's findings, in the oracle's form.
    static func breaches(in violations: [Violation]) -> Set<Breach> {
        Set(
            violations.compactMap { violation in
                switch violation.fault {
                case .intergreenTooShort(let ending, let starting, let end, let given, _):
                    Breach(kind: "intergreen", ending: ending, starting: starting, end: ticks(end), given: ticks(given))
                case .yellowMeetsRedAmber(let ending, let starting, let end, let given, _):
                    Breach(kind: "change", ending: ending, starting: starting, end: ticks(end), given: ticks(given))
                case .pedestrianClearanceTooShort(let ending, let starting, let end, let given, _):
                    Breach(kind: "clearance", ending: ending, starting: starting, end: ticks(end), given: ticks(given))
                default: nil
                }
            })
    }

    static func ticks(_ seconds: Double) -> Int { Int((seconds * 10).rounded()) }
}
