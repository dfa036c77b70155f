import ArgumentParser
import Formats
import Foundation
import PerformanceModel
import PlanOptimizer
import PlanPages
import Reports
import SafetyGuard
import SignalModel

struct Optimize: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Seeks cycle, stage sequence, splits and offsets for a network.",
        discussion: """
            Examples:
              greenband optimize network.json --counts counts.csv -o plan.json
              greenband optimize network.json --flows flows.json --stages free --json
              greenband optimize network.json --counts counts.csv -o plan.json --report report.html --language zh

            With --stages own every stage of the present program is served. With --stages free stages may be derived \
            from the conflict matrix or dropped where every group is still served; a protected turn that then only \
            gives way is named in the plan's notices.

            With -o the plan goes to the file, and a report to standard output: stages, greens, capacity, delay and \
            level of service before and after. Progress is shown where standard error is a terminal.
            """)

    @Argument(help: "The network (JSON).") var network: String
    @OptionGroup var demand: DemandOptions
    @Option(help: "Stages that the plan may use: own or free.") var stages = OptimizerSettings.StageChoice.own
    @Option(help: "Seed of the draws of who turns when, within what was counted.") var seed: UInt64 = 0
    @Option(help: "Draws that the plan is made for; the search takes as many times longer.")
    var draws = OptimizerSettings().draws
    @Option(help: "Share by which the demand that the plan is made for exceeds what was counted.")
    var reserve = OptimizerSettings().reserve
    @Option(
        name: .customLong("demand-scale"),
        help: "Factors on the demand that the plan is made for, with commas between them, each drawn --draws times.",
        transform: demandScales)
    var scales = [1.0]
    @Option(help: "Weight of the worst demands (--draws, --demand-scale) in what is made least, 0 to 1.")
    var tailWeight = OptimizerSettings().tailWeight
    @Option(help: "Part of the demands that are the worst.") var tailShare = OptimizerSettings().tailShare
    @Option(help: "Time after which the search ends with the best it has found, s.") var deadline: Double?
    @Option(help: "Shortest cycle, s.") var leastCycle = OptimizerSettings().leastCycle
    @Option(help: "Longest cycle, s.") var greatestCycle = OptimizerSettings().greatestCycle
    @Option(help: "Threads; the plan does not depend on it.") var threads = 2
    @Option(help: "Most junctions that are optimised as one subarea; greater networks are cut into several.")
    var greatestSubarea = OptimizerSettings().greatestSubarea
    @Option(help: "Where a table goes (CSV) of when the search ended with each subarea.") var steps: String?
    @Option(help: .hidden) var without: OptimizerSettings.Part?
    @Option(help: .hidden) var effort = OptimizerSettings().effort
    @Option(name: .shortAndLong, help: "Where the plan goes; standard output without it.") var output: String?
    @OptionGroup var report: ReportOptions
    @Flag(help: "Print the report as JSON; with --report, all that the page says.") var json = false

    func validate() throws {
        guard (20...300).contains(leastCycle), (leastCycle...300).contains(greatestCycle) else {
            throw ValidationError("expected 20 s ≤ --least-cycle ≤ --greatest-cycle ≤ 300 s")
        }
        guard (1...100).contains(draws), draws * scales.count <= 100 else {
            throw ValidationError("--draws: expected 1 to 100, with all factors of --demand-scale")
        }
        guard (0...1).contains(reserve) else { throw ValidationError("--reserve: expected a share from 0 to 1") }
        guard (0...1).contains(tailWeight) else { throw ValidationError("--tail-weight: expected 0 to 1") }
        guard tailShare > 0, tailShare <= 1 else { throw ValidationError("--tail-share: expected above 0 and up to 1") }
        guard deadline.map({ $0 > 0 && $0 <= 1e6 }) ?? true else {
            throw ValidationError("--deadline: expected a time above 0 s")
        }
        guard (2...1000).contains(greatestSubarea) else {
            throw ValidationError("--greatest-subarea: expected 2 to 1000 junctions")
        }
        guard (1...256).contains(threads) else { throw ValidationError("--threads: expected 1 to 256") }
        try checkJSON(json, output: output, document: "plan")
        try demand.checkWindow()
    }

    /// Says yes once a time, s, has passed from now on.
    private func stop(after seconds: Double?) -> @Sendable () -> Bool {
        guard let seconds else { return { false } }
        let end = ContinuousClock.now + .seconds(seconds)
        return { ContinuousClock.now >= end }
    }

    func run() throws {
        try reportingErrors {
            try AtomicFile.check([output, report.path, steps].compactMap { $0 })
            let network = try readSignalisedNetwork(network)
            progress("estimating flows")
            let known = try readDemand(demand, for: network)
            let flows = known.flows
            var settings = OptimizerSettings()
            settings.stages = stages
            settings.seed = seed
            settings.draws = draws
            settings.reserve = reserve
            settings.leastCycle = leastCycle
            settings.greatestCycle = greatestCycle
            settings.threads = threads
            settings.effort = effort
            settings.leftOut = Set([without].compactMap { $0 })
            settings.demandScales = scales
            settings.tailWeight = tailWeight
            settings.tailShare = tailShare
            settings.greatestSubarea = greatestSubarea
            progress("optimising \(network.junctions.count.counted("junction"))")
            let optimizer = CityOptimizer(
                network: network, flows: flows, settings: settings, isStopped: stop(after: deadline))
            let log = steps.map { _ in StepLog() }
            let result = try optimizer.optimize { step in
                progress("optimising \(network.junctions.count.counted("junction")): step \(step.done) of \(step.all)")
                log?.add(step)
            }
            // Whatever the search believes, what the guard refuses does not leave the program.
            let violations = SafetyGuard.violations(of: result.plan, in: network)
            guard violations.isEmpty else {
                let list = violations.prefix(10).map(\.description).joined(separator: "\n")
                throw fail(.infeasible, "no safe plan was found; the best one breaks rules:\n\(list)")
            }
            try deliver(result, of: network, known, log)
        }
    }

    /// Writes the plan, and the report and the steps where they are wanted: all or nothing.
    private func deliver(
        _ result: OptimizedPlan, of network: Network, _ known: KnownDemand, _ log: StepLog?
    ) throws {
        var files: [(data: Data, path: String?)] = [(try JSONDocument.encode(result.plan), output)]
        if let log { files.append((Data(log.csv.utf8), steps)) }
        let subareas = result.subareas.map(SubareaReport.init)
        guard let path = report.path else {
            try greenband.deliver(files)
            guard output != nil else { return }
            progress("putting the report together")
            let report = PlanReport(
                network: network, flows: known.flows, plan: result.plan, present: network.presentPlan,
                subareas: subareas)
            if json { try printJSON(report) } else { try printReport(report.text, known) }
            return
        }
        progress("putting the report together")
        let full = FullReport(
            network: network, flows: known.flows, plan: result.plan, present: network.presentPlan, subareas: subareas,
            detectors: known.detectors, settings: report.page.settings(threads: threads))
        let page = try PlanPage(full, network: network, language: report.page.language).html()
        try greenband.deliver(files + [(Data(page.utf8), path)])
        guard output != nil else { return }
        if json { try printJSON(full) } else { try printReport(full.plan.text, known) }
    }
}

extension SubareaReport {
    /// What is known of a subarea of an optimised plan.
    init(_ subarea: OptimizedPlan.Subarea) {
        self.init(
            junctionCount: subarea.junctions.count, isCoordinated: subarea.isCoordinated,
            offsets: subarea.offsets.map { ($0.cycle, $0.delay, $0.bound, $0.gap) })
    }
}

extension OptimizerSettings.StageChoice: ExpressibleByArgument {}
extension OptimizerSettings.Part: ExpressibleByArgument {}
