import ArgumentParser
import Formats
import SignalModel

struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Reads networks and counts of other programs.",
        subcommands: [ImportSUMO.self, ImportCityFlow.self, ImportE1.self])
}

struct ImportSUMO: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sumo", abstract: "Reads a SUMO network with its signal programs.",
        discussion: "Example: greenband import sumo town.net.xml.gz --vehicle-types town.rou.xml -o network.json")

    @Argument(help: "The network, .net.xml or .net.xml.gz.") var network: String
    @Option(help: "An additional file with further signal programs; may be given several times.")
    var additional: [String] = []
    @Option(help: "A file with <vType> elements and vehicles, to derive saturation flow and storage from.")
    var vehicleTypes: String?
    @Option(name: .shortAndLong, help: "Where the network goes; standard output without it.") var output: String?
    @Flag(help: "Print what was not carried over as JSON.") var json = false

    func validate() throws { try checkJSON(json, output: output, document: "network") }

    func run() throws {
        try reportingErrors {
            progress("reading \(network)")
            let result = try SUMONetworkReader.read(
                network: network, additional: additional, vehicleTypes: vehicleTypes)
            try deliver(result.network, to: output)
            guard output != nil else { return }
            if json { try printJSON(result.losses) } else { try printSummary(of: result.network, result.losses) }
        }
    }
}

/// Prints what a network holds and what was lost on the way to it.
func printSummary(of network: Network, _ losses: LossReport) throws(FormatError) {
    let size =
        "\(network.junctions.count.counted("junction")), \(network.links.count.counted("link")), "
        + "\(network.movements.count.counted("movement")), \(network.detectors.count.counted("detector"))"
    try printLines(
        [size]
            + losses.entries.map { entry in
                "not carried over: \(entry.what) (\(entry.count)): \(entry.examples.joined(separator: ", "))"
            })
}

struct ImportE1: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "e1", abstract: "Reads what SUMO's induction loops counted.",
        discussion: "Example: greenband import e1 e1.xml -o counts.csv")

    @Argument(help: "The output file of the induction loops.") var file: String
    @Option(name: .shortAndLong, help: "Where the counts go (CSV); standard output without it.") var output: String?

    func run() throws {
        try reportingErrors {
            progress("reading \(file)")
            try deliver(CountsCSV.text(of: SUMODetectorOutputReader.read(file)), to: output)
        }
    }
}
