import PerformanceModel
import SignalModel

/// The stages that a plan of one junction may be made of.
struct StagePool {
    let rules: JunctionRules
    /// Stages of the present program, in its order, each once.
    let own: [[Int]]
    /// Further stages: maximal compatible sets of groups.
    let derived: [[Int]]

    init(junction: Junction, rules: JunctionRules, choice: OptimizerSettings.StageChoice) {
        self.rules = rules
        let maximal = rules.maximalCompatibleSets()
        let present = Self.presentStages(of: junction, rules: rules)
        if present.isEmpty {
            own = Self.cover(of: rules, from: maximal)
        } else {
            own = present
        }
        let known = own
        derived = choice == .free ? maximal.filter { !known.contains($0) } : []
    }

    /// Whether every group is green in one of the stages.
    func servesAll(_ stages: [[Int]]) -> Bool {
        (0..<rules.groupCount).allSatisfy { group in stages.contains { $0.contains(group) } }
    }

    /// The own stages without those that the others make superfluous, fewest groups dropped first.
    var reduced: [[Int]] {
        var kept = own
        for stage in own.sorted(by: { $0.count < $1.count }) {
            let rest = kept.filter { $0 != stage }
            if rest.count >= 2, servesAll(rest) { kept = rest }
        }
        return kept
    }

    private static func presentStages(of junction: Junction, rules: JunctionRules) -> [[Int]] {
        guard let program = junction.programs.first(where: { $0.kind != .off }) else { return [] }
        var stages: [[Int]] = []
        for name in program.sequence {
            guard let stage = junction.stages.first(where: { $0.id == name }) else { continue }
            let groups = stage.groups.compactMap { rules.indexOfGroup[$0] }.sorted()
            if !groups.isEmpty, !stages.contains(groups) { stages.append(groups) }
        }
        // A program whose stages leave a group dark serves it in an interstage: its own stages are not enough.
        let served = Set(stages.flatMap { $0 })
        let missing = (0..<rules.groupCount).filter { !served.contains($0) }
        for group in missing {
            if let position = stages.firstIndex(where: { stage in
                stage.allSatisfy { !rules.areIncompatible($0, group) }
            }) {
                stages[position] = (stages[position] + [group]).sorted()
            } else {
                stages.append([group])
            }
        }
        return stages
    }

    /// Stages that together serve every group: greedily the one that serves most of what is left.
    private static func cover(of rules: JunctionRules, from sets: [[Int]]) -> [[Int]] {
        var open = Set(0..<rules.groupCount)
        var chosen: [[Int]] = []
        while !open.isEmpty {
            guard
                let best = sets.max(by: { first, second in
                    first.count { open.contains($0) } < second.count { open.contains($0) }
                }), best.contains(where: { open.contains($0) })
            else { break }
            chosen.append(best)
            open.subtract(best)
        }
        return chosen
    }
}
