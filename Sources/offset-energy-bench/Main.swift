import OffsetEnergy
import OffsetInstances

@main
struct Main {
    static func main() throws {
        let arguments = CommandLine.arguments
        let count = Int(arguments[1])!, cycle = Int(arguments[2])!
        let seed = UInt64(arguments[3])!
        let energy = try CityEnergy.make(junctionCount: count, cycleTime: cycle, seed: seed)
        if arguments[4] == "primal" { return try primalExperiment(energy, Array(arguments[5...])) }
        try experiment(energy, Array(arguments[4...]))
    }
}
