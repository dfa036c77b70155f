import AdaptiveControl
import SafetyGuard
import SignalModel
import TraCI

/// Sees every vehicle with its place, speed and next movement.
struct PerfectSensor: StreetSensor {
    private struct Place {
        var junction: Int
        /// Streams that a signal rules; several where it rules several lanes.
        var streams: [Int]
    }

    private let layouts: [JunctionLayout]
    private var places: [String: [Int: Place]] = [:]
    /// What is before and behind each junction.
    private var pictures: [TrafficPicture] = []
    private let exitLanes: [TraciID<Traci.Lane>]
    /// Since when each vehicle has stood before its next signal, and at which junction.
    private var stopped: [String: (junction: Int, waited: Double)] = [:]

    init(layouts: [JunctionLayout]) {
        self.layouts = layouts
        for (number, layout) in layouts.enumerated() {
            var ofSignal: [Int: Place] = [:]
            for (stream, value) in layout.streams.enumerated() {
                for signal in value.signals {
                    ofSignal[signal, default: Place(junction: number, streams: [])].streams.append(stream)
                }
            }
            places[layout.junction.text] = ofSignal
        }
        exitLanes = Set(layouts.flatMap { $0.exits.map { TraciID<Traci.Lane>($0.id.text) } }).sorted()
    }

    /// Has vehicles reported that enter from now on.
    func start(_ sumo: TraciConnection) async throws -> TraciStep {
        try await sumo.subscribe(each: exitLanes, to: .vehicleCount, .meanSpeed)
        let step = try await sumo.subscribe(to: .departed)
        try await sumo.subscribe(each: sumo.get(.all), to: .speed, .signalsAhead, .lane)
        return step
    }

    func picture(of junction: Int, aspects: [Aspect], crossed: [Int?]) -> TrafficPicture { pictures[junction] }

    mutating func look(at step: TraciStep, time: Int, in sumo: TraciConnection) async throws {
        pictures = layouts.map { TrafficPicture($0) }
        var readings = [step.readings(of: Traci.Vehicle.self)]
        let departed = try step.value(.departed) ?? []
        if !departed.isEmpty {
            let fresh = try await sumo.subscribe(each: departed, to: .speed, .signalsAhead, .lane)
            readings.append(fresh.readings(of: Traci.Vehicle.self))
        }
        for reading in readings {
            for vehicle in reading.objects {
                guard let speed = try reading.value(.speed, of: vehicle),
                    let signal = try reading.value(.signalsAhead, of: vehicle)?.first,
                    let place = places[signal.trafficLight.text]?[signal.signal]
                else { continue }
                let lane = try reading.value(.lane, of: vehicle)
                let layout = layouts[place.junction]
                let stream =
                    place.streams.first { layout.lanes[layout.streams[$0].lane].id.text == lane?.text }
                    ?? place.streams[0]
                var waited = stopped[vehicle.text].flatMap { $0.junction == place.junction ? $0.waited : nil } ?? 0
                if speed < 1 { waited += 1 }
                stopped[vehicle.text] = (place.junction, waited)
                pictures[place.junction].lanes[layout.streams[stream].lane].append(
                    .init(stream: stream, distance: signal.distance, speed: speed, waited: waited))
            }
        }
        for number in pictures.indices {
            for lane in pictures[number].lanes.indices {
                pictures[number].lanes[lane].sort { ($0.distance, $0.stream) < ($1.distance, $1.stream) }
            }
            for (exit, value) in layouts[number].exits.enumerated() {
                let lane = TraciID<Traci.Lane>(value.id.text)
                guard let count = try step.value(.vehicleCount, of: lane),
                    let speed = try step.value(.meanSpeed, of: lane)
                else { continue }
                pictures[number].exits[exit] = .init(vehicles: Double(count), meanSpeed: speed)
            }
        }
    }
}
