/// Where a lane leads over a node.
public struct TraciLaneLink: Equatable, Sendable {
    /// The lane behind the node.
    public var lane: TraciID<Traci.Lane>
    /// The lane within the node; empty where there is none.
    public var inside: TraciID<Traci.Lane>
    /// Whether it gives way to nobody at this moment.
    public var hasPriority: Bool
    /// Whether no vehicle is on or near a way that crosses it.
    public var isOpen: Bool
    /// Whether a vehicle that it gives way to comes near.
    public var hasFoe: Bool
    /// The letter of its signal, as in a state.
    public var state: String
    /// Direction: s straight, l and L left, r and R right, t back.
    public var direction: String
    /// Length of the way over the node, m.
    public var length: Double
}

extension TraciLaneLink {
    static func list(_ value: TraciValue) throws(TraciError) -> [TraciLaneLink] {
        let items = try value.items(1, "a list of links")
        let count = try items[0].integer
        guard count >= 0, count <= (items.count - 1) / 8 else {
            throw .unexpectedValue(expected: "8 items for each link", found: "\(items.count - 1) for \(count)")
        }
        var links: [TraciLaneLink] = []
        for number in 0..<count {
            let fields = Array(items[(1 + 8 * number)..<(9 + 8 * number)])
            links.append(
                TraciLaneLink(
                    lane: TraciID(try fields[0].text), inside: TraciID(try fields[1].text),
                    hasPriority: try fields[2].integer != 0, isOpen: try fields[3].integer != 0,
                    hasFoe: try fields[4].integer != 0, state: try fields[5].text,
                    direction: try fields[6].text, length: try fields[7].number))
        }
        return links
    }
}
