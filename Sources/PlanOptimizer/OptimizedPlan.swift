import SignalModel

/// A plan and how it was found.
public struct OptimizedPlan: Sendable {
    /// The plan, with its notices.
    public let plan: Plan
    /// Junctions that were optimised together.
    public struct Subarea: Codable, Equatable, Sendable {
        /// The junctions, in the network's order.
        public var junctions: [JunctionID]
        /// They share a cycle, or half of it; else every junction runs its own.
        public var isCoordinated: Bool
        /// How good the offsets are, where junctions are coordinated and that is known.
        public var offsets: OffsetCertificate?
    }

    /// The subareas that the network was cut into, or the whole.
    public let subareas: [Subarea]

    init(network: Network, plans: [StagePlan], pools: [StagePool], subareas: [Subarea]) {
        var notices: [PlanNotice] = []
        var timings: [JunctionPlan] = []
        for (number, junction) in network.junctions.enumerated() {
            let stages = plans[number].stages.map(\.groups)
            timings.append(plans[number].junctionPlan(for: junction.id, under: pools[number].rules))
            let names = { (groups: [Int]) in groups.map { junction.signalGroups[$0].id } }
            for stage in pools[number].own where !stages.contains(where: { Set($0).isSuperset(of: stage) }) {
                notices.append(.init(kind: .stageDropped, junction: junction.id, groups: names(stage)))
            }
            for stage in stages where !pools[number].own.contains(where: { Set($0).isSuperset(of: stage) }) {
                notices.append(.init(kind: .stageDerived, junction: junction.id, groups: names(stage)))
            }
            let lost = Self.protectedGroups(in: pools[number].own, junction)
                .subtracting(Self.protectedGroups(in: stages, junction))
            for group in lost.sorted() {
                notices.append(.init(kind: .protectedTurnDropped, junction: junction.id, groups: names([group])))
            }
        }
        plan = Plan(network: network.name, name: "optimized", junctions: timings, notices: notices)
        self.subareas = subareas
    }

    /// Groups that give way in some stage but have one in which nobody they give way to is green.
    private static func protectedGroups(in stages: [[Int]], _ junction: Junction) -> Set<Int> {
        var result = Set<Int>()
        for (number, group) in junction.signalGroups.enumerated() {
            let priority = Set(junction.permittedConflicts.filter { $0.yielding == group.id }.map(\.priority))
            guard !priority.isEmpty else { continue }
            for stage in stages where stage.contains(number) {
                if !stage.contains(where: { priority.contains(junction.signalGroups[$0].id) }) { result.insert(number) }
            }
        }
        return result
    }
}
