/// A junction's rings and barriers by index, with what its signal groups ask of each phase.
struct RingBarrierRules {
    /// The signal groups of a phase, by number in the junction.
    struct Members {
        var vehicles: [Int] = []
        var pedestrians: [Int] = []
    }

    /// The place of a phase: its ring and its number among all phases of that ring.
    struct Place {
        var ring: Int
        var barrierGroup: Int
        /// Whether no phase comes before it in its ring since the barrier.
        var isFirst: Bool
        /// The phase that follows in the ring; nil where the ring rests in between.
        var following: Int?
        /// Phases that may start when this one is over: the following one, or at a barrier the first of every ring.
        var starting: [Int]
    }

    let junction: Junction
    let rules: JunctionRules
    let structure: RingBarrier
    /// Numbers of the phases, ring by ring in order.
    let numbers: [Int]
    let members: [Int: Members]
    let places: [Int: Place]
    /// Phases of each group, by number in the junction, in the order of ``numbers``.
    let phasesOfGroup: [[Int]]

    init(_ junction: Junction) throws(RingBarrierMismatch) {
        guard let structure = junction.ringBarrier else { throw .noStructure(junction.id) }
        self.junction = junction
        self.structure = structure
        rules = JunctionRules(junction)
        numbers = structure.rings.flatMap { $0.flatMap { $0 } }
        guard !numbers.isEmpty else { throw .noStructure(junction.id) }
        members = try Self.members(of: structure, numbers: numbers, rules: rules)
        places = Self.places(in: structure)
        var phasesOfGroup: [[Int]] = Array(repeating: [], count: rules.groupCount)
        for number in numbers {
            guard let own = members[number] else { continue }
            for group in own.vehicles + own.pedestrians { phasesOfGroup[group].append(number) }
        }
        self.phasesOfGroup = phasesOfGroup
        if let group = phasesOfGroup.firstIndex(where: \.isEmpty) { throw .groupWithoutPhase(rules.groups[group].id) }
    }

    private static func members(
        of structure: RingBarrier, numbers: [Int], rules: JunctionRules
    ) throws(RingBarrierMismatch) -> [Int: Members] {
        var found: [Int: Members] = [:]
        for phase in structure.phases {
            guard found[phase.number] == nil, numbers.count(where: { $0 == phase.number }) == 1 else {
                throw .structureUnsound(phase: phase.number)
            }
            var own = Members()
            for id in phase.groups {
                guard let group = rules.indexOfGroup[id] else { throw .groupUnknown(phase: phase.number, id) }
                if rules.groups[group].kind == .pedestrian {
                    own.pedestrians.append(group)
                } else {
                    own.vehicles.append(group)
                }
            }
            guard !own.vehicles.isEmpty else { throw .phaseWithoutVehicles(phase.number) }
            found[phase.number] = own
        }
        if let number = numbers.first(where: { found[$0] == nil }) { throw .structureUnsound(phase: number) }
        return found
    }

    private static func places(in structure: RingBarrier) -> [Int: Place] {
        let groupCount = structure.rings.map(\.count).max() ?? 0
        func cell(_ ring: Int, _ group: Int) -> [Int] {
            structure.rings[ring].indices.contains(group) ? structure.rings[ring][group] : []
        }
        let occupied = (0..<groupCount).filter { group in
            structure.rings.indices.contains { !cell($0, group).isEmpty }
        }
        var places: [Int: Place] = [:]
        for (position, group) in occupied.enumerated() {
            let next = occupied[(position + 1) % occupied.count]
            for ring in structure.rings.indices {
                let phases = cell(ring, group)
                for (index, number) in phases.enumerated() {
                    let isLast = index == phases.count - 1
                    let following = isLast ? cell(ring, next).first : phases[index + 1]
                    places[number] = Place(
                        ring: ring, barrierGroup: group, isFirst: index == 0, following: following,
                        starting: isLast
                            ? structure.rings.indices.compactMap { cell($0, next).first } : [phases[index + 1]])
                }
            }
        }
        return places
    }

    /// The vehicle groups that belong to a phase alone, by number in the junction.
    func ownGroups(of phase: Int) -> [Int] { members[phase]!.vehicles.filter { phasesOfGroup[$0] == [phase] } }

    /// Yellow of a phase: the longest of its vehicle groups, rounded up, s.
    func yellow(of phase: Int) -> Int {
        Int((members[phase]!.vehicles.map { rules.groups[$0].yellow }.max() ?? 0).rounded(.up))
    }

    /// The least yellow and red clearance of a phase that the intergreens to the phases after it allow, s.
    func leastClearance(of phase: Int) -> Int {
        var least = 0.0
        for ending in members[phase]!.vehicles {
            for next in places[phase]!.starting where !phasesOfGroup[ending].contains(next) {
                for starting in members[next]!.vehicles where rules.areIncompatible(ending, starting) {
                    least = max(least, rules.intergreen(ending: ending, starting: starting))
                }
            }
        }
        return max(yellow(of: phase), Int(least.rounded(.up)))
    }
}
