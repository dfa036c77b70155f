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
    /// Label of the contestant without which there is nothing to compare with.
    let reference: String
    let seeds: [UInt64]
    let scales: [Double]
    let demand: SUMODemand
    let jobs: Int

    private struct Job: Sendable {
        var label: String
        var control: SUMOControl
        var seed: UInt64
        var scale: Double
    }

    /// Who took part, who could not, and the figures by level of demand, contestant and seed.
    struct Result {
        var entries: [PlanComparison.Entry] = []
        var absent: [PlanComparison.Absence] = []
        var runs: [[[RunFigures]]] = []
    }

    /// Runs what has not been run.
    ///
    /// Where SUMO's own scripts fail on a network, the plan that they should have made is left out, but not the reference.
    func run() async throws -> Result {
        var result = Result()
        var controls: [SUMOControl] = []
        for plan in plans {
            let timing = try maker.plan(for: plan)
            do {
                controls.append(try await control(for: plan, timing))
                result.entries.append(maker.entry(plan, plan: timing))
            } catch SimulatorError.failed(let program, let message) where plan.label != reference {
                result.absent.append(.init(label: plan.label, reason: "\(program) failed: \(message)"))
            }
        }
        let labels = result.entries.map(\.label)
        let todo = scales.flatMap { scale in
            seeds.flatMap { seed in
                zip(labels, controls).compactMap { label, control in
                    folder.run(label, seed: seed, demandScale: scale) == nil
                        ? Job(label: label, control: control, seed: seed, scale: scale) : nil
                }
            }
        }
        let progress = Progress(total: todo.count)
        try await RunQueue.perform(todo, workers: jobs, finished: progress.show) {
            [runner, folder, demand] job in
            try await folder.withWorkFolder { work in
                let figures = try await runner.run(
                    job.control, seed: job.seed, demandScale: job.scale, demand: demand, in: work)
                try folder.keep(figures, job.label, seed: job.seed, demandScale: job.scale)
            }
        }
        result.runs = scales.map { scale in
            labels.map { label in seeds.compactMap { folder.run(label, seed: $0, demandScale: scale) } }
        }
        return result
    }

    /// What runs the signals for a contestant, kept in the folder under its label.
    private func control(for contestant: Contestant, _ plan: Plan?) async throws -> SUMOControl {
        if case .baseline(let baseline) = contestant.source, let control = baseline.liveControl {
            _ = try await kept(contestant, source: baseline.rawValue) { [] }
            return control
        }
        switch contestant.source {
        case .baseline(.present):
            _ = try await kept(contestant, source: "present") { [] }
            return .own
        case .baseline(.sumoWebster): return try await made(.webster, contestant)
        case .baseline(.sumoCoordinated): return try await made(.coordinated, contestant)
        case .baseline(.sumoOffsets): return try await made(.offsets, contestant)
        case .baseline(.actuated): return try await kept(contestant, program: actuated(.actuated))
        case .baseline(.delayBased): return try await kept(contestant, program: actuated(.delayBased))
        case .program(let file): return try await kept(contestant, program: TextFile.read(file))
        case .plan, .baseline:
            let text = try naming(contestant.label) { () throws(FormatError) in
                try SUMOProgramWriter.additionalFile(for: plan!, network: maker.network.withSignalNumbers())
            }
            return try await kept(contestant, program: text)
        }
    }

    private func actuated(_ control: ActuatedPrograms.Control) throws(FormatError) -> String {
        try ActuatedPrograms.additionalFile(network: runner.scenario.net, control: control)
    }

    private func made(_ product: SUMOSignalTools.Product, _ contestant: Contestant) async throws -> SUMOControl {
        try await kept(contestant, source: "SUMO's tools: \(product.rawValue)") {
            let yellow = try SUMOYellow.usual(in: runner.scenario.net) ?? SUMOSignalTools.usualYellow
            let tools = SUMOSignalTools(
                installation: runner.installation, scenario: runner.scenario, yellow: yellow)
            return try await folder.withWorkFolder { try await tools.make(product, in: $0) }
        }
    }

    private func kept(_ contestant: Contestant, program: String) async throws -> SUMOControl {
        try await kept(contestant, source: program) { [program] }
    }

    private func kept(
        _ contestant: Contestant, source: String, make: () async throws -> [String]
    ) async throws -> SUMOControl {
        .programs(try await folder.programs(label: contestant.label, source: source, make: make))
    }
}
