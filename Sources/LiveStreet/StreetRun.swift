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

    /// Who issues leases.
    public enum Centre: Sendable {
        /// Nobody: the fallback programme runs.
        case none
        /// One in this process, which the street goes in step with.
        case own(any CentreServer.Receiver)
        /// One that listens somewhere; without it the fallback programme runs, and controllers keep calling.
        case elsewhere(host: String, port: Int)
    }

    /// The network as SUMO has it; its present programs are the fallback.
    public var network: Network
    /// Runs SUMO on it.
    public var runner: SUMORunner
    /// Simulated seconds that pass in one second; as many as can without it.
    public var pace: Double?
    /// Time that one reading of a loop that counts is about, s; short enough to tell the turns of a shared lane apart.
    public var readingLength = 10
    /// What a controller follows while it has no lease; nil for its fallback programme alone.
    public var law: @Sendable (Junction) throws -> (any LocalLaw)? = { _ in nil }
    /// Told what all lamps showed in every second.
    public var watch: (@Sendable (_ time: Int, _ statuses: [JunctionID: EdgeMessage.Status]) -> Void)?
    /// Says what controllers report.
    public var log: Logger

    /// A street.
    public init(network: Network, runner: SUMORunner, log: Logger = Logger(label: "greenband.street")) {
        self.network = network
        self.runner = runner
        self.log = log
    }

    /// The settings of the controller at a junction: the present program is its fallback, and the street is empty.
    ///
    /// - Parameter inside: Detectors inside the junction.
    private static func settings(
        of junction: Junction, inside: [DetectorID: SignalGroupID]
    ) throws(EdgeSettingsError) -> EdgeSettings {
        guard let program = junction.programs.first, program.kind != .off else { throw .noFallback(junction.id) }
        var settings = EdgeSettings(junction: junction, fallback: [.init(plan: program.plan)])
        settings.start = .emptyStreet
        settings.inside = inside
        return settings
    }

    /// Runs the street once.
    ///
    /// - Parameters:
    ///   - centre: Who issues leases.
    ///   - clock: Set to the simulated time, for the centre to go by.
    ///   - folder: An empty folder for the files of the run.
    ///   - trips: Where SUMO's own account of every trip goes; nowhere without it.
    /// - Throws: ``EdgeSettingsError``, ``SimulatorError`` or ``FormatError``.
    public func run(
        centre: Centre, clock: StreetClock, seed: UInt64, in folder: String,
        trips: String? = nil
    ) async throws -> Outcome {
        let board = SignalBoard()
        let start = Int(runner.scenario.begin)
        let inside = network.detectorsInside
        var movements: [NodeID: [Movement]] = [:]
        for movement in network.movements { movements[movement.node, default: []].append(movement) }
        var edges: [EdgeRunner] = []
        for junction in network.junctions {
            let driver = BoardLampDriver(
                board: board, junction: junction, movements: junction.nodes.flatMap { movements[$0] ?? [] })
            edges.append(
                try EdgeRunner(
                    Self.settings(of: junction, inside: inside[junction.id] ?? [:]), driver: driver, law: law(junction),
                    network: start, log: log))
        }
        let loops = folder + "/loops.add.xml"
        try AtomicFile.write(
            SUMODetectorWriter.additionalFile(for: network, period: 86400, outputFile: "/dev/null"), to: loops)
        let controllers = edges
        @Sendable func drive() async throws -> Outcome {
            try await self.drive(controllers, board, clock, seed: seed, loops: loops, in: folder, trips: trips)
        }
        switch centre {
        case .none: return try await drive()
        case .elsewhere(let host, let port):
            return try await connected(controllers, host: host, port: port, drive)
        case .own(let receiver):
            var server = CentreServer(time: { clock.time })
            server.limits = .simulated
            server.greatestConnectionCount = controllers.count + 1
            server.greatestCountPerAddress = controllers.count + 1
            server.newConnectionsPerSecond = nil
            return try await server.run(receiver: receiver) { port in
                try await connected(controllers, host: "127.0.0.1", port: port) {
                    for edge in controllers {
                        await edge.waitForConnection()
                        await edge.waitForCentre()
                    }
                    return try await drive()
                }
            }
        }
    }

    /// Runs a closure while controllers keep connected to a centre.
    private func connected(
        _ edges: [EdgeRunner], host: String, port: Int, _ body: @escaping @Sendable () async throws -> Outcome
    ) async throws -> Outcome {
        try await withThrowingTaskGroup(of: Outcome?.self) { group in
            for edge in edges {
                group.addTask {
                    await edge.keepConnected(host: host, port: port, limits: .simulated)
                    return nil
                }
            }
            group.addTask { try await body() }
            defer { group.cancelAll() }
            while let outcome = try await group.next() {
                if let outcome { return outcome }
            }
            throw CancellationError()
        }
    }

    private func drive(
        _ edges: [EdgeRunner], _ board: SignalBoard, _ clock: StreetClock, seed: UInt64, loops: String,
        in folder: String, trips: String?
    ) async throws -> Outcome {
        var seconds: [RunningContent: Int] = [:]
        let (begin, end) = (Int(runner.scenario.begin), Int(runner.scenario.end))
        let figures = try await runner.run(seed: seed, additional: [loops], in: folder, trips: trips) { sumo in
            let sensor = try await StreetDetectors(network, in: sumo)
            var totals = edges.map { _ in LoopTotals() }
            let wall = ContinuousClock()
            let started = wall.now
            for second in 0..<(end - begin) {
                let time = begin + second
                clock.set(Double(time))
                if let pace { try await wall.sleep(until: started + .seconds(Double(second) / pace)) }
                var statuses: [JunctionID: EdgeMessage.Status] = [:]
                for edge in edges {
                    let status = await edge.step(at: EdgeTime(uptime: second, network: time))
                    seconds[status.running, default: 0] += 1
                    statuses[edge.junction] = status
                }
                watch?(time, statuses)
                let step = try await sumo.step(after: board.takeChanges())
                let isReported = (second + 1) % readingLength == 0
                for (number, edge) in edges.enumerated() {
                    totals[number].add(try sensor.counts(of: edge.junction, after: step, at: Double(time + 1)))
                    if isReported { await edge.measured(totals[number].take(at: Double(time + 1))) }
                    await edge.measured(try sensor.presences(of: edge.junction, after: step, at: Double(time + 1)))
                    if pace == nil { await edge.waitForCentre() }
                }
            }
        }
        return Outcome(figures: figures, seconds: seconds)
    }
}
