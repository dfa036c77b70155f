import TraCI

/// Greedy max-pressure control of all junctions of a network in SUMO: a peer to compare plans and controllers with.
///
/// After Varaiya (2013), Max pressure control of a network of signalized intersections, Transportation Research Part C
/// 36, without turning shares: of the stages the one is shown whose links have the greatest difference of the queues
/// before and behind them. Interval, yellow and sight are those of the RESCO benchmark (Ault and Sharon 2021); what
/// counts as a queue, and what happens at ties, is our own choice among readings of it that were tried against delays
/// measured before:
///
/// - Stages: the states of the junction's own program (of the one that runs at the start) that show a green and no
///   yellow, each once, in the order of the program. Junctions with fewer than two are left to their own program.
/// - Pressure of a stage: the sum, over all links that are green in it (g or G), of the queue of the lane before the
///   signal less the queue of the lane behind the junction. A lane counts once for every green link that it has.
/// - Queue of a lane that leads to a signal: the vehicles slower than 0.1 m/s whose next signal, at most ``Settings/sight``
///   along their route, is one that they get to on that lane. Those who still stand on edges before it count too, on
///   the lane that their route asks for. Nothing is missed or counted twice: perfect sensing.
/// - Queue of any other lane: the vehicles slower than 0.1 m/s on the last ``Settings/sight`` of it.
/// - Decision: every ``Settings/decisionInterval``, at all junctions at once, the stage of greatest pressure. Where
///   several have it, the one that is shown stays if it is among them; otherwise the first in order. So nothing is left
///   to chance.
/// - Change: signals that are green in the old stage and not in the new show yellow for ``Settings/yellow``, the others
///   what they had; then comes the new stage, without an all-red between, and is shown for the rest of the interval. With
///   ``Settings/ownChangeTimes`` a junction has yellow and red as long as it needs to keep its own intergreens. Where
///   less than ``Settings/leastGreen`` is left of the interval then, it skips as many decisions as it needs.
public enum MaxPressure {
    /// What a stage is chosen by.
    public enum Rule: String, Equatable, Sendable {
        /// Queues before the junction less queues behind it.
        case pressure
        /// Vehicles in sight before the junction, at any speed: the max-wave rule of the RESCO benchmark.
        case wave
    }

    /// Times and lengths of the control.
    public struct Settings: Equatable, Sendable {
        /// What a stage is chosen by.
        public var rule: Rule
        /// Time from one decision to the next, s; with 1 s every junction decides by itself, each second from
        /// ``leastGreen`` on.
        public var decisionInterval: Double
        /// Least green with decisions each second, or after ``ownChangeTimes``, s; else what is left of the interval.
        public var leastGreen = 5.0
        /// Length of the yellow, s; part of the interval.
        public var yellow = 3.0
        /// By name of a junction: yellow and red of its changes, where they are others than ``yellow`` alone.
        public var ownChangeTimes: [String: ChangeTimes] = [:]
        /// How far before a stop line vehicles are seen, m.
        public var sight = 200.0

        /// RESCO's setting, but for what is given.
        public init(rule: Rule = .pressure, decisionInterval: Double = 10) {
            self.rule = rule
            self.decisionInterval = decisionInterval
        }
    }

    /// What the control did.
    public struct Outcome: Equatable, Sendable {
        /// Junctions that were controlled.
        public var junctions: [TraciID<Traci.TrafficLight>] = []
        /// Junctions that were left to their own program, having fewer than two stages.
        public var uncontrolled: [TraciID<Traci.TrafficLight>] = []
        /// Moments at which junctions decided.
        public var decisionCount = 0
        /// Changes of stage of all junctions together.
        public var changeCount = 0
    }

    /// Settings that make no sense.
    public struct SettingsError: Error, Equatable, CustomStringConvertible {
        /// What was given.
        public var settings: Settings
        /// One sentence for people.
        public var description: String {
            "max-pressure: expected 0 ≤ yellow < decision interval (which may be 1 s), sight > 0, a least green from 1 s and own changes of 0 to 1000 s, found yellow \(settings.yellow) s, "
                + "decision interval \(settings.decisionInterval) s, sight \(settings.sight) m, "
                + "least green \(settings.leastGreen) s"
        }
    }

    /// Starts SUMO, controls all junctions from the begin of the simulation to its end, and ends SUMO.
    ///
    /// Several runs at once in one process do not touch each other. SUMO's outputs are complete when this returns.
    /// - Throws: ``SettingsError``, ``TraciProcessError``, `TraciError`, or `CancellationError`.
    public static func run(
        _ simulation: SUMOSimulation, settings: Settings = Settings()
    ) async throws -> Outcome {
        try await TraciProcess.run(simulation) { sumo in
            try await control(sumo, from: simulation.begin, to: simulation.end, settings: settings)
        }
    }

    /// Controls all junctions of a SUMO that runs already, from one time to another, s.
    ///
    /// - Throws: ``SettingsError``, or `TraciError`.
    public static func control(
        _ sumo: TraciConnection, from begin: Double, to end: Double, settings: Settings = Settings()
    ) async throws -> Outcome {
        guard settings.yellow >= 0, settings.ownChangeTimes.values.allSatisfy(\.isUsable),
            settings.sight > 0, settings.decisionInterval < .infinity,
            settings.decisionInterval == 1 || settings.yellow < settings.decisionInterval,
            settings.leastGreen >= 1, settings.leastGreen < 1000
        else { throw SettingsError(settings: settings) }
        var outcome = Outcome()
        var junctions: [MaxPressureJunction] = []
        for id in try await sumo.get(TraciVariable<Traci.TrafficLight, _>.all).sorted() {
            let (programs, running, links) = try await sumo.get(.programs, .program, .links, of: id)
            let program = programs.first { $0.id == running }
            let junction = MaxPressureJunction(id: id, program: program, links: links, rule: settings.rule)
            if junction.stages.count > 1 {
                junctions.append(junction)
                outcome.junctions.append(id)
            } else {
                outcome.uncontrolled.append(id)
            }
        }
        let sensor = try await MaxPressureSensor(
            sumo, junctions: junctions, sight: settings.sight, rule: settings.rule)
        if settings.decisionInterval == 1 {
            try await controlEachSecond(
                sumo, junctions, sensor: sensor, from: Int(begin), to: Int(end), settings: settings, outcome: &outcome)
            return outcome
        }
        let every = junctions.map { settings.intervalsPerDecision(of: $0.id) }
        var step = try await sensor.start()
        var due: [Double: [TraciChange]] = [:]
        for decision in 0... {
            let now = begin + Double(decision) * settings.decisionInterval
            guard now < end else { break }
            let queues = try await sensor.queues(after: step)
            for number in junctions.indices where decision % every[number] == 0 {
                guard let change = junctions[number].decide(queues: queues) else { continue }
                if decision > 0 { outcome.changeCount += 1 }
                let id = junctions[number].id
                for (time, signals) in schedule(change, from: now, settings.changeTimes(of: id)) {
                    due[time, default: []].append(TraciChange(.state, of: id, to: signals))
                }
            }
            outcome.decisionCount += 1
            let next = now + settings.decisionInterval
            for time in due.keys.sorted() where time < next {
                if time > now { _ = try await sumo.step(to: min(time, end)) }
                try await sumo.apply(due.removeValue(forKey: time) ?? [])
            }
            step = try await sumo.step(to: min(next, end))
        }
        return outcome
    }
}
