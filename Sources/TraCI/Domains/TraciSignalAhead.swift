/// A signal on the route of a vehicle.
public struct TraciSignalAhead: Equatable, Sendable {
    /// Its traffic light.
    public var trafficLight: TraciID<Traci.TrafficLight>
    /// Number of the signal there, from 0: the place of its letter in a state.
    public var signal: Int
    /// How far ahead its stop line is, m.
    public var distance: Double

    /// A signal by its place and distance.
    public init(trafficLight: TraciID<Traci.TrafficLight>, signal: Int, distance: Double) {
        self.trafficLight = trafficLight
        self.signal = signal
        self.distance = distance
    }
}

extension TraciSignalAhead {
    static func list(_ value: TraciValue) throws(TraciError) -> [TraciSignalAhead] {
        let items = try value.items(1, "a list of signals")
        let count = try items[0].integer
        // The fourth item of each is the letter that is shown.
        guard count >= 0, count <= (items.count - 1) / 4 else {
            throw .unexpectedValue(expected: "4 items for each signal", found: "\(items.count - 1) for \(count)")
        }
        var signals: [TraciSignalAhead] = []
        for number in 0..<count {
            let first = 1 + 4 * number
            signals.append(
                TraciSignalAhead(
                    trafficLight: TraciID(try items[first].text), signal: try items[first + 1].integer,
                    distance: try items[first + 2].number))
        }
        return signals
    }
}
