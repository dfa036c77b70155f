import PerformanceModel
import SignalModel

/// Textbook timings, which an optimised plan is compared with.
///
/// Both serve the stages of the present programs and keep the rules; both load the critical lanes of all stages equally, with
/// the flows of each lane's busiest ten minutes.
public struct ReferencePlans: Sendable {
    private let model: NetworkModel

    /// Prepares the timings of a network with its demand.
    public init(model: NetworkModel) { self.model = model }

    /// Each junction by itself with Webster's cycle (``StageSplits/websterCycle``), 32 to 150 s, or the longest below it that
    /// greatest greens allow.
    ///
    /// - Throws: ``PlanOptimizerError/noLegalPlan(_:)``
    public func webster() throws(PlanOptimizerError) -> Plan {
        try plan(named: "webster") { junction in
            let splits = StageSplits(model: model, junction: junction, settings: OptimizerSettings())
            guard let cycle = splits.websterCycle, let shortest = splits.shortestCycle else { return nil }
            return stride(from: cycle, through: shortest, by: -1).lazy
                .compactMap { splits.timing(of: splits.stages, cycle: $0) }.first
        }
    }

    /// The present cycles and offsets, a cycle of 90 s and no offset where a junction has no present program.
    ///
    /// A cycle that the stages do not fit into is made longer.
    /// - Throws: ``PlanOptimizerError/noLegalPlan(_:)``
    public func equallySaturated() throws(PlanOptimizerError) -> Plan {
        try plan(named: "equisat") { junction in
            let present = model.network.junctions[junction].programs.first { $0.kind != .off }?.plan
            let cycle = Int((present?.cycle ?? 90).rounded())
            var settings = OptimizerSettings()
            settings.leastCycle = min(settings.leastCycle, cycle)
            settings.greatestCycle = max(settings.greatestCycle, cycle)
            let splits = StageSplits(model: model, junction: junction, settings: settings)
            let possible = max(cycle, splits.shortestCycle ?? cycle)
            guard var timing = splits.timing(of: splits.stages, cycle: possible) else { return nil }
            timing.offset = present.map { start(of: splits.stages[0], in: $0, junction) % possible } ?? 0
            return timing
        }
    }

    /// When a stage becomes complete under a present program, s of network time.
    private func start(of stage: [Int], in present: JunctionPlan, _ junction: Int) -> Int {
        guard let recovered = try? StagePlan(present, under: model.rules[junction]) else { return 0 }
        let interstages = recovered.interstages(under: model.rules[junction])
        var clock = recovered.offset
        for (number, timed) in recovered.stages.enumerated() {
            if timed.groups == stage { return clock }
            clock += timed.green + interstages[number]
        }
        return recovered.offset
    }

    private func plan(
        named name: String, _ timing: (Int) -> StagePlan?
    ) throws(PlanOptimizerError) -> Plan {
        var timings: [JunctionPlan] = []
        for (number, junction) in model.network.junctions.enumerated() {
            guard let found = timing(number) else { throw .noLegalPlan(junction.id) }
            timings.append(found.junctionPlan(for: junction.id, under: model.rules[number]))
        }
        return Plan(network: model.network.name, name: name, junctions: timings)
    }
}
