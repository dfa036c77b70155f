import PerformanceModel
import SignalModel

/// First splits of a stage sequence: the greatest degree of saturation is made as small as it can be.
struct Equisaturation {
    /// A lane's load and the groups that serve it.
    struct Load {
        /// Flow ratio, flow over saturation flow.
        var ratio: Double
        /// Groups of which one must be green for the lane to discharge.
        var groups: [Int]
    }

    /// Loads of the lanes of one junction.
    let loads: [Load]
    let rules: JunctionRules
    let settings: OptimizerSettings

    init(model: NetworkModel, junction: Int, settings: OptimizerSettings) {
        loads = model.laneLoads(at: junction).map { Load(ratio: $0.flowRatio, groups: $0.groups) }
        rules = model.rules[junction]
        self.settings = settings
    }

    /// Greens of stages for a cycle, and the greatest degree of saturation that they leave.
    func plan(stages: [[Int]], cycle: Int) -> (plan: StagePlan, saturation: Double) {
        var plan = StagePlan(stages: stages.map { .init(groups: $0, green: 0) })
        let lost = plan.interstages(under: rules).reduce(0, +)
        let available = max(Double(cycle - lost), Double(stages.count * settings.leastStageGreen))
        var weights = Array(repeating: 1 / Double(stages.count), count: stages.count)
        var served = loads.map { load in
            stages.indices.filter { stage in load.groups.contains { stages[stage].contains($0) } }
        }
        served.indices.forEach { if served[$0].isEmpty { served[$0] = Array(stages.indices) } }
        func saturations() -> [Double] {
            zip(loads, served).map { load, stages in
                load.ratio * Double(cycle) / max(0.1, available * stages.reduce(0) { $0 + weights[$1] })
            }
        }
        // Multiplicative weights: the stages of the most loaded lane grow a little each time.
        for round in 0..<200 {
            let values = saturations()
            // Without any traffic the stages stay as long as one another.
            guard let worst = values.indices.max(by: { values[$0] < values[$1] }), values[worst] > 0 else { break }
            for stage in served[worst] { weights[stage] *= 1 + 1 / Double(4 + round) }
            let sum = weights.reduce(0, +)
            weights = weights.map { $0 / sum }
        }
        for stage in stages.indices {
            plan.stages[stage].green = max(
                settings.leastStageGreen, Int((available * weights[stage]).rounded()))
        }
        return (plan, saturations().max() ?? 0)
    }
}
