import ArgumentParser
import Foundation
import OffsetEnergy
import OffsetInstances

@main
struct Main: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "OffsetBenchmark", abstract: "Makes and solves offset energies, for Tools/bench offsets.",
        subcommands: [Make.self, Solve.self])
}

/// Draws a town and writes the delay of its offsets.
struct Make: ParsableCommand {
    @Option(help: "Junctions.") var junctions: Int
    @Option(help: "Cycle, s.") var cycle: Int
    @Option(help: "Seed of all that is drawn.") var seed: UInt64 = 1
    @Option(name: .shortAndLong, help: "File to write.") var output: String

    func validate() throws {
        guard junctions > 0 else { throw ValidationError("--junctions: expected at least 1, found \(junctions)") }
        guard (30...150).contains(cycle) else { throw ValidationError("--cycle: expected 30 to 150, found \(cycle)") }
    }

    func run() throws {
        let energy = try CityEnergy.make(junctionCount: junctions, cycleTime: cycle, seed: seed)
        try JSONEncoder().encode(EnergyDocument(energy)).write(to: URL(fileURLWithPath: output), options: .atomic)
    }
}

/// Solves the energy of a file and prints labels, value and bound as one JSON object.
struct Solve: ParsableCommand {
    struct Outcome: Codable {
        var value: Double
        var lowerBound: Double
        var gap: Double
        var isExact: Bool
        /// Wall time of solving alone, s.
        var seconds: Double
        var labels: [Int]
    }

    @Argument(help: "File with an energy.") var file: String
    @Option(help: "Seed of what the solver draws.") var seed: UInt64 = 1
    @Option(help: "Threads.") var threads: Int = 1
    @Option(help: "Time after which the best so far is taken, s.") var deadline: Double?
    @Option(help: "Visits to all clusters.") var sweeps: Int?
    @Option(help: "Searches.") var starts: Int?
    @Option(help: "Rounds of each search.") var rounds: Int?

    func run() throws {
        let document = try JSONDecoder().decode(
            EnergyDocument.self, from: Data(contentsOf: URL(fileURLWithPath: file)))
        let energy = try document.energy()
        let clock = ContinuousClock()
        let start = clock.now
        let end = deadline.map { start + .seconds($0) }
        var settings = SolverSettings(
            variableCount: energy.labelCounts.count, seed: seed, threads: threads,
            shouldStop: { end.map { clock.now >= $0 } ?? false })
        if let sweeps { settings.boundSweeps = sweeps }
        if let starts { settings.starts = starts }
        if let rounds { settings.searchRounds = rounds }
        let solution = try EnergySolver.solve(energy, settings: settings)
        let taken = (clock.now - start) / .seconds(1)
        let outcome = Outcome(
            value: solution.value, lowerBound: solution.lowerBound, gap: solution.gap, isExact: solution.isExact,
            seconds: taken, labels: solution.labels)
        print(String(decoding: try JSONEncoder().encode(outcome), as: UTF8.self))
    }
}
