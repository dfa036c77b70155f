import Comparison
import Reports
import SignalModel
import Simulators

extension Compare {
    /// The comparison by the model of queues; a folder keeps its results, and no runs.
    func inModel(_ network: Network, _ flows: Flows, _ maker: PlanMaker) throws -> PlanComparison {
        var timings: [Plan] = []
        for plan in plans { timings.append(try maker.plan(for: plan)!) }
        let drawn = demandKind != .given
        let place = try folder.map {
            try ComparisonFolder(
                $0,
                setting: self.setting(
                    simulator: "the model", begin: flows.start, end: flows.start + flows.duration,
                    demand: drawn ? .drawn : .given),
                inputs: inputs(routes: nil))
        }
        let runner = ModelRunner(network: network, flows: flows, drawsDemand: drawn)
        let progress = Progress(total: scales.count * seeds)
        var runs = scales.map { _ in plans.map { _ in [RunFigures]() } }
        for (level, scale) in scales.enumerated() {
            for (number, seed) in seedNumbers.enumerated() {
                let model = runner.model(seed: seed, demandScale: scale)
                for plan in timings.indices {
                    runs[level][plan].append(runner.figures(of: timings[plan], in: model))
                }
                progress.show(done: level * seeds + number + 1)
            }
        }
        let setting = PlanComparison.Setting(
            network: network.name, simulator: "the model", begin: flows.start, end: flows.start + flows.duration,
            demand: drawn
                ? "drawn anew for every seed, each flow a Poisson number about what was counted" : "as counted",
            definition: ModelRunner.definition, seeds: seedNumbers)
        let result = PlanComparison(
            setting: setting, plans: zip(plans, timings).map { maker.entry($0, plan: $1) },
            reference: referenceLabel, scales: scales, runs: runs)
        if let place { try keep(result, network, in: place) }
        return result
    }
}
