import SignalModel

/// The stages that a junction may be given, and which may follow which.
public struct StageTable: Sendable {
    /// Groups of each stage.
    public let stages: [GroupSet]
    /// The stage that must follow each, where the order is fixed.
    let successor: [Int]?
    /// For each group a stage of a small set of stages that together serve all groups.
    let coverStage: [Int]
    /// Number of stages in that set.
    let coverCount: Int

    /// Greatest number of stages that are looked at, unless more are needed to serve all groups.
    static let greatestCount = 24

    /// Finds the stages of a junction.
    ///
    /// Of the compatible sets none is taken that serves a part of a shared lane only, unless some group is in no other:
    /// where each vehicle turns is not known, and the first one that does not go holds all who could.
    ///
    /// - Throws: ``AdaptiveError`` where there are fewer than two, or some group is in none.
    public init(
        _ junction: Junction, layout: JunctionLayout, choice: AdaptiveSettings.StageChoice
    ) throws(AdaptiveError) {
        let rules = layout.rules
        let own = Self.ownStages(of: junction, rules: rules)
        var stages = own
        if choice == .compatibleSets {
            let sets = Self.compatibleSets(of: junction)
            let lanes = layout.sharedLanes
            for set in sets where stages.count < Self.greatestCount && !stages.contains(set) {
                if !lanes.contains(where: { set.divides($0) }) { stages.append(set) }
            }
            for set in sets where set.groups.contains(where: { group in !stages.contains { $0.contains(group) } }) {
                stages.append(set)
            }
        }
        guard stages.count > 1 else { throw .stageCount(junction.id, found: stages.count) }
        let missing = (0..<rules.groupCount).filter { group in !stages.contains { $0.contains(group) } }
        guard missing.isEmpty else {
            throw .unservedGroups(junction.id, missing.map { junction.signalGroups[$0].id })
        }
        self.stages = stages
        successor = choice == .ownOrder ? stages.indices.map { ($0 + 1) % stages.count } : nil
        (coverStage, coverCount) = Self.cover(of: rules.groupCount, from: stages)
    }

    /// All maximal sets in which nobody has to give way, then those in which some do.
    ///
    /// A set without those that others give way to is no maximal one where giving way is allowed, and yet the one that
    /// a protected turn needs.
    private static func compatibleSets(of junction: Junction) -> [GroupSet] {
        var protected = junction
        for conflict in junction.permittedConflicts {
            protected.intergreens.append(
                Intergreen(ending: conflict.yielding, starting: conflict.priority, seconds: 0))
        }
        return [protected, junction].flatMap { JunctionRules($0).maximalCompatibleSets().map { GroupSet($0) } }
    }

    /// Stages of the present program in its order, each once, without any whose groups conflict; groups that no stage
    /// serves join the first that they are compatible with.
    private static func ownStages(of junction: Junction, rules: ControlRules) -> [GroupSet] {
        let numbers = JunctionRules(junction).indexOfGroup
        guard let program = junction.programs.first(where: { $0.kind != .off }) else { return [] }
        var stages: [GroupSet] = []
        for name in program.sequence {
            guard let stage = junction.stages.first(where: { $0.id == name }) else { continue }
            let groups = stage.groups.compactMap { numbers[$0] }
            let conflict = groups.contains { one in groups.contains { $0 != one && rules.areIncompatible(one, $0) } }
            let set = GroupSet(groups)
            if !conflict, !groups.isEmpty, !stages.contains(set) { stages.append(set) }
        }
        for group in 0..<rules.groupCount where !stages.contains(where: { $0.contains(group) }) {
            let place = stages.firstIndex { stage in stage.groups.allSatisfy { !rules.areIncompatible($0, group) } }
            if let place { stages[place].insert(group) } else { stages.append(GroupSet([group])) }
        }
        return stages
    }

    /// Greedily the stage that serves most of the groups that are left.
    private static func cover(of groupCount: Int, from stages: [GroupSet]) -> (stage: [Int], count: Int) {
        var result = [Int](repeating: 0, count: groupCount)
        var open = GroupSet(0..<groupCount)
        var count = 0
        while open.bits != 0 {
            let gains = stages.map { ($0.bits & open.bits).nonzeroBitCount }
            let best = gains.indices.max { (gains[$0], -$0) < (gains[$1], -$1) }!
            for group in stages[best].groups where open.contains(group) { result[group] = best }
            open = open.subtracting(stages[best])
            count += 1
        }
        return (result, count)
    }
}
