/// A way over a junction that a signal controls.
public struct TraciSignalLink: Equatable, Sendable {
    /// The lane that leads to the signal.
    public var incoming: TraciID<Traci.Lane>
    /// The lane behind the junction.
    public var outgoing: TraciID<Traci.Lane>
    /// The lane within the junction; empty where there is none.
    public var inside: TraciID<Traci.Lane>

    /// A way from lane to lane.
    public init(incoming: TraciID<Traci.Lane>, outgoing: TraciID<Traci.Lane>, inside: TraciID<Traci.Lane>) {
        self.incoming = incoming
        self.outgoing = outgoing
        self.inside = inside
    }
}

extension TraciSignalLink {
    /// The links of every signal, in the order of the letters of a state.
    static func list(_ value: TraciValue) throws(TraciError) -> [[TraciSignalLink]] {
        // SUMO puts it flat: the number of signals, then for each the number of its links and these.
        let all = try value.items(1, "a list of links")
        var items = all[...]
        func next() throws(TraciError) -> TraciValue {
            guard let item = items.popFirst() else {
                throw .unexpectedValue(expected: "links as many as announced", found: "fewer")
            }
            return item
        }
        func count() throws(TraciError) -> Int {
            let number = try next().integer
            guard (0...all.count).contains(number) else {
                throw .unexpectedValue(expected: "a number of links", found: "\(number)")
            }
            return number
        }
        var signals: [[TraciSignalLink]] = []
        for _ in 0..<(try count()) {
            var links: [TraciSignalLink] = []
            for _ in 0..<(try count()) {
                let lanes = try next().texts
                guard lanes.count == 3 else {
                    throw .unexpectedValue(expected: "three lanes of a link", found: "\(lanes.count)")
                }
                links.append(
                    TraciSignalLink(
                        incoming: TraciID(lanes[0]), outgoing: TraciID(lanes[1]), inside: TraciID(lanes[2])))
            }
            signals.append(links)
        }
        return signals
    }
}
