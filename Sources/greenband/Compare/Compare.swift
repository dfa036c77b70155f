import ArgumentParser
import Comparison
import Formats
import Foundation
import Reports
import SignalModel
import Simulators

struct Compare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compares plans: the same seeds for each, differences seed by seed, with intervals.",
        discussion: """
            Examples:
              greenband compare network.json present plan.json --counts counts.csv
              greenband compare network.json present ours=plan.json webster --counts counts.csv --simulator sumo \
            --net town.net.xml --routes town.rou.xml --begin 25200 --end 28800 --seeds 10 --folder out

            A plan is a file (JSON of greenband, or an additional file of SUMO), or one of \(Contestant.baselineNames). \
            LABEL=PLAN gives it a name. One plan is measured; of several the others are compared with the first, or with the one that --reference names.

            Lower or higher is said only where the interval of the difference does not span zero; where it does, how many \
            more seeds would be needed is said instead. The intervals of several plans hold together.

            With --folder, runs, results (JSON, CSV) and a page (HTML) are kept there. A comparison that was ended goes on \
            where it was, and takes more seeds or plans without repeating what is done.
            """)

    enum Simulator: String, ExpressibleByArgument, CaseIterable { case model, sumo }
    enum Demand: String, ExpressibleByArgument, CaseIterable { case given, redrawn, drawn, counted }

    @Argument(help: "The network (JSON).") var network: String
    @Argument(help: "The plans: files (.json, .xml), or some of \(Contestant.baselineNames).") var plans: [Contestant]
    @OptionGroup var demand: DemandOptions
    @Option(help: "What the plans are run in: model or sumo.") var simulator = Simulator.model
    @Option(help: "SUMO's network.") var net: String?
    @Option(help: "SUMO's vehicles and their routes; without it, they are drawn from the counts.") var routes: String?
    @Option(help: "SUMO's folder, with bin and tools; SUMO_HOME without it.") var sumoHome: String?
    @Option(help: "Number of seeds.") var seeds = 10
    @Option(help: "The first seed.") var firstSeed: UInt64 = 1
    @Option(
        name: .customLong("demand"),
        help: """
            given: the vehicles of the routes; redrawn: as many, in the same five minutes, at other times for every seed; \
            drawn: those of another day for every seed; counted: vehicles of another day, drawn from --counts or --flows. \
            The model: drawn. SUMO: given, or counted without --routes.
            """)
    var demandKind: Demand?
    @Option(
        name: .customLong("demand-scale"), help: "Factors on the demand, with commas between them.",
        transform: demandScales)
    var scales = [1.0]
    @Option(help: "The plan that the others are compared with; the first without it.") var reference: String?
    @Option(help: "Where runs and results are kept.") var folder: String?
    @Option(help: "Runs at a time.") var jobs = 2
    @Flag(help: "Print the result as JSON.") var json = false

    private var seedNumbers: [UInt64] { (0..<UInt64(seeds)).map { firstSeed + $0 } }

    func validate() throws {
        guard (1...100_000).contains(seeds) else { throw ValidationError("--seeds: expected 1 to 100000") }
        guard firstSeed <= 1_000_000_000 else { throw ValidationError("--first-seed: expected at most 1000000000") }
        guard (1...256).contains(jobs) else { throw ValidationError("--jobs: expected 1 to 256") }
        let labels = plans.map(\.label)
        if let twice = labels.first(where: { label in labels.count { $0 == label } > 1 }) {
            throw ValidationError("two plans are called \"\(twice)\"; name one of them, as in NAME=\(twice)")
        }
        if let reference, !labels.contains(reference) {
            throw ValidationError("--reference: expected one of \(labels.joined(separator: ", "))")
        }
        switch simulator {
        case .sumo:
            guard net != nil, routes != nil || hasDemand, demand.begin != nil, demand.end != nil else {
                throw ValidationError(
                    "--simulator sumo needs --net, --begin, --end, and one of --routes, --counts and --flows")
            }
            try checkSimulatedWindow(begin: demand.begin!, end: demand.end!)
            guard routes != nil || [nil, .counted].contains(demandKind) else {
                throw ValidationError("--demand \(demandKind!.rawValue) needs --routes")
            }
            guard demandKind != .counted || hasDemand else {
                throw ValidationError("--demand counted needs --counts or --flows")
            }
        case .model:
            for plan in plans {
                if case .baseline(let baseline) = plan.source, baseline.needsSUMO {
                    throw ValidationError("\(plan.label) can be run with --simulator sumo only")
                }
                if case .program = plan.source, net == nil {
                    throw ValidationError("\(plan.label) is of SUMO's kind: the model needs --net to read it")
                }
            }
            guard [nil, .given, .drawn].contains(demandKind) else {
                throw ValidationError(
                    "the model knows no single vehicles: --demand \(demandKind!.rawValue) needs --simulator sumo")
            }
            guard demandKind != .given || seeds == 1 else {
                throw ValidationError("the model has no luck but the demand's: --demand given needs --seeds 1")
            }
        }
    }

    func run() async throws {
        try await reportingErrors {
            let network = try readNetwork(network)
            if let folder { try OutputFolder.make(folder) }
            let flows = hasDemand || simulator == .model ? try readFlows(demand, for: network) : nil
            let maker = PlanMaker(network: network, path: self.network, flows: flows, net: net)
            let result =
                switch simulator {
                case .model: try inModel(network, flows!, maker)
                case .sumo: try await inSUMO(network, maker)
                }
            if let folder { try keep(result, network, in: folder) }
            if json { try printJSON(result) } else { print(result.text, terminator: "") }
        }
    }

    private var hasDemand: Bool { demand.counts != nil || demand.flows != nil }

    private var referencePosition: Int { plans.firstIndex { $0.label == reference } ?? 0 }

    private func keep(_ result: PlanComparison, _ network: Network, in folder: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        try deliver([
            (encoder.encode(result), folder + "/results.json"),
            (Data(result.seedsCSV.utf8), folder + "/seeds.csv"),
            (Data(result.tableCSV.utf8), folder + "/table.csv"),
            (Data(ComparisonPage(result, network: network).html().utf8), folder + "/report.html"),
        ])
    }

    private func inModel(_ network: Network, _ flows: Flows, _ maker: PlanMaker) throws -> PlanComparison {
        var timings: [Plan] = []
        for plan in plans { timings.append(try maker.plan(for: plan)!) }
        let drawn = demandKind != .given
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
        return PlanComparison(
            setting: setting, plans: zip(plans, timings).map { maker.entry($0, plan: $1) },
            reference: referencePosition,
            scales: scales, runs: runs)
    }

    /// A route file for what needs one itself, such as SUMO's own tools.
    private func countedDay(_ flows: Flows, _ network: Network, in folder: String) throws -> String {
        try OutputFolder.make(folder)
        let file = folder + "/routes.xml"
        let text = try naming(demand.path ?? "flows") { () throws(FormatError) in
            try SUMODemand.asCounted(flows, in: network, seed: 0)
        }
        try AtomicFile.write(text, to: file)
        return file
    }

    private func inSUMO(_ network: Network, _ maker: PlanMaker) async throws -> PlanComparison {
        let installation = try await SUMOInstallation.find(home: sumoHome)
        let temporary = FileManager.default.temporaryDirectory.path + "/greenband-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: temporary) }
        var scenario = SUMOScenario(
            net: net!, routes: try routes ?? countedDay(maker.flows!, network, in: temporary), begin: demand.begin!,
            end: demand.end!)
        let kind = demandKind ?? (routes == nil ? .counted : .given)
        let vehicles: SUMODemand =
            switch kind {
            case .drawn: .redrawn(.day)
            case .redrawn: .redrawn(.departures)
            case .counted: .counted(maker.flows!)
            case .given: .given
            }
        let netName = scenario.net.hasSuffix(".gz") ? "net.xml.gz" : "net.xml"
        let routesName = scenario.routes.hasSuffix(".gz") ? "routes.xml.gz" : "routes.xml"
        var inputs = ["network.json": self.network, netName: scenario.net, routesName: scenario.routes]
        if let file = demand.path { inputs["demand"] = file }
        let place = try ComparisonFolder(
            folder ?? temporary + "/comparison",
            description: "SUMO \(installation.version), \(scenario.begin) s to \(scenario.end) s, demand "
                + kind.rawValue + (demand.interval.map { ", intervals of \($0) s" } ?? ""), inputs: inputs)
        scenario.net = place.input(netName)
        scenario.routes = place.input(routesName)
        let contest = SUMOContest(
            runner: SUMORunner(
                installation: installation, scenario: scenario, network: network, flows: maker.flows),
            folder: place,
            maker: maker, plans: plans, seeds: seedNumbers, scales: scales, demand: vehicles, jobs: jobs)
        let (entries, runs) = try await contest.run()
        let setting = PlanComparison.Setting(
            network: network.name, simulator: "SUMO \(installation.version)", begin: scenario.begin, end: scenario.end,
            demand: vehicles.description,
            definition: SUMOScenario.definition, seeds: seedNumbers)
        return PlanComparison(
            setting: setting, plans: entries, reference: referencePosition, scales: scales, runs: runs)
    }
}
