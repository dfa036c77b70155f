/// A green on a cycle of whole ticks.
struct TickInterval: Equatable, Sendable {
    /// First tick of green, 0 ..< cycle.
    let start: Int
    /// Number of ticks of green, 1 … cycle.
    let duration: Int

    /// First tick after green, 0 ..< cycle.
    func end(cycle: Int) -> Int { Ticks.modulo(start + duration, cycle) }

    /// Whether the green covers a tick of the cycle.
    func covers(_ tick: Int, cycle: Int) -> Bool { Ticks.modulo(tick - start, cycle) < duration }

    /// Stretches of the cycle in which both greens run: none, one, or two where each overlaps both ends of the other.
    func overlaps(with other: TickInterval, cycle: Int) -> [TickInterval] {
        if duration == cycle { return [other] }
        if other.duration == cycle { return [self] }
        var found: [TickInterval] = []
        let lead = Ticks.modulo(other.start - start, cycle)
        if lead < duration {
            found.append(TickInterval(start: other.start, duration: min(duration - lead, other.duration)))
        }
        let lag = Ticks.modulo(start - other.start, cycle)
        if lag > 0, lag < other.duration {
            found.append(TickInterval(start: start, duration: min(other.duration - lag, duration)))
        }
        return found
    }
}
