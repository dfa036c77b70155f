import AdaptiveControl
import SafetyGuard
import SignalModel
import TraCI

/// Adaptive control (``JunctionController``) of all junctions of a network in SUMO.
public enum AdaptiveRun {
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
        /// Time that the decisions took, of all junctions together, s.
        public var decisionSeconds = 0.0
    }

    /// Starts SUMO, controls all junctions from the begin of the simulation to its end, and ends SUMO.
    ///
    /// - Throws: ``TraciProcessError``, `TraciError`, or `CancellationError`.
    public static func run(
        _ simulation: SUMOSimulation, network: Network, sensing: AdaptiveSensing,
        settings: AdaptiveSettings = AdaptiveSettings()
    ) async throws -> Outcome {
        try await TraciProcess.run(simulation) { sumo in
            try await control(
                sumo, network: network, from: Int(simulation.begin), to: Int(simulation.end), sensing: sensing,
                settings: settings)
        }
    }

    private static func control(
        _ sumo: TraciConnection, network: Network, from begin: Int, to end: Int, sensing: AdaptiveSensing,
        settings: AdaptiveSettings
    ) async throws -> Outcome {
        var outcome = Outcome()
        var junctions: [AdaptiveJunction] = []
        for junction in network.junctions {
            do throws(AdaptiveError) {
                junctions.append(
                    try AdaptiveJunction(junction, in: network, settings: settings, time: begin))
                outcome.junctions.append(junction.id)
            } catch {
                outcome.uncontrolled.append(error)
            }
        }
        let clock = ContinuousClock()
        var spent = Duration.zero
        var sensor = try await PerfectSensor(sumo, layouts: junctions.map(\.controller.layout))
        var step = try await sensor.start()
        for time in begin..<end {
            let pictures = try await sensor.pictures(after: step)
            let before = clock.now
            var changes: [TraciChange] = []
            for number in junctions.indices {
                if let state = junctions[number].decide(pictures[number], at: time) {
                    changes.append(TraciChange(.state, of: junctions[number].id, to: state))
                }
            }
            spent += clock.now - before
            outcome.decisionCount += 1
            step = try await sumo.step(after: changes)
        }
        outcome.violations = junctions.flatMap(\.violations)
        outcome.decisionSeconds = spent / .seconds(1)
        return outcome
    }
}
