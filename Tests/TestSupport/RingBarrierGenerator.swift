import SignalModel

/// Makes random junctions that are run by rings and barriers, with timings that meet their rules.
///
/// Two rings with two barrier groups of one or two phases, lefts leading or lagging, at times a third barrier group in
/// which one ring rests; pedestrians, groups that overlap two phases, and protected lefts that go on as permitted ones.
public struct RingBarrierGenerator {
    private struct Phase {
        var number: Int
        var yellow: Int
        /// Yellow and red clearance that its groups ask for.
        var clearance: Int
        /// Red clearance beyond that.
        var spare: Int
        var leastGreen: Int
        /// Walk and time to cross; nil without pedestrians.
        var pedestrians: (walk: Int, crossing: Int)?
        /// Number of the through phase in which its left goes on as a permitted one.
        var permittedWith: Int?

        /// Whether the lefts beside it are permitted against it.
        var isPermissive = false

        /// Clearance that the timing gives: nothing has to clear between a left and a through that it may oppose.
        func given(isLast: Bool) -> Int { isPermissive && !isLast ? yellow : clearance + spare }

        func leastSplit(isLast: Bool) -> Int {
            max(leastGreen + given(isLast: isLast), pedestrians.map { $0.walk + $0.crossing } ?? 0)
        }
    }

    private var random: SplitMix64
    private var rings: [[[Phase]]] = [[], []]

    /// A junction and a timing for it.
    public static func timing(seed: UInt64) -> (junction: Junction, plan: RingBarrierPlan) {
        var generator = RingBarrierGenerator(random: SplitMix64(seed: seed))
        generator.layOutPhases()
        return (generator.junction(), generator.plan())
    }

    private init(random: SplitMix64) { self.random = random }

    private mutating func layOutPhases() {
        for barrierGroup in 0..<2 {
            let first = barrierGroup * 2 + 1
            let isPermitted = random.chance(0.4)
            let yellow = Int.random(in: 3...5, using: &random)
            let clearance = yellow + Int.random(in: 0...3, using: &random)
            for ring in 0..<2 {
                let left = first + ring * 4
                var cell = isPermitted || random.chance(0.7) ? [left, left + 1] : [left + 1]
                if random.chance(0.4) { cell.reverse() }
                rings[ring].append(
                    cell.map { number in
                        var phase = phase(number)
                        if isPermitted {
                            (phase.yellow, phase.clearance, phase.spare) = (yellow, clearance, 0)
                            (phase.leastGreen, phase.isPermissive) = (5, true)
                            if number == left { phase.permittedWith = first + 1 + (1 - ring) * 4 }
                        }
                        return phase
                    })
            }
        }
        guard random.chance(0.25) else { return }
        rings[0].append([phase(9)])
        rings[1].append([])
    }

    private mutating func phase(_ number: Int) -> Phase {
        let yellow = Int.random(in: 3...5, using: &random)
        let walks = number.isMultiple(of: 2) && random.chance(0.5)
        return Phase(
            number: number, yellow: yellow, clearance: yellow + Int.random(in: 0...3, using: &random),
            spare: random.chance(0.3) ? Int.random(in: 1...3, using: &random) : 0,
            leastGreen: Int.random(in: 5...10, using: &random),
            pedestrians: walks
                ? (Int.random(in: 5...9, using: &random), Int.random(in: 6...18, using: &random)) : nil)
    }

    private var phases: [Phase] { rings.flatMap { $0.flatMap { $0 } } }

    private func areConcurrent(_ one: Int, _ other: Int) -> Bool {
        if one == other { return true }
        let places = [one, other].map { number in
            rings.enumerated().flatMap { ring, cells in
                cells.enumerated().filter { $1.contains { $0.number == number } }.map { (ring, $0.offset) }
            }[0]
        }
        return places[0].0 != places[1].0 && places[0].1 == places[1].1
    }

    private mutating func junction() -> Junction {
        var groups: [(group: SignalGroup, phases: [Int])] = []
        for phase in phases {
            let id = "\(phase.number)"
            groups.append(
                (
                    SignalGroup(
                        id: .init(id), yellow: Double(phase.yellow), leastGreen: Double(phase.leastGreen)),
                    [phase.number] + (phase.permittedWith.map { [$0] } ?? [])
                ))
            if let pedestrians = phase.pedestrians {
                groups.append(
                    (
                        SignalGroup(
                            id: .init(id + " walk"), kind: .pedestrian, yellow: 0, leastGreen: 5,
                            crossing: Crossing(
                                length: Double(pedestrians.crossing) - 0.5, walkingSpeed: 1,
                                leastWalk: Double(pedestrians.walk))), [phase.number]
                    ))
            }
        }
        let ring = Array(rings[random.chance(0.5) ? 0 : 1].joined())
        let pairs = zip(ring, ring.dropFirst()).filter { $0.permittedWith == nil && $1.permittedWith == nil }
        if random.chance(0.4), let pair = pairs.randomElement(using: &random).map({ [$0, $1] }) {
            groups.append(
                (
                    SignalGroup(id: "overlap", yellow: Double(pair.map(\.yellow).min()!), leastGreen: 5),
                    pair.map(\.number)
                ))
        }
        groups.shuffle(using: &random)
        var intergreens: [Intergreen] = []
        for (ending, endingPhases) in groups {
            for (starting, startingPhases) in groups where starting.id != ending.id {
                let isCompatible =
                    endingPhases.contains { one in startingPhases.contains { areConcurrent(one, $0) } }
                    || ending.kind == .pedestrian && starting.kind == .pedestrian
                guard !isCompatible else { continue }
                let clearance = phases.filter { endingPhases.contains($0.number) }.map(\.clearance).min()!
                intergreens.append(
                    Intergreen(
                        ending: ending.id, starting: starting.id,
                        seconds: ending.kind == .pedestrian ? 4 : Double(clearance)))
            }
        }
        let structure = RingBarrier(
            phases: phases.map(\.number).sorted().map { number in
                RingBarrierPhase(
                    number: number, groups: groups.filter { $0.phases.contains(number) }.map(\.group.id))
            }, rings: rings.map { $0.map { $0.map(\.number) } })
        return Junction(
            id: "A0", nodes: ["A0"], signalGroups: groups.map(\.group), intergreens: intergreens,
            ringBarrier: structure)
    }

    private mutating func plan() -> RingBarrierPlan {
        var timed: [[[RingBarrierPlan.TimedPhase]]] = [[], []]
        var cycle = 0
        for barrierGroup in rings[0].indices {
            let cells = rings.map { $0[barrierGroup] }
            let least = cells.map { cell in
                cell.indices.map { cell[$0].leastSplit(isLast: $0 == cell.count - 1) }
            }
            // Room for each place of the cell to be as long in the one ring as in the other.
            let length =
                (0..<2).reduce(0) { sum, place in
                    sum + (least.compactMap { $0.count > place ? $0[place] : nil }.max() ?? 0)
                } + Int.random(in: 0...40, using: &random)
            cycle += length
            var boundary: Int?
            for ring in 0..<2 {
                let cell = cells[ring]
                var splits = [length]
                if cell.count == 2 {
                    let isPermitted = cell.contains { $0.permittedWith != nil }
                    // What fits the one ring must fit the other where the two boundaries hang together.
                    let bounds = (isPermitted ? least.filter { $0.count == 2 } : [least[ring]])
                    let range = bounds.map { $0[0] }.max()!...(length - bounds.map { $0[1] }.max()!)
                    var first = Int.random(in: range, using: &random)
                    // A left that is green again less than a yellow later is no timing that can be shown.
                    if isPermitted, let other = boundary, abs(other - first) < 8 { first = other }
                    boundary = first
                    splits = [first, length - first]
                }
                timed[ring].append(
                    zip(cell, splits).enumerated().map { place, entry in
                        time(entry.0, split: entry.1, isLast: place == cell.count - 1)
                    })
            }
        }
        let own = phases.filter { $0.permittedWith == nil }
        return RingBarrierPlan(
            rings: timed, cycle: cycle, offset: Int.random(in: 0..<cycle, using: &random),
            coordinatedPhase: own.randomElement(using: &random)!.number,
            referencePoint: random.chance(0.5) ? .startOfGreen : .endOfGreen)
    }

    private mutating func time(_ phase: Phase, split: Int, isLast: Bool) -> RingBarrierPlan.TimedPhase {
        let walk = phase.pedestrians.map { pedestrians in
            Int.random(in: pedestrians.walk...(split - pedestrians.crossing), using: &random)
        }
        return RingBarrierPlan.TimedPhase(
            number: phase.number, split: split, yellow: phase.yellow,
            redClearance: phase.given(isLast: isLast) - phase.yellow, walk: walk)
    }
}
