import ArgumentParser
import Formats
import Foundation
import SignalModel

struct ImportCityFlow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cityflow", abstract: "Reads a CityFlow network, and the counts that its vehicles imply.",
        discussion: """
            Example: greenband import cityflow roadnet.json --flow flow.json -o network.json --counts counts.csv

            The vehicles of the flow file are driven along their routes at free flow; the counts are what the network's \
            detectors would see of them.
            """)

    @Argument(help: "The road network (JSON).") var roadnet: String
    @Option(help: "The vehicles with their routes (JSON).") var flow: String?
    @Option(help: "What to call the network; without it, the name of its file.") var name: String?
    @Option(help: "Length of a counting interval, s.") var interval = 300.0
    @Option(help: "Where the counts go (CSV).") var counts: String?
    @Option(help: "Where the flows go (JSON): the truth behind the counts.") var flows: String?
    @Option(name: .shortAndLong, help: "Where the network goes; standard output without it.") var output: String?
    @Flag(help: "Print what was not carried over as JSON.") var json = false

    func validate() throws {
        try checkJSON(json, output: output, document: "network")
        guard interval >= 60, interval <= 86400 else { throw ValidationError("--interval: expected 60 to 86400 s") }
        guard flow != nil || (counts == nil && flows == nil) else {
            throw ValidationError("--counts and --flows come from the vehicles: give --flow too")
        }
    }

    func run() throws {
        try reportingErrors {
            let result = try CityFlowReader.read(roadnet: roadnet, flow: flow, name: name)
            var results: [(data: Data, path: String?)] = [(try JSONDocument.encode(result.network), output)]
            if let demand = result.demand {
                if let counts {
                    let seen = demand.counts(in: result.network, intervalLength: interval)
                    results.append((Data(CountsCSV.text(of: seen).utf8), counts))
                }
                if let flows {
                    let driven = demand.flows(in: result.network, intervalLength: interval)
                    results.append((try JSONDocument.encode(driven), flows))
                }
            }
            try deliver(results)
            guard output != nil else { return }
            if json { try printJSON(result.losses) } else { try printSummary(of: result.network, result.losses) }
        }
    }
}
