import ArgumentParser
import Formats
import PlanPages
import SignalModel

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Writes the engineer's report on a plan as one HTML page.",
        discussion: """
            Examples:
              greenband report network.json plan.json --counts counts.csv -o report.html
              greenband report network.json --flows flows.json --language zh -o report.html

            The page needs no other file and no script. Its first sheet is for those who decide; maps, time-space diagrams, \
            profiles and a table before and after for each junction follow. With --json the same numbers go to standard output.
            """)

    @Argument(help: "The network (JSON).") var network: String
    @Argument(help: "The plan (JSON); the present programs without it.") var plan: String?
    @OptionGroup var demand: DemandOptions
    @OptionGroup var page: PageOptions
    @Option(name: .shortAndLong, help: "Where the page goes; standard output without it.") var output: String?
    @Flag(help: "Print the report as JSON.") var json = false

    func validate() throws {
        try checkJSON(json, output: output, document: "page")
        try demand.checkWindow()
    }

    func run() throws {
        try reportingErrors {
            let network = try readNetwork(network)
            progress("estimating flows")
            let known = try readDemand(demand, for: network)
            let named = try plan.map { try readPlan($0, for: network) }
            guard let timing = named ?? network.presentPlan else {
                throw fail(.badData, "\(self.network): not every junction has a present program; name a plan")
            }
            progress("putting the report together")
            let report = FullReport(
                network: network, flows: known.flows, plan: timing, present: named.flatMap { _ in network.presentPlan },
                detectors: known.detectors, settings: page.settings())
            try deliver(PlanPage(report, network: network, language: page.language).html(), to: output)
            if json { try printJSON(report) }
        }
    }
}
