import TraCI

/// Counts the vehicles in queue before and behind the controlled junctions.
struct MaxPressureSensor: Sendable {
    typealias Lane = TraciID<Traci.Lane>

    /// A vehicle slower than this is in queue, m/s: SUMO's own bound for halting.
    static let queueSpeed = 0.1

    /// One vehicle as it is seen.
    struct Vehicle: Equatable, Sendable {
        var lane: Lane
        /// From the start of its lane, m.
        var position: Double
        /// The next signal on its route.
        var signal: TraciSignalAhead?
    }

    /// Lanes that lead to each signal of the controlled junctions.
    struct Layout: Equatable, Sendable {
        /// By junction, and then by the number of the signal: the lanes before it, each once.
        var lanesBefore: [TraciID<Traci.TrafficLight>: [[Lane]]] = [:]
        /// Lengths of the lanes behind that lead to no signal, m.
        var exits: [Lane: Double] = [:]
        /// m.
        var sight: Double

        /// Vehicles in queue by lane.
        func queues(of queued: [Vehicle]) -> [Lane: Int] {
            var result: [Lane: Int] = [:]
            for vehicle in queued {
                if let signal = vehicle.signal, signal.distance <= sight,
                    let lanes = lanesBefore[signal.trafficLight], lanes.indices.contains(signal.signal)
                {
                    for lane in lanes[signal.signal] { result[lane, default: 0] += 1 }
                }
                if let length = exits[vehicle.lane], length - vehicle.position <= sight {
                    result[vehicle.lane, default: 0] += 1
                }
            }
            return result
        }
    }

    private let sumo: TraciConnection
    private let layout: Layout
    private let rule: MaxPressure.Rule

    init(
        _ sumo: TraciConnection, junctions: [MaxPressureJunction], sight: Double, rule: MaxPressure.Rule
    ) async throws {
        self.sumo = sumo
        self.rule = rule
        var layout = Layout(sight: sight)
        var before: Set<Lane> = []
        for junction in junctions {
            let signals = try await sumo.get(.links, of: junction.id)
            layout.lanesBefore[junction.id] = signals.map { links in
                links.map(\.incoming).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
            }
            before.formUnion(signals.joined().map(\.incoming))
        }
        // The max-wave rule does not look behind the junction.
        let behind = Set(rule == .wave ? [] : junctions.flatMap { $0.stages.flatMap { $0.links.map(\.outgoing) } })
            .subtracting(before)
        let exits = behind.sorted()
        for (lane, length) in zip(exits, try await sumo.get(.length, ofEach: exits)) { layout.exits[lane] = length }
        self.layout = layout
    }

    /// Has the vehicles on the road reported with every step.
    func start() async throws -> TraciStep {
        try await sumo.subscribe(TraciID<Traci.Vehicle>.none, to: .all)
    }

    /// The queues after a step, by two round trips: the speeds of all vehicles, and the places of those in queue.
    func queues(after step: TraciStep) async throws -> [Lane: Int] {
        let all = try step.value(.all, of: TraciID<Traci.Vehicle>.none) ?? []
        var queued = all
        if rule == .pressure {
            let speeds = try await sumo.get(.speed, ofEach: all)
            queued = zip(all, speeds).filter { $0.1 < Self.queueSpeed }.map(\.0)
        }
        let rows = try await sumo.get(.lane, .lanePosition, .signalsAhead, ofEach: queued)
        return layout.queues(of: rows.map { Vehicle(lane: $0.0, position: $0.1, signal: $0.2.first) })
    }
}
