import Comparison
import Formats
import SignalModel
import Simulators

/// Runs contestants in SUMO; what a folder has of the runs is not run again.
struct SUMOContest {
    let runner: SUMORunner
    let folder: ComparisonFolder
    let maker: PlanMaker
    let plans: [Contestant]
    let seeds: [UInt64]
    let scales: [Double]
    let drawsDepartures: Bool
    let jobs: Int

    private struct Job: Sendable {
        var label: String
        var control: SUMOControl
        var seed: UInt64
        var scale: Double
    }

    /// The contestants, and the figures by level of demand, contestant and seed.
    func run() async throws -> ([PlanComparison.Entry], [[[RunFigures]]]) {
        var entries: [PlanComparison.Entry] = []
        var controls: [SUMOControl] = []
        for plan in plans {
            let timing = try maker.plan(for: plan)
            entries.append(maker.entry(plan, plan: timing))
            controls.append(try await control(for: plan, timing))
        }
        let todo = scales.flatMap { scale in
            seeds.flatMap { seed in
                zip(plans, controls).compactMap { plan, control in
                    folder.run(plan.label, seed: seed, demandScale: scale) == nil
                        ? Job(label: plan.label, control: control, seed: seed, scale: scale) : nil
                }
            }
        }
        let progress = Progress(total: todo.count)
        try await RunQueue.perform(todo, workers: jobs, finished: progress.show) {
            [runner, folder, drawsDepartures] job in
            try await folder.withWorkFolder { work in
                let figures = try await runner.run(
                    job.control, seed: job.seed, demandScale: job.scale, drawsDepartures: drawsDepartures, in: work)
                try folder.keep(figures, job.label, seed: job.seed, demandScale: job.scale)
            }
        }
        let runs = scales.map { scale in
            plans.map { plan in seeds.compactMap { folder.run(plan.label, seed: $0, demandScale: scale) } }
        }
        return (entries, runs)
    }

    /// What runs the signals for a contestant, kept in the folder under its label.
    private func control(for contestant: Contestant, _ plan: Plan?) async throws -> SUMOControl {
        let product: SUMOSignalTools.Product
        switch contestant.source {
        case .baseline(.present):
            try folder.keep(plan: "the network's own programs\n", label: contestant.label)
            return .own
        case .baseline(.sumoWebster): product = .webster
        case .baseline(.sumoCoordinated): product = .coordinated
        case .baseline(.sumoOffsets): product = .offsets
        case .baseline(.maxPressure):
            try folder.keep(plan: "max-pressure\n", label: contestant.label)
            return .maxPressure
        case .baseline(.actuated): return try kept([actuated(.actuated)], contestant)
        case .baseline(.delayBased): return try kept([actuated(.delayBased)], contestant)
        case .program(let file):
            return try kept([TextFile.read(file)], contestant)
        case .plan, .baseline:
            let text = try naming(contestant.label) { () throws(FormatError) in
                try SUMOProgramWriter.additionalFile(for: plan!, network: maker.network.withSignalNumbers())
            }
            return try kept([text], contestant)
        }
        let yellow = try SUMOYellow.usual(in: runner.scenario.net) ?? SUMOSignalTools.usualYellow
        let tools = SUMOSignalTools(installation: runner.installation, scenario: runner.scenario, yellow: yellow)
        let texts = try await folder.plan(label: contestant.label) {
            try await folder.withWorkFolder { try await tools.make(product, in: $0) }
        }
        return .programs(texts)
    }

    private func actuated(_ control: ActuatedPrograms.Control) throws(FormatError) -> String {
        try ActuatedPrograms.additionalFile(network: runner.scenario.net, control: control)
    }

    private func kept(_ texts: [String], _ contestant: Contestant) throws -> SUMOControl {
        try folder.keep(plan: texts.joined(), label: contestant.label)
        return .programs(texts)
    }
}
