import AdaptiveControl
import ControllerLink
import SignalModel
import StageControl

/// Control of the second at the junctions that have detectors for it.
struct StageLevel: Sendable {
    private struct Place: Sendable {
        let junction: JunctionID
        let groupCount: Int
        var control: LoopControl
        /// What the lamps showed in the last second, and when it began, s of network time.
        var shown: [LampAspect] = []
        var time: Int?
        /// Until when the plan runs though there is something to decide, s of network time.
        var rests = Int.min
        /// The last decisions, the oldest first.
        var decisions: [StageDecision] = []
    }

    /// Decisions that are kept to be asked about.
    static let keptDecisions = 120
    /// How long control rests where a controller has refused what it wanted, s.
    static let restTime = 30

    private let network: ControllableNetwork
    private var places: [Place?]
    private var listeners: [DetectorID: [Int]] = [:]
    /// Junctions that have detectors and cannot be controlled, with the reason.
    let refused: [AdaptiveError]

    /// Readies all junctions that can be controlled.
    init(_ network: Network) {
        let controllable = ControllableNetwork(network)
        self.network = controllable
        var refused = controllable.refused
        places = network.junctions.map { junction in
            guard controllable.hasDetectors(junction.id) else { return nil }
            do throws(AdaptiveError) {
                return Place(
                    junction: junction.id, groupCount: junction.signalGroups.count,
                    control: try controllable.control(of: junction.id, time: 0))
            } catch {
                refused.append(error)
                return nil
            }
        }
        self.refused = refused
        for (number, place) in places.enumerated() {
            for detector in place?.control.detectors ?? [] { listeners[detector, default: []].append(number) }
        }
    }

    /// Gives a reading to all who listen to the detector.
    mutating func take(_ reading: DetectorReading) {
        for number in listeners[reading.detector] ?? [] { places[number]?.control.take(reading) }
    }

    /// Decides on the second after the one that a controller tells of; nil where the plan is to run.
    mutating func decide(_ status: EdgeMessage.Status, at number: Int) -> StageDecision? {
        // One place at a time is out of the array, so that nothing is copied.
        guard var place = places[number] else { return nil }
        places[number] = nil
        defer { places[number] = place }
        guard let time = Int(exactly: status.time.rounded()), abs(status.time) < 1e12,
            status.aspects.count == place.groupCount
        else { return nil }
        defer { (place.shown, place.time) = (status.aspects, time) }
        guard let before = place.time, (1...LoopControl.greatestGap).contains(time - before) else {
            restart(&place, status.aspects, at: time)
            return nil
        }
        place.control.look(shown: place.shown, at: time)
        place.control.note(lamps: status.aspects, from: time)
        guard status.running != .starting, let decision = place.control.decide(for: time + 1), place.rests <= time
        else {
            return nil
        }
        if place.decisions.count == Self.keptDecisions { place.decisions.removeFirst() }
        place.decisions.append(decision)
        return decision
    }

    /// The street that was is not the one that is.
    private func restart(_ place: inout Place, _ shown: [LampAspect], at time: Int) {
        // It could be controlled before, and nothing about it has changed.
        guard let control = try? network.control(of: place.junction, time: time) else { return }
        place.control = control
        place.control.note(lamps: shown, from: time)
    }

    /// Takes a request for priority, or news of one; whether the vehicle asks for the first time.
    mutating func request(_ request: PriorityRequest, at number: Int, time: Double) throws(PriorityError) -> Bool {
        try places[number]?.control.request(request, at: time) ?? false
    }

    /// Forgets a request for priority; whether there was one.
    mutating func endRequest(_ id: String, at number: Int) -> Bool {
        places[number]?.control.endRequest(id) ?? false
    }

    /// Lets the plan run for a while.
    mutating func rest(_ number: Int) {
        guard let time = places[number]?.time else { return }
        places[number]?.rests = time + Self.restTime
    }

    /// The last decisions at a junction, the newest first; nil where there is no control of the second.
    func decisions(at number: Int) -> [StageDecision]? { places[number]?.decisions.reversed() }
}
