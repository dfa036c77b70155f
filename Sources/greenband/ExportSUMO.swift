import ArgumentParser
import Formats
import PerformanceModel
import SignalModel
import Simulators

struct ExportNetwork: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sumo-network", abstract: "Writes the network with its present programs for SUMO's netconvert.",
        discussion: """
            Example:
              greenband export sumo-network network.json --folder out --name town
              cd out && netconvert -c town.netccfg

            A turn whose saturation flow the network states gets the speed at which a queue leaves at that flow, in place of
            its own; with the vehicles that sumo-routes draws, the through traffic leaves at its flow, too.
            """)

    @Argument(help: "The network (JSON).") var network: String
    @Option(help: "The folder that the files go to; it is made where it is not there.") var folder: String
    @Option(help: "What the files are called; without it, the network's name.") var name: String?

    func validate() throws {
        guard name.map({ !$0.isEmpty && !$0.contains("/") }) ?? true else {
            throw ValidationError("--name: expected a file name")
        }
    }

    func run() throws {
        try reportingErrors {
            let network = try readNetwork(network)
            let readable = String(network.name.map { "/\\".contains($0) ? "_" : $0 })
            let name = name ?? (readable.isEmpty ? "network" : readable)
            let files = try naming(self.network) { () throws(FormatError) in
                try SUMOPlainWriter.files(
                    for: DriversAsStated.withTurns(
                        of: network, leastTimeHeadway: SUMORoutesWriter.leastTimeHeadway), name: name)
            }
            try OutputFolder.make(folder)
            try files.write(to: folder, name: name)
        }
    }
}

struct ExportRoutes: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sumo-routes", abstract: "Draws vehicles that make up the demand, for SUMO.",
        discussion: "Example: greenband export sumo-routes network.json --counts counts.csv --seed 1 -o routes.rou.xml")

    @Argument(help: "The network (JSON).") var network: String
    @OptionGroup var demand: DemandOptions
    @Option(help: "Seed of the draw.") var seed: UInt64 = 0
    @Option(name: .shortAndLong, help: "Where the file goes; standard output without it.") var output: String?

    func validate() throws { try demand.checkWindow() }

    func run() throws {
        try reportingErrors {
            let network = try readNetwork(network)
            try naming(self.network) { () throws(FormatError) in try SUMOPlainWriter.checkNames(of: network) }
            let flows = try readFlows(demand, for: network)
            let text = try naming(demand.path ?? "flows") { () throws(FormatError) in
                try SUMODemand.asCounted(flows, in: network, seed: seed)
            }
            try deliver(text, to: output)
        }
    }
}
