/// One vehicle over an induction loop, as the loop saw it in the last step.
///
/// A vehicle that leaves just at the end of a step, as one does that changes its lane, is seen in the next step too.
public struct TraciPassage: Equatable, Sendable {
    /// The vehicle.
    public var vehicle: TraciID<Traci.Vehicle>
    /// Its length, m.
    public var length: Double
    /// When its front came on the loop, s.
    public var entry: Double
    /// When its rear left the loop, s; nothing while it stands on it.
    public var exit: Double?
    /// Its type.
    public var vehicleType: String
}

extension TraciPassage {
    static func list(_ value: TraciValue) throws(TraciError) -> [TraciPassage] {
        let items = try value.items(1, "a list of passages")
        let count = try items[0].integer
        guard count >= 0, count <= (items.count - 1) / 5 else {
            throw .unexpectedValue(expected: "5 items for each passage", found: "\(items.count - 1) for \(count)")
        }
        var passages: [TraciPassage] = []
        for number in 0..<count {
            let fields = items[(1 + 5 * number)...]
            let first = fields.startIndex
            let exit = try fields[first + 3].number
            passages.append(
                TraciPassage(
                    vehicle: TraciID(try fields[first].text), length: try fields[first + 1].number,
                    entry: try fields[first + 2].number, exit: exit < 0 ? nil : exit,
                    vehicleType: try fields[first + 4].text))
        }
        return passages
    }
}
