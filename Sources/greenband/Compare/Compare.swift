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

            With --folder, results (JSON, CSV) and a page (HTML) are kept there, and SUMO's runs: a comparison that was \
            ended goes on where it was, and takes more seeds or plans without repeating what is done. A folder of other \
            inputs, or of runs by another build of greenband, is refused.
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

    var seedNumbers: [UInt64] { (0..<UInt64(seeds)).map { firstSeed + $0 } }

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
            let place = URL(fileURLWithPath: folder ?? FileManager.default.temporaryDirectory.path).path
            guard !place.contains(",") else {
                throw ValidationError(
                    "\(folder == nil ? "TMPDIR" : "--folder"): expected a path without a comma, which SUMO takes for "
                        + "the end of a file's name, found \(place)")
            }
            guard routes != nil || [nil, .counted].contains(demandKind) else {
                throw ValidationError("--demand \(demandKind!.rawValue) needs --routes")
            }
            guard demandKind != .counted || hasDemand else {
                throw ValidationError("--demand counted needs --counts or --flows")
            }
        case .model:
            try demand.checkWindow()
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
            let network = try readSignalisedNetwork(network)
            if let folder { try OutputFolder.make(folder) }
            let flows = hasDemand || simulator == .model ? try readFlows(demand, for: network) : nil
            let maker = PlanMaker(network: network, path: self.network, flows: flows, net: net)
            let result =
                switch simulator {
                case .model: try inModel(network, flows!, maker)
                case .sumo: try await endingInOrder { try await inSUMO(network, maker) }
                }
            if json { try printJSON(result) } else { try deliver(result.text, to: nil) }
        }
    }

    private var hasDemand: Bool { demand.counts != nil || demand.flows != nil }

    var referenceLabel: String { reference ?? plans[0].label }

    /// What must be the same for runs to be of one comparison, beside the files that they depend on.
    func setting(simulator: String, begin: Double, end: Double, demand kind: Demand) -> [String: String] {
        [
            "simulator": simulator, "window": "\(begin) s to \(end) s", "demand": kind.rawValue,
            "intervals": demand.interval.map { "\($0) s" } ?? "as read",
        ]
    }

    /// The files that runs depend on, one of each role.
    func inputs(routes: String?) -> [ComparisonFolder.Input] {
        let countsSuffix = demand.counts?.hasSuffix(".json") == true ? ".json" : ".csv"
        return [
            .init("network", network, suffix: ".json"), .init("net", net, suffix: ".xml"),
            .init("routes", routes, suffix: ".xml"), .init("counts", demand.counts, suffix: countsSuffix),
            .init("flows", demand.flows, suffix: ".json"),
        ]
    }

    /// Keeps the results in the folder, which nobody else has meanwhile.
    func keep(_ result: PlanComparison, _ network: Network, in folder: ComparisonFolder) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        try withExtendedLifetime(folder) {
            try deliver([
                (encoder.encode(result), folder.path + "/results.json"),
                (Data(result.seedsCSV.utf8), folder.path + "/seeds.csv"),
                (Data(result.tableCSV.utf8), folder.path + "/table.csv"),
                (Data(ComparisonPage(result, network: network).html().utf8), folder.path + "/report.html"),
            ])
        }
    }
}
