/// When each phase of a ring-and-barrier structure starts and ends its green, found from the greens of the groups.
///
/// All times are seconds of the cycle.
struct PhaseTimes {
    private let shown: WholeSecondGreens
    private let structure: RingBarrierRules
    private var starts: [Int: Int] = [:]
    private var ends: [Int: Int] = [:]

    init(_ shown: WholeSecondGreens, under structure: RingBarrierRules) throws(RingBarrierMismatch) {
        self.shown = shown
        self.structure = structure
        try takeOwnGreens()
        while takeOneShown() || takeOneByClearance() {}
        for number in structure.numbers where starts[number] == nil || ends[number] == nil {
            throw .phaseHidden(number)
        }
        try checkBarriers()
    }

    /// Start of green of a phase.
    func start(of phase: Int) -> Int { starts[phase]! }

    /// End of green of a phase.
    func end(of phase: Int) -> Int { ends[phase]! }

    /// The phase with its times.
    func phase(_ number: Int) throws(RingBarrierMismatch) -> RingBarrierPlan.TimedPhase {
        guard let next = structure.places[number]!.starting.first else { throw .phaseHidden(number) }
        let split = positive(starts[next]! - starts[number]!)
        let clearance = split - positive(ends[number]! - starts[number]!)
        let yellow = structure.yellow(of: number)
        guard clearance >= yellow else { throw .yellowDoesNotFit(phase: number, given: clearance, yellow: yellow) }
        return RingBarrierPlan.TimedPhase(
            number: number, split: split, yellow: yellow, redClearance: clearance - yellow, walk: try walk(of: number))
    }

    private func positive(_ time: Int) -> Int {
        let time = modulo(time, shown.cycle)
        return time == 0 ? shown.cycle : time
    }

    private func walk(of number: Int) throws(RingBarrierMismatch) -> Int? {
        var walk: Int?
        for group in structure.members[number]!.pedestrians {
            guard let green = shown.greens[group].first(where: { $0.start == starts[number]! }) else {
                throw .walkNotWithGreen(phase: number, structure.rules.groups[group].id)
            }
            guard walk == nil || walk == green.duration else {
                throw .greensDiffer(phase: number, structure.rules.groups[group].id)
            }
            walk = green.duration
        }
        return walk
    }

    /// A group of one phase is green when that phase is.
    private mutating func takeOwnGreens() throws(RingBarrierMismatch) {
        for number in structure.numbers {
            for group in structure.ownGroups(of: number) {
                guard let green = shown.greens[group].first, shown.greens[group].count == 1,
                    green.duration < shown.cycle, (starts[number] ?? green.start) == green.start,
                    (ends[number] ?? shown.end(of: green)) == shown.end(of: green)
                else { throw .greensDiffer(phase: number, structure.rules.groups[group].id) }
                starts[number] = green.start
                ends[number] = shown.end(of: green)
            }
        }
    }

    /// All rings leave a barrier at once.
    private func checkBarriers() throws(RingBarrierMismatch) {
        var firstOfGroup: [Int: Int] = [:]
        for number in structure.numbers {
            guard let place = structure.places[number], place.isFirst else { continue }
            let first = firstOfGroup[place.barrierGroup, default: number]
            guard start(of: first) == start(of: number) else {
                throw .barrierLeftApart(phase: number, other: first)
            }
            firstOfGroup[place.barrierGroup] = first
        }
    }

    /// Finds one time that the greens or another ring at the same barrier show.
    private mutating func takeOneShown() -> Bool {
        for number in structure.numbers {
            let place = structure.places[number]!
            if starts[number] == nil {
                let atBarrier = structure.numbers.first { other in
                    place.isFirst && structure.places[other]!.isFirst && starts[other] != nil
                        && structure.places[other]!.barrierGroup == place.barrierGroup
                }
                starts[number] = atBarrier.flatMap { starts[$0] } ?? unexplained(of: number, starts, \.start)
                if starts[number] != nil { return true }
            }
            if ends[number] == nil {
                ends[number] = unexplained(of: number, ends) { shown.end(of: $0) }
                if ends[number] != nil { return true }
            }
        }
        return false
    }

    /// The one start, or end, of a shared group that is none of its other phases'; nil while those are not all known.
    private func unexplained(
        of number: Int, _ known: [Int: Int], _ time: (WholeSecondGreens.Green) -> Int
    ) -> Int? {
        for group in structure.members[number]!.vehicles {
            let others = structure.phasesOfGroup[group].filter { $0 != number }
            guard others.allSatisfy({ known[$0] != nil }) else { continue }
            let left = shown.greens[group].filter { $0.duration < shown.cycle }.map(time)
                .filter { candidate in !others.contains { known[$0] == candidate } }
            if left.count == 1 { return left[0] }
        }
        return nil
    }

    /// Finds one hidden time from the phase before or after it and the least clearance between the two.
    private mutating func takeOneByClearance() -> Bool {
        for number in structure.numbers {
            let clearance = structure.leastClearance(of: number)
            for next in structure.places[number]!.starting {
                if ends[number] == nil, let start = starts[next] {
                    // What hides the end is a green; the phase cannot have outlasted it.
                    let bounds = (0..<shown.cycle).map { modulo(start - clearance - $0, shown.cycle) }
                    ends[number] = bounds.first { isLit(number, at: $0 - 1) }
                    if ends[number] != nil { return true }
                }
                if starts[next] == nil, let end = ends[number] {
                    let bounds = (0..<shown.cycle).map { modulo(end + clearance + $0, shown.cycle) }
                    starts[next] = bounds.first { isLit(next, at: $0) }
                    if starts[next] != nil { return true }
                }
            }
        }
        return false
    }

    private func isLit(_ phase: Int, at time: Int) -> Bool {
        structure.members[phase]!.vehicles.allSatisfy { shown.isGreen($0, at: time) }
    }
}
