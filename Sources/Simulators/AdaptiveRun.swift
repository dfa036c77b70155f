import AdaptiveControl
import Formats
import SafetyGuard
import SignalModel
import TraCI

/// Adaptive control (``JunctionController``) of all junctions of a network in SUMO.
public struct AdaptiveRun: Sendable {
    /// What the control did.
    public struct Outcome: Sendable {
        /// Junctions that were controlled.
        public var junctions: [JunctionID] = []
        /// Junctions that were left to their own program, with the reason.
        public var uncontrolled: [AdaptiveError] = []
        /// Seconds that were decided on.
        public var decisionCount = 0
        /// Breaches of the rules by what the lamps showed.
        public var violations: [Violation] = []
        /// Seconds in which a green waited for vehicles inside a junction, of all junctions together.
        public var heldCount = 0
        /// Time that the decisions took, of all junctions together, s.
        public var decisionSeconds = 0.0
    }

    /// The network with its signals.
    public var network: Network
    /// What is seen.
    public var sensing: AdaptiveSensing
    /// What is known beforehand of the flow of movements, veh/h: from counts of another day, for example.
    public var turns: [MovementID: Double]
    /// Parameters of the law.
    public var settings: AdaptiveSettings
    /// Share of the detectors that are dead, 0 to 1; which ones is drawn with the seed of the simulation.
    public var deadShare = 0.0

    /// How far before the stop line lane-area detectors see, m.
    public static let areaReach = 200.0

    /// Describes a run.
    public init(
        network: Network, sensing: AdaptiveSensing, turns: [MovementID: Double] = [:],
        settings: AdaptiveSettings = AdaptiveSettings()
    ) {
        self.network = network
        self.sensing = sensing
        self.turns = turns
        self.settings = settings
    }

    /// Starts SUMO, controls all junctions from the begin of the simulation to its end, and ends SUMO.
    ///
    /// - Parameter folder: Where the file of the detectors is written.
    /// - Throws: `FormatError`, ``TraciProcessError``, `TraciError`, or `CancellationError`.
    public func run(_ simulation: SUMOSimulation, in folder: String) async throws -> Outcome {
        var simulation = simulation
        var outcome = Outcome()
        let junctions = ready(at: Int(simulation.begin), &outcome)
        let seed = UInt64(max(0, simulation.seed))
        let layouts = junctions.map(\.controller.layout)
        switch sensing {
        case .perfect:
            return try await control(simulation, junctions, outcome, seeing: PerfectSensor(layouts: layouts))
        case .laneAreas:
            let plan = AreaDetectorPlan(layouts, in: network, reach: Self.areaReach)
            try add(AreaSensor.additionalFile(plan), to: &simulation, in: folder)
            let sensor = AreaSensor(
                layouts: layouts, plan: plan, turns: turns, settings: settings, deadShare: deadShare, seed: seed)
            return try await control(simulation, junctions, outcome, seeing: sensor)
        case .loops:
            let plan = LoopDetectorPlan(layouts, in: network, reach: LoopDetectorPlan.reach)
            try add(LoopSensor.additionalFile(plan), to: &simulation, in: folder)
            let sensor = LoopSensor(
                layouts: layouts, plan: plan, turns: turns, settings: settings, deadShare: deadShare, seed: seed)
            return try await control(simulation, junctions, outcome, seeing: sensor)
        }
    }

    private func control(
        _ simulation: SUMOSimulation, _ junctions: [AdaptiveJunction], _ start: Outcome,
        seeing sensor: some StreetSensor & Sendable
    ) async throws -> Outcome {
        try await TraciProcess.run(simulation) { sumo in
            var control = AdaptiveLoop(junctions, start)
            var sensor = sensor
            var step = try await sensor.start(sumo)
            // Which ways are dead must not follow from which lanes are.
            var ways = try await InsideSensor(
                junctions.map(\.controller.layout), creepSpeed: settings.creepSpeed, deadShare: deadShare,
                seed: ~UInt64(max(0, simulation.seed)), in: sumo)
            for time in Int(simulation.begin)..<Int(simulation.end) {
                try await sensor.look(at: step, time: time, in: sumo)
                try ways.look(at: step)
                step = try await sumo.step(
                    after: control.decide(at: time) { junction, aspects in
                        var picture = sensor.picture(
                            of: junction, aspects: aspects, crossed: ways.crossed[junction])
                        picture.inside = ways.inside[junction]
                        return picture
                    })
            }
            return control.outcome
        }
    }

    private func add(_ text: String, to simulation: inout SUMOSimulation, in folder: String) throws(FormatError) {
        let file = folder + "/adaptive.add.xml"
        try AtomicFile.write(text, to: file)
        simulation.additional.append(file)
    }

    private func ready(at begin: Int, _ outcome: inout Outcome) -> [AdaptiveJunction] {
        var junctions: [AdaptiveJunction] = []
        for junction in network.junctions {
            do throws(AdaptiveError) {
                junctions.append(try AdaptiveJunction(junction, in: network, settings: settings, time: begin))
                outcome.junctions.append(junction.id)
            } catch {
                outcome.uncontrolled.append(error)
            }
        }
        return junctions
    }
}
