extension RingBarrierPlan {
    /// The same timing group by group.
    ///
    /// A group of several phases is green in each, and stays so from one to the next where they follow each other in a
    /// ring (an overlap). Pedestrian groups walk from the start of the phase's green. Second 0 is the start of the first
    /// barrier group; the offset refers to the first signal group that the coordinated phase has for itself.
    ///
    /// - Throws: ``RingBarrierMismatch`` where the timing does not fit the junction's rings and barriers, or does not
    ///   close.
    public func junctionPlan(for junction: Junction) throws(RingBarrierMismatch) -> JunctionPlan {
        let structure = try RingBarrierRules(junction)
        try checkPhases(against: structure)
        var greens: [[GreenInterval]] = Array(repeating: [], count: structure.rules.groupCount)
        for placed in try placedPhases().joined() {
            let phase = placed.phase
            let members = structure.members[phase.number]!
            for group in members.vehicles {
                let following = structure.places[phase.number]!.following
                let goesOn = following.map(structure.phasesOfGroup[group].contains) ?? false
                greens[group].append(
                    GreenInterval(
                        start: Double(placed.start), duration: Double(goesOn ? phase.split : phase.green)))
            }
            for group in members.pedestrians {
                greens[group].append(
                    GreenInterval(start: Double(placed.start), duration: Double(phase.walk ?? 0)))
            }
        }
        guard numbers.contains(coordinatedPhase), let reference = structure.ownGroups(of: coordinatedPhase).first else {
            throw .coordinatedPhaseUnfit(coordinatedPhase)
        }
        let id = structure.rules.groups[reference].id
        return JunctionPlan(
            junction: junction.id, cycle: Double(cycle), offset: Double(modulo(offset, cycle)),
            offsetReference: referencePoint == .startOfGreen ? .startOfGreen(id) : .endOfGreen(id),
            greens: greens.enumerated().map { group, intervals in
                GroupGreens(
                    group: structure.rules.groups[group].id, intervals: merged(intervals, cycle: Double(cycle)))
            })
    }

    private var numbers: [Int] { rings.flatMap { $0.flatMap { $0.map(\.number) } } }

    private func checkPhases(against structure: RingBarrierRules) throws(RingBarrierMismatch) {
        let expected = structure.structure.rings
        for ring in 0..<max(rings.count, expected.count) {
            let cells = ring < rings.count ? rings[ring].map { $0.map(\.number) } : []
            let own = ring < expected.count ? expected[ring] : []
            for group in 0..<max(cells.count, own.count) {
                let found = group < cells.count ? cells[group] : []
                let wanted = group < own.count ? own[group] : []
                guard found == wanted else {
                    throw .phasesDiffer(ring: ring, barrierGroup: group, found: found, expected: wanted)
                }
            }
        }
        for phase in rings.joined().joined() {
            let yellow = structure.yellow(of: phase.number)
            guard phase.yellow == yellow else {
                throw .yellowDiffers(phase: phase.number, given: phase.yellow, expected: yellow)
            }
            let hasPedestrians = !structure.members[phase.number]!.pedestrians.isEmpty
            let isFit = phase.walk.map { hasPedestrians && $0 > 0 && $0 <= phase.split } ?? !hasPedestrians
            guard isFit else { throw .walkUnfit(phase: phase.number, given: phase.walk) }
        }
    }

    /// Intervals by start, those that touch or overlap on the cycle made one.
    private func merged(_ intervals: [GreenInterval], cycle: Double) -> [GreenInterval] {
        var result: [GreenInterval] = []
        for interval in intervals.sorted(by: { $0.start < $1.start }) {
            if let last = result.last, interval.start <= last.start + last.duration {
                result[result.count - 1].duration = max(
                    last.duration, interval.start + interval.duration - last.start)
            } else {
                result.append(interval)
            }
        }
        while let first = result.first, let last = result.last, result.count > 1,
            last.start + last.duration >= first.start + cycle
        {
            result[result.count - 1].duration = max(last.duration, first.start + cycle + first.duration - last.start)
            result.removeFirst()
        }
        if let only = result.first, only.duration >= cycle { return [GreenInterval(start: 0, duration: cycle)] }
        return result
    }
}
