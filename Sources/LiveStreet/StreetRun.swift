import Comparison
import ControllerLink
import EdgeControl
import EdgeService
import Formats
import Logging
import SignalModel
import Simulators
import TraCI

/// A street in SUMO with a controller at every signal, as they would stand in the field: SUMO is their lamps and loops.
///
/// Controllers talk to a centre over real sockets. The simulated second is the same for all: every controller shows one,
/// SUMO simulates it, and, unless the street runs in real time, the next one waits until the centre has acknowledged what
/// it was told; so the same seed gives the same run.
public struct StreetRun: Sendable {
    /// What a run came to.
    public struct Outcome: Sendable {
        /// Delays and the like, as of every other run of SUMO.
        public var figures: RunFigures
        /// Seconds that all controllers together ran what, by kind.
        public var seconds: [RunningContent: Int]
    }

    /// The network as SUMO has it; its present programs are the fallback.
    public var network: Network
    /// Runs SUMO on it.
    public var runner: SUMORunner
    /// Whether a simulated second takes one.
    public var isRealTime = false
    /// Says what controllers report.
    public var log: Logger

    /// A street.
    public init(network: Network, runner: SUMORunner, log: Logger = Logger(label: "greenband.street")) {
        self.network = network
        self.runner = runner
        self.log = log
    }

    /// The settings of the controller at a junction: the present program is its fallback, and the street is empty.
    static func settings(of junction: Junction) throws(EdgeSettingsError) -> EdgeSettings {
        guard let program = junction.programs.first, program.kind != .off else { throw .noFallback(junction.id) }
        var settings = EdgeSettings(junction: junction, fallback: [.init(plan: program.plan)])
        settings.start = .emptyStreet
        return settings
    }

    /// Runs the street once.
    ///
    /// - Parameters:
    ///   - centre: Who issues leases; without one the fallback programme runs, and nobody is told.
    ///   - clock: Set to the simulated time, for the centre to go by.
    ///   - folder: An empty folder for the files of the run.
    ///   - trips: Where SUMO's own account of every trip goes; nowhere without it.
    /// - Throws: ``EdgeSettingsError``, ``SimulatorError`` or ``FormatError``.
    public func run(
        centre: (any CentreServer.Receiver)?, clock: StreetClock, seed: UInt64, in folder: String,
        trips: String? = nil
    ) async throws -> Outcome {
        let board = SignalBoard()
        let start = Int(runner.scenario.begin)
        var movements: [NodeID: [Movement]] = [:]
        for movement in network.movements { movements[movement.node, default: []].append(movement) }
        var edges: [EdgeRunner] = []
        for junction in network.junctions {
            let driver = BoardLampDriver(
                board: board, junction: junction, movements: junction.nodes.flatMap { movements[$0] ?? [] })
            edges.append(
                try EdgeRunner(Self.settings(of: junction), driver: driver, network: start, log: log))
        }
        let loops = folder + "/loops.add.xml"
        try AtomicFile.write(
            SUMODetectorWriter.additionalFile(for: network, period: 86400, outputFile: "/dev/null"), to: loops)
        let controllers = edges
        guard let centre else {
            return try await drive(controllers, board, clock, seed: seed, loops: loops, in: folder, trips: trips)
        }
        var server = CentreServer(time: { clock.time })
        server.limits = .simulated
        let limits = server.limits
        return try await server.run(receiver: centre) { port in
            try await withThrowingTaskGroup(of: Outcome?.self) { group in
                for edge in controllers {
                    group.addTask {
                        await edge.keepConnected(host: "127.0.0.1", port: port, limits: limits)
                        return nil
                    }
                }
                group.addTask {
                    for edge in controllers {
                        await edge.waitForConnection()
                        await edge.waitForCentre()
                    }
                    return try await drive(
                        controllers, board, clock, seed: seed, loops: loops, in: folder, trips: trips)
                }
                defer { group.cancelAll() }
                while let outcome = try await group.next() {
                    if let outcome { return outcome }
                }
                throw CancellationError()
            }
        }
    }

    private func drive(
        _ edges: [EdgeRunner], _ board: SignalBoard, _ clock: StreetClock, seed: UInt64, loops: String,
        in folder: String, trips: String?
    ) async throws -> Outcome {
        var seconds: [RunningContent: Int] = [:]
        let sensor = LoopSensor(network)
        let (begin, end) = (Int(runner.scenario.begin), Int(runner.scenario.end))
        let figures = try await runner.run(seed: seed, additional: [loops], in: folder, trips: trips) { sumo in
            try await sensor.start(sumo)
            let wall = ContinuousClock()
            let started = wall.now
            for second in 0..<(end - begin) {
                let time = begin + second
                clock.set(Double(time))
                if isRealTime { try await wall.sleep(until: started + .seconds(second)) }
                for edge in edges {
                    let status = await edge.step(at: EdgeTime(uptime: second, network: time))
                    seconds[status.running, default: 0] += 1
                }
                let step = try await sumo.step(after: board.takeChanges())
                for edge in edges {
                    let readings = try await sensor.readings(of: edge.junction, after: step, at: Double(time + 1))
                    await edge.measured(readings)
                    if !isRealTime { await edge.waitForCentre() }
                }
            }
        }
        return Outcome(figures: figures, seconds: seconds)
    }
}
