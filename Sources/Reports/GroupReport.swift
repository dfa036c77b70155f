import SignalModel

/// A signal group with its green and what it serves.
public struct GroupReport: Encodable, Sendable {
    /// Signal group.
    public let group: SignalGroupID
    /// Length of its own green, which may begin before the stage, end after it or last for several, s.
    public let green: Double
    /// Movements that it serves.
    public let movements: [MovementID]
    /// Links that people cross under it.
    public let crosses: [LinkID]
    /// The same in words, by approach.
    let serves: String

    init(_ group: SignalGroupID, green: Double, at junction: JunctionID, _ names: MovementNames) {
        let service = names.service(of: group, at: junction)
        self.group = group
        self.green = green
        movements = service.movements.map(\.id)
        crosses = service.crossed
        serves = service.words
    }

    private enum CodingKeys: String, CodingKey { case group, green, movements, crosses }
}

extension MovementNames.Service {
    /// What is served in words, by approach.
    fileprivate var words: String {
        var approaches: [LinkID] = []
        for movement in movements where !approaches.contains(movement.from) { approaches.append(movement.from) }
        var parts = approaches.map { link in
            let turns = Turn.allCases.filter { turn in movements.contains { $0.from == link && $0.turn == turn } }
            return "\(link): " + turns.map(\.word).joined(separator: ", ")
        }
        if !crossed.isEmpty { parts.append("across " + crossed.map(\.text).joined(separator: ", ")) }
        return parts.joined(separator: "; ")
    }
}

extension Turn {
    /// The turn in a word.
    var word: String { self == .uTurn ? "U-turn" : rawValue }
}
