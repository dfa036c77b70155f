import ArgumentParser
import Formats
import PerformanceModel
import SignalModel

struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Says what a plan costs in the model.",
        discussion: "Example: greenband evaluate network.json plan.json --counts counts.csv --json")

    @Argument(help: "The network (JSON).") var network: String
    @Argument(help: "The plan (JSON); the present programs without it.") var plan: String?
    @OptionGroup var demand: DemandOptions
    @Flag(help: "Print the figures as JSON.") var json = false

    func run() throws {
        try reportingErrors {
            let network = try readNetwork(network)
            let flows = try readFlows(
                flows: demand.flows, counts: demand.counts, settings: demand.settings, network: network)
            let model = NetworkModel(network: network, flows: flows)
            guard let timing = try plan.map({ try readPlan($0, for: network) }) ?? model.presentPlan else {
                throw fail(.badData, "\(self.network): not every junction has a present program; name a plan")
            }
            let performance = model.evaluate(timing).performance()
            if json { try printJSON(performance) } else { print(performance.text) }
        }
    }
}
