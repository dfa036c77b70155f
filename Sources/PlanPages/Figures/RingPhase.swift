import SignalModel

/// A phase in a ring with its times (NEMA TS 2).
public struct RingPhase: Encodable, Sendable {
    /// NEMA number.
    public let number: Int
    /// Number of the barrier group that it is in, from 0.
    public let barrierGroup: Int
    /// Start of its green after the start of the first barrier group, s.
    public let start: Int
    /// Time from the start of its green to that of the next phase, s.
    public let split: Int
    /// Green, s.
    public let green: Int
    /// Yellow, s.
    public let yellow: Int
    /// Red clearance, s.
    public let redClearance: Int

    /// The phases of each ring in order; none where the junction has no rings or the timing does not fit them.
    ///
    /// Walks are not looked at: phases are those of vehicles, and a walk may start later than its phase.
    static func all(of timing: JunctionPlan, at junction: Junction) -> [[RingPhase]] {
        let roads = junction.withoutWalks
        let kept = Set(roads.signalGroups.map(\.id))
        var shown = timing
        shown.greens.removeAll { !kept.contains($0.group) }
        guard roads.ringBarrier != nil, let plan = try? RingBarrierPlan(shown, at: roads) else { return [] }
        var rings: [[RingPhase]] = plan.rings.map { _ in [] }
        var barrier = 0
        for group in 0..<(plan.rings.map(\.count).max() ?? 0) {
            var length = 0
            for (ring, cells) in plan.rings.enumerated() where group < cells.count {
                var time = barrier
                for phase in cells[group] {
                    rings[ring].append(
                        RingPhase(
                            number: phase.number, barrierGroup: group, start: time, split: phase.split,
                            green: phase.green, yellow: phase.yellow, redClearance: phase.redClearance))
                    time += phase.split
                }
                length = max(length, time - barrier)
            }
            barrier += length
        }
        return rings
    }
}

extension Junction {
    /// The junction as if nobody walked.
    fileprivate var withoutWalks: Junction {
        var junction = self
        let walks = Set(signalGroups.filter { $0.kind == .pedestrian }.map(\.id))
        junction.signalGroups.removeAll { walks.contains($0.id) }
        junction.intergreens.removeAll { walks.contains($0.ending) || walks.contains($0.starting) }
        junction.permittedConflicts.removeAll { walks.contains($0.yielding) || walks.contains($0.priority) }
        for number in (junction.ringBarrier?.phases ?? []).indices {
            junction.ringBarrier?.phases[number].groups.removeAll { walks.contains($0) }
        }
        return junction
    }
}
