import ArgumentParser
import Formats
import PerformanceModel
import Reports
import SignalModel

struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Says what a plan does and what it costs in the model.",
        discussion: """
            Examples:
              greenband evaluate network.json plan.json --counts counts.csv
              greenband evaluate network.json --flows flows.json --json

            Where every junction has a present program, the present programs stand beside the plan as before.
            """)

    @Argument(help: "The network (JSON).") var network: String
    @Argument(help: "The plan (JSON); the present programs without it.") var plan: String?
    @OptionGroup var demand: DemandOptions
    @Flag(help: "Print the report as JSON.") var json = false

    func run() throws {
        try reportingErrors {
            let network = try readNetwork(network)
            progress("estimating flows")
            let flows = try readFlows(demand, for: network)
            progress("simulating")
            let named = try plan.map { try readPlan($0, for: network) }
            guard let timing = named ?? network.presentPlan else {
                throw fail(.badData, "\(self.network): not every junction has a present program; name a plan")
            }
            // The present programs have nothing to be compared with but themselves.
            let report = PlanReport(
                network: network, flows: flows, plan: timing, present: named.flatMap { _ in network.presentPlan })
            if json { try printJSON(report) } else { print(report.text, terminator: "") }
        }
    }
}
