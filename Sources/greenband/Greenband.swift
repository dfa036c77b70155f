import ArgumentParser
import Formats
import PerformanceModel
import PlanOptimizer
import SignalModel

@main
struct Greenband: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "greenband")
    @Argument var file: String
    @Option var routes: String?

    func run() throws {
        let result = try SUMONetworkReader.read(network: file, vehicleTypes: routes)
        let n = result.network
        print(n.name, n.links.count, n.movements.count, n.junctions.count, n.detectors.count, n.vehicles)
        for e in result.losses.entries { print("loss", e) }
        for j in n.junctions.prefix(3) {
            print(j.id, j.nodes.count, j.signalGroups.map { "\($0.id) y\($0.yellow) l\($0.leastGreen) \($0.turnOnRed)" })
            print(j.intergreens.prefix(6).map { "\($0.ending)->\($0.starting) \($0.seconds)" })
            print(j.permittedConflicts.map { "\($0.yielding)<\($0.priority)" })
            print(j.stages.map(\.groups))
            print(j.programs[0].plan.cycle, j.programs[0].sequence)
        }
    }
}
