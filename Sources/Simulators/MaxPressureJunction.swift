import TraCI

/// One junction under max-pressure control: its stages and what is shown.
///
/// It knows no socket: queues in, what to show out.
struct MaxPressureJunction: Equatable, Sendable {
    typealias Lane = TraciID<Traci.Lane>

    /// A stage, with the lanes before and behind each green link.
    struct Stage: Equatable, Sendable {
        /// One letter for each signal.
        var signals: String
        var links: [Link]

        /// Queues before its links less queues behind them, vehicles.
        func pressure(queues: [Lane: Int]) -> Int {
            links.reduce(0) { $0 + queues[$1.incoming, default: 0] - queues[$1.outgoing, default: 0] }
        }
    }

    struct Link: Equatable, Sendable {
        var incoming: Lane
        var outgoing: Lane
    }

    /// A change to another stage.
    struct Change: Equatable, Sendable {
        /// What is shown before; nothing where no signal loses its green.
        var yellow: String?
        var green: String
    }

    let id: TraciID<Traci.TrafficLight>
    let stages: [Stage]
    /// Number of the stage that is shown; nothing before the first decision.
    private(set) var current: Int?

    /// Takes the stages from a program.
    ///
    /// - Parameter links: The links of each signal, in the order of the letters of a state.
    init(
        id: TraciID<Traci.TrafficLight>, program: TraciProgram?, links: [[TraciSignalLink]],
        rule: MaxPressure.Rule = .pressure
    ) {
        self.id = id
        var stages: [Stage] = []
        for state in program?.states ?? [] where Self.isStage(state.signals) {
            guard !stages.contains(where: { $0.signals == state.signals }) else { continue }
            let green = zip(state.signals, links).filter { Self.isGreen($0.0) }.flatMap(\.1)
            var stage = Stage(signals: state.signals, links: [])
            for link in green {
                switch rule {
                case .pressure: stage.links.append(Link(incoming: link.incoming, outgoing: link.outgoing))
                case .wave:
                    // Each lane once, and nothing behind the junction.
                    let lane = Link(incoming: link.incoming, outgoing: .none)
                    if !stage.links.contains(lane) { stage.links.append(lane) }
                }
            }
            stages.append(stage)
        }
        self.stages = stages
    }

    /// Chooses the stage of greatest pressure and remembers it.
    ///
    /// - Parameter queues: Vehicles in queue on each lane; none where a lane is not listed.
    /// - Returns: What to show; nothing where the stage stays, or there is none.
    mutating func decide(queues: [Lane: Int]) -> Change? {
        let pressures = stages.map { $0.pressure(queues: queues) }
        guard let greatest = pressures.max(), let first = pressures.firstIndex(of: greatest) else { return nil }
        guard let old = current else {
            current = first
            return Change(yellow: nil, green: stages[first].signals)
        }
        guard pressures[old] < greatest else { return nil }
        current = first
        return Change(
            yellow: Self.yellow(from: stages[old].signals, to: stages[first].signals), green: stages[first].signals)
    }

    /// What is shown between two stages; nothing where no signal loses its green.
    static func yellow(from old: String, to new: String) -> String? {
        let between = zip(old, new).map { isGreen($0) && !isGreen($1) ? "y" : $0 }
        return between.elementsEqual(old) ? nil : String(between)
    }

    private static func isStage(_ signals: String) -> Bool {
        signals.contains(where: isGreen) && !signals.contains { $0 == "y" || $0 == "Y" }
    }

    private static func isGreen(_ letter: Character) -> Bool { letter == "g" || letter == "G" }
}
