import ArgumentParser
import Formats
import SafetyGuard
import SignalModel

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Judges a plan against the junctions' rules.",
        discussion: "Example: greenband check network.json plan.json\nExit code 0, or 1 with a list of every violation."
    )

    @Argument(help: "The network (JSON).") var network: String
    @Argument(help: "The plan (JSON).") var plan: String
    @Flag(help: "Print the violations as JSON.") var json = false

    func run() throws {
        var violations: [Violation] = []
        try reportingErrors {
            let network = try readNetwork(network)
            // Junctions and groups that the network does not have are among the violations that the guard names.
            let timing = try JSONDocument.read(Plan.self, from: plan)
            try checkName(of: timing, file: plan, for: network)
            violations = SafetyGuard.violations(of: timing, in: network)
            if json {
                try printJSON(violations)
            } else {
                try printLines(violations.isEmpty ? ["no violation"] : violations.map(\.description))
            }
        }
        if !violations.isEmpty { throw ExitCode(Outcome.violations.rawValue) }
    }
}
