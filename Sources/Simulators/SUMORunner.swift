import Comparison
import Formats
import Foundation
import SignalModel
import TraCI

/// Runs plans in SUMO.
public struct SUMORunner: Sendable {
    /// The program.
    public let installation: SUMOInstallation
    /// The network and its traffic.
    public let scenario: SUMOScenario
    private let network: Network
    private let street: SUMOStreet
    private let crossings: CrossingLamps
    private let flows: Flows?

    /// Prepares runs on a network, read from the scenario's.
    ///
    /// - Parameter flows: What is known of the demand, for controllers that do not see where vehicles will turn, and for
    ///   how many people are at each crossing.
    public init(
        installation: SUMOInstallation, scenario: SUMOScenario, network: Network, flows: Flows? = nil
    ) {
        self.flows = flows
        crossings = CrossingLamps(network)
        self.installation = installation
        self.scenario = scenario
        self.network = network
        street = SUMOStreet(network)
    }

    /// Runs SUMO once.
    ///
    /// - Parameters:
    ///   - control: What runs the signals.
    ///   - seed: Seed of the drivers, and of the vehicles where these are drawn.
    ///   - demand: Which vehicles there are.
    ///   - folder: An empty folder for the files of the run.
    /// - Throws: ``SimulatorError`` or ``FormatError``.
    public func run(
        _ control: SUMOControl, seed: UInt64, demandScale: Double = 1, demand: SUMODemand = .given, in folder: String
    ) async throws -> RunFigures {
        var programs: [String] = []
        if case .programs(let texts) = control {
            for (number, text) in texts.enumerated() {
                programs.append(folder + "/program\(number).add.xml")
                try AtomicFile.write(text, to: programs[number])
            }
        }
        let (simulation, outputs) = try prepare(
            seed: seed, demandScale: demandScale, demand: demand, additional: programs, in: folder)
        do {
            switch control {
            case .own, .programs:
                try await ProgramRun.run(
                    simulation.executable, simulation.options, logFolder: folder, variables: simulation.environment)
            case .maxPressure(var settings, let keepsIntergreens):
                if keepsIntergreens {
                    for junction in network.junctions {
                        settings.ownChangeTimes[junction.id.text] = .init(keepingIntergreensOf: junction)
                    }
                }
                _ = try await MaxPressure.run(simulation, settings: settings)
            case .adaptive(let sensing, let deadShare):
                var adaptive = AdaptiveRun(
                    network: network, sensing: sensing, turns: flows?.meanOfMovements ?? [:])
                adaptive.deadShare = deadShare
                let outcome = try await adaptive.run(simulation, in: folder)
                if let violation = outcome.violations.first {
                    throw SimulatorError.failed(
                        program: "adaptive control",
                        message: "\(outcome.violations.count) breaches of rules: \(violation)")
                }
            }
        } catch let error where !(error is CancellationError || error is SimulatorError) {
            throw SimulatorError.failed(program: "sumo under \(control.name)", message: "\(error)")
        }
        return try outputs.figures(in: street, crossings, flows: flows, begin: scenario.begin, end: scenario.end)
    }

    /// Runs SUMO once while a closure drives it from the begin of the window to its end.
    ///
    /// - Parameters:
    ///   - additional: Paths of further additional files.
    ///   - folder: An empty folder for the files of the run.
    ///   - trips: Where SUMO's own account of every vehicle's trip goes; nowhere without it.
    /// - Throws: ``SimulatorError`` or ``FormatError``, or what the closure throws.
    public func run(
        seed: UInt64, additional: [String], in folder: String, trips: String? = nil,
        driving: (TraciConnection) async throws -> Void
    ) async throws -> RunFigures {
        let (simulation, outputs) = try prepare(
            seed: seed, demandScale: 1, demand: .given, additional: additional, in: folder)
        do {
            try await TraciProcess.run(simulation, driving)
        } catch let error as TraciProcessError {
            throw SimulatorError.failed(program: "sumo", message: "\(error)")
        } catch let error as TraciError {
            throw SimulatorError.failed(program: "sumo", message: "\(error)")
        }
        if let trips { try outputs.keepTrips(at: trips) }
        return try outputs.figures(in: street, crossings, flows: flows, begin: scenario.begin, end: scenario.end)
    }

    private func prepare(
        seed: UInt64, demandScale: Double, demand: SUMODemand, additional: [String], in folder: String
    ) throws(FormatError) -> (SUMOSimulation, SUMOOutputs) {
        var scenario = scenario
        if let text = try demand.routes(for: scenario, in: network, seed: seed) {
            scenario.routes = folder + "/drawn.rou.xml"
            try AtomicFile.write(text, to: scenario.routes)
        }
        let outputs = SUMOOutputs(folder: folder)
        let (options, recorders) = try outputs.prepare(for: network, crossings)
        let simulation = SUMOSimulation(
            executable: installation.program("sumo"), network: scenario.net, routes: [scenario.routes],
            additional: recorders + additional, begin: scenario.begin, end: scenario.end, seed: Int(seed),
            arguments: options + (demandScale == 1 ? [] : ["--scale", "\(demandScale)"]))
        return (simulation, outputs)
    }
}

extension Flows {
    /// Mean flow of each movement over the period, veh/h.
    fileprivate var meanOfMovements: [MovementID: Double] {
        Dictionary(
            movements.map { ($0.movement, $0.flowPerHour.reduce(0, +) / Double(max(1, $0.flowPerHour.count))) },
            uniquingKeysWith: +)
    }
}
