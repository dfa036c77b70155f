import AdaptiveControl
import ArgumentParser
import Formats
import Foundation
import SignalModel

/// Lets many junctions decide, second by second, and says how long it took; on one thread.
@main
struct Main: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "DecisionBenchmark", abstract: "Times decisions, for Tools/bench decisions.")

    @Argument(help: "Networks whose junctions decide, in turn.") var networks: [String]
    @Option(help: "Junctions.") var junctions = 1000
    @Option(help: "Seconds that are decided on.") var seconds = 20
    @Option(help: "Mean number of vehicles on a lane.") var vehicles = 4.0
    @Option(help: "Seed of the traffic.") var seed: UInt64 = 1
    @Option(help: "File for the searches of the last second, with their outcomes.") var problems: String?
    @Option(help: "Number of searches in that file.") var problemCount = 20

    struct Outcome: Encodable {
        /// Processor time of each second's decisions, of all junctions together, s.
        var processorSeconds: [Double]
        var junctions: Int
        var meanStages: Double
        var meanLanes: Double
        var changes: Int
    }

    func run() throws {
        var controllers: [JunctionController] = []
        for file in networks {
            let network = try JSONDocument.read(Network.self, from: file)
            for junction in network.junctions {
                controllers.append(
                    try JunctionController(junction, in: network, settings: AdaptiveSettings(), time: 0))
            }
        }
        let kinds = controllers.count
        guard kinds > 0 else { throw ValidationError("expected networks with junctions, found none") }
        while controllers.count < junctions { controllers.append(controllers[controllers.count - kinds]) }
        controllers.removeLast(controllers.count - junctions)
        var traffic = Traffic(seed: seed, meanVehicles: vehicles)
        var times: [Double] = []
        var changes = 0
        var stages = Array(repeating: -1, count: controllers.count)
        for second in 1...max(1, seconds) {
            let pictures = controllers.map { traffic.picture(of: $0.layout) }
            if second == seconds, let problems {
                let searches = zip(controllers, pictures).prefix(problemCount).map { $0.problem($1, at: second) }
                try JSONEncoder().encode(searches).write(to: URL(fileURLWithPath: problems), options: .atomic)
            }
            let begun = Self.processorTime
            for number in controllers.indices {
                let decision = controllers[number].decide(pictures[number], at: second)
                if decision.stage != stages[number] {
                    stages[number] = decision.stage
                    changes += 1
                }
            }
            times.append(Self.processorTime - begun)
        }
        let count = Double(controllers.count)
        let outcome = Outcome(
            processorSeconds: times, junctions: controllers.count,
            meanStages: Double(controllers.reduce(0) { $0 + $1.table.stages.count }) / count,
            meanLanes: Double(controllers.reduce(0) { $0 + $1.layout.lanes.count }) / count, changes: changes)
        print(String(decoding: try JSONEncoder().encode(outcome), as: UTF8.self))
    }

    /// Time that the processor has spent on this program, s.
    private static var processorTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
