import ArgumentParser
import Formats

struct FlowsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flows", abstract: "Estimates the demand of every movement from detector counts.",
        discussion: "Example: greenband flows network.json --counts counts.csv -o flows.json")

    @Argument(help: "The network (JSON).") var network: String
    @OptionGroup var demand: DemandOptions
    @Option(name: .shortAndLong, help: "Where the flows go; standard output without it.") var output: String?
    @Flag(help: "Print the detectors that were left out as JSON.") var json = false

    func validate() throws {
        guard demand.counts != nil else { throw ValidationError("give --counts") }
        try checkJSON(json, output: output, document: "flows")
    }

    func run() throws {
        try reportingErrors {
            let network = try readNetwork(network)
            progress("estimating flows")
            let estimate = try estimateFlows(counts: demand.counts!, settings: demand.settings, network: network)
            try deliver(estimate.flows, to: output)
            guard output != nil else { return }
            if json {
                try printJSON(estimate.faults)
            } else {
                let faults = estimate.faults.map { fault in
                    let expected = fault.expected.map { ", expected \(Int($0.rounded()))" } ?? ""
                    return "detector \(fault.detector) left out: \(fault.fault.rawValue), counted \(Int(fault.counted))"
                        + expected
                }
                try printLines(faults + estimate.remarksOnCounts)
            }
        }
    }
}
