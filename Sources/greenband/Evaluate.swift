import ArgumentParser
import Formats
import PerformanceModel
import PlanPages
import Reports
import SignalModel

struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Says what a plan does and what it costs in the model.",
        discussion: """
            Examples:
              greenband evaluate network.json plan.json --counts counts.csv
              greenband evaluate network.json --flows flows.json --json
              greenband evaluate network.json plan.json --counts counts.csv --report report.html

            Where every junction has a present program, the present programs stand beside the plan as before.
            """)

    @Argument(help: "The network (JSON).") var network: String
    @Argument(help: "The plan (JSON); the present programs without it.") var plan: String?
    @OptionGroup var demand: DemandOptions
    @OptionGroup var report: ReportOptions
    @Flag(help: "Print the report as JSON; with --report, all that the page says.") var json = false

    func validate() throws { try demand.checkWindow() }

    func run() throws {
        try reportingErrors {
            let network = try readNetwork(network)
            progress("estimating flows")
            let known = try readDemand(demand, for: network)
            progress("simulating")
            let named = try plan.map { try readPlan($0, for: network) }
            guard let timing = named ?? network.presentPlan else {
                throw fail(.badData, "\(self.network): not every junction has a present program; name a plan")
            }
            // The present programs have nothing to be compared with but themselves.
            let present = named.flatMap { _ in network.presentPlan }
            guard let path = report.path else {
                let report = PlanReport(network: network, flows: known.flows, plan: timing, present: present)
                if json { try printJSON(report) } else { try printReport(report.text, known) }
                return
            }
            let full = FullReport(
                network: network, flows: known.flows, plan: timing, present: present, detectors: known.detectors,
                settings: report.page.settings())
            try deliver(PlanPage(full, network: network, language: report.page.language).html(), to: path)
            if json { try printJSON(full) } else { try printReport(full.plan.text, known) }
        }
    }
}
