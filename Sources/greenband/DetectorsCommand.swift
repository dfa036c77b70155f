import ArgumentParser
import Formats
import SignalModel
import StageControl

struct DetectorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "detectors",
        abstract: "Places the detectors that control of the second needs before the signals of a network.",
        discussion: """
            Example: greenband detectors network.json -o controlled.json

            Loops lie 3, 25, 60 and 150 m before each stop line, over unsignalised nodes too, and on each way over a junction \
            lies an area that sees who stands there. Detectors that count stay; others for control do not.
            """)

    @Argument(help: "The network (JSON).") var network: String
    @Option(name: .shortAndLong, help: "Where the network goes; standard output without it.") var output: String?
    @Flag(help: "Print how many there are as JSON.") var json = false

    func validate() throws { try checkJSON(json, output: output, document: "network") }

    func run() throws {
        try reportingErrors {
            var network = try JSONDocument.read(Network.self, from: self.network)
            let placed = network.detectorsForControl()
            network.detectors.removeAll { !$0.purpose.isCounting }
            let names = Set(network.detectors.map(\.id))
            if let taken = placed.first(where: { names.contains($0.id) }) {
                throw fail(
                    .badData, "\(self.network): detector \(Problem.quoted(taken.id.text)) is there for another purpose")
            }
            network.detectors += placed
            try deliver(network, to: output)
            guard output != nil else { return }
            if json {
                try printJSON(["placed": placed.count, "detectors": network.detectors.count])
            } else {
                try printLine("\(placed.count) detectors for control, \(network.detectors.count) in all")
            }
        }
    }
}
