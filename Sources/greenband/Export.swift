import ArgumentParser
import Formats
import SignalModel

struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes files for other programs.",
        subcommands: [ExportDetectors.self, ExportProgram.self, ExportNetwork.self, ExportRoutes.self])
}

struct ExportDetectors: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sumo-detectors", abstract: "Writes the network's detectors as SUMO induction loops.",
        discussion: "Example: greenband export sumo-detectors network.json --counts-file e1.xml -o detectors.add.xml")

    @Argument(help: "The network (JSON).") var network: String
    @Option(help: "Length of a counting interval, s; short ones tell turns apart that share lanes.") var period = 10.0
    @Option(help: "File that SUMO is to write the counts to.") var countsFile = "e1.xml"
    @Option(name: .shortAndLong, help: "Where the file goes; standard output without it.") var output: String?

    func validate() throws {
        guard period >= 1, period <= 86400 else { throw ValidationError("--period: expected 1 to 86400 s") }
    }

    func run() throws {
        try reportingErrors {
            let network = try readNetwork(network)
            try deliver(
                SUMODetectorWriter.additionalFile(for: network, period: period, outputFile: countsFile), to: output)
        }
    }
}

struct ExportProgram: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sumo-program", abstract: "Writes a plan as a SUMO additional file.",
        discussion: "Example: greenband export sumo-program network.json plan.json -o plan.add.xml")

    @Argument(help: "The network (JSON).") var network: String
    @Argument(help: "The plan (JSON).") var plan: String
    @Option(help: "Name of the program in SUMO.") var program = "greenband"
    @Option(name: .shortAndLong, help: "Where the file goes; standard output without it.") var output: String?

    func run() throws {
        try reportingErrors {
            let network = try readNetwork(network)
            let timings = try readPlan(plan, for: network)
            let text = try naming(plan) { () throws(FormatError) in
                try SUMOProgramWriter.additionalFile(
                    for: timings, network: network.withSignalNumbers(), program: program)
            }
            try deliver(text, to: output)
        }
    }
}
