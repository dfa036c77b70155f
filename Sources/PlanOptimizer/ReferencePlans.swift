import PerformanceModel
import SignalModel

/// Textbook timings, which an optimised plan is compared with.
///
/// Both serve every stage of the present program in its order, and keep least and greatest greens.
public struct ReferencePlans: Sendable {
    private let model: NetworkModel

    /// Prepares the timings of a network with its demand.
    public init(model: NetworkModel) { self.model = model }

    /// Each junction by itself with Webster's cycle, C = (1.5·L + 5)/(1 − Y) (Webster 1958), and splits that load the
    /// critical lanes of all stages equally.
    ///
    /// Flow ratios are those of the busiest ten minutes of each lane; turns that give way count with their full discharge, as
    /// in Webster's method. The cycle is 32 to 150 s; where Y ≥ 1 it is 150 s.
    /// - Throws: ``PlanOptimizerError/noLegalPlan(_:)``
    public func webster() throws(PlanOptimizerError) -> Plan {
        let settings = OptimizerSettings()
        return try plan(named: "webster") { junction, pool throws(PlanOptimizerError) in
            let splits = Equisaturation(model: model, junction: junction, settings: settings)
            let lost = Double(
                StagePlan(stages: pool.own.map { .init(groups: $0, green: 0) })
                    .interstages(under: model.rules[junction]).reduce(0, +))
            let trial = 120
            let saturation = splits.plan(stages: pool.own, cycle: trial).saturation
            // x = Y·C/(C − L) with equal saturation.
            let flowRatio = saturation * max(0, Double(trial) - lost) / Double(trial)
            let best = Webster.optimumCycle(lostTime: lost, criticalFlowRatios: [flowRatio])
            let cycle = min(max(best ?? .infinity, Double(settings.leastCycle)), Double(settings.greatestCycle))
            return try legal(splits, pool, junction, cycle: Int(cycle.rounded()), settings)
        }
    }

    /// The present cycles and offsets with splits that load the critical lanes of all stages equally; a cycle of 90 s where a
    /// junction has no present program.
    ///
    /// - Throws: ``PlanOptimizerError/noLegalPlan(_:)``
    public func equallySaturated() throws(PlanOptimizerError) -> Plan {
        try plan(named: "equisat") { junction, pool throws(PlanOptimizerError) in
            let present = model.network.junctions[junction].programs.first { $0.kind != .off }?.plan
            let cycle = Int((present?.cycle ?? 90).rounded())
            var settings = OptimizerSettings()
            settings.leastCycle = min(settings.leastCycle, cycle)
            settings.greatestCycle = max(settings.greatestCycle, cycle)
            let splits = Equisaturation(model: model, junction: junction, settings: settings)
            var result = try legal(splits, pool, junction, cycle: cycle, settings)
            if let present { result.offset = start(of: pool.own[0], in: present, junction, cycle: cycle) }
            return result
        }
    }

    /// When the first stage becomes complete under a present program, s of network time.
    private func start(of stage: [Int], in present: JunctionPlan, _ junction: Int, cycle: Int) -> Int {
        guard let recovered = try? StagePlan(present, under: model.rules[junction]) else { return 0 }
        let interstages = recovered.interstages(under: model.rules[junction])
        var clock = recovered.offset
        for (number, timed) in recovered.stages.enumerated() {
            if timed.groups == stage { return clock % cycle }
            clock += timed.green + interstages[number]
        }
        return recovered.offset % cycle
    }

    private func legal(
        _ splits: Equisaturation, _ pool: StagePool, _ junction: Int, cycle: Int, _ settings: OptimizerSettings
    ) throws(PlanOptimizerError) -> StagePlan {
        let name = model.network.junctions[junction].id
        let limits = TimingLimits(junction: name, rules: model.rules[junction], settings: settings)
        let plan = splits.plan(stages: pool.own, cycle: cycle).plan
        // Least greens can ask for more than the cycle has.
        guard let legal = limits.legalised(plan, cycle: cycle) ?? limits.legalised(plan, cycle: nil) else {
            throw .noLegalPlan(name)
        }
        return legal
    }

    private func plan(
        named name: String, _ timing: (Int, StagePool) throws(PlanOptimizerError) -> StagePlan
    ) throws(PlanOptimizerError) -> Plan {
        var timings: [JunctionPlan] = []
        for (number, junction) in model.network.junctions.enumerated() {
            let pool = StagePool(junction: junction, rules: model.rules[number], choice: .own)
            timings.append(try timing(number, pool).junctionPlan(for: junction.id, under: model.rules[number]))
        }
        return Plan(network: model.network.name, name: name, junctions: timings)
    }
}
