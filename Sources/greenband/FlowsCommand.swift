import ArgumentParser
import FlowEstimation
import Formats
import PlanPages
import SignalModel

struct FlowsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flows", abstract: "Estimates the demand of every movement from detector counts.",
        discussion: "Example: greenband flows network.json --counts counts.csv -o flows.json")

    @Argument(help: "The network (JSON).") var network: String
    @OptionGroup var demand: DemandOptions
    @Option(name: .shortAndLong, help: "Where the flows go; standard output without it.") var output: String?
    @Flag(help: "Print what there is to say of the counts as JSON.") var json = false

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
                try printJSON(CountRemarks(estimate, network: network))
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

/// What there is to say of counts: what was left out of them, and what was added; the detectors as reports have them.
private struct CountRemarks: Encodable {
    let detectors: DetectorHealthReport
    let unknownDetectors: [DetectorID]
    /// End of the analysis period that makes no whole interval, s.
    let secondsLeftOut: Double

    init(_ estimate: FlowEstimate, network: Network) {
        detectors = DetectorHealthReport(estimate, network: network)
        unknownDetectors = estimate.unknownDetectors
        secondsLeftOut = estimate.rest
    }
}
