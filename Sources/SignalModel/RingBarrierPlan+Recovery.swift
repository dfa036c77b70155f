extension RingBarrierPlan {
    /// Reads a timing as phases of the junction's rings and barriers.
    ///
    /// What a group of one phase shows is taken as it is. A protected turn that goes on into its permitted green hides
    /// where its phase ends or starts; then yellow and red clearance are taken to be the least that the intergreens to
    /// the next phases allow. The result shows the same greens to the second, or an error says what does not fit. An
    /// offset that refers to a group of one phase is kept; any other becomes one to the start of the first
    /// phase that has a group for itself.
    ///
    /// - Throws: ``RingBarrierMismatch``.
    public init(_ plan: JunctionPlan, at junction: Junction) throws(RingBarrierMismatch) {
        let structure = try RingBarrierRules(junction)
        let shown = try Self.read(plan, under: structure.rules)
        let times = try PhaseTimes(shown, under: structure)
        rings = []
        for cells in structure.structure.rings {
            var ring: [[TimedPhase]] = []
            for cell in cells {
                var phases: [TimedPhase] = []
                for number in cell { phases.append(try times.phase(number)) }
                ring.append(phases)
            }
            rings.append(ring)
        }
        cycle = shown.cycle
        guard let first = structure.numbers.first(where: { !structure.ownGroups(of: $0).isEmpty }) else {
            throw .coordinatedPhaseUnfit(structure.numbers[0])
        }
        (coordinatedPhase, referencePoint, offset) = (first, .startOfGreen, times.start(of: first))
        for number in structure.numbers {
            for group in structure.ownGroups(of: number).map({ structure.rules.groups[$0].id }) {
                if plan.offsetReference == .startOfGreen(group) {
                    (coordinatedPhase, offset) = (number, times.start(of: number))
                } else if plan.offsetReference == .endOfGreen(group) {
                    (coordinatedPhase, referencePoint, offset) = (number, .endOfGreen, times.end(of: number))
                }
            }
        }
        let again = try Self.read(junctionPlan(for: junction), under: structure.rules)
        for (group, green) in shown.greens.enumerated() where green != again.greens[group] {
            throw .greenOutsidePhases(structure.rules.groups[group].id)
        }
    }

    private static func read(
        _ plan: JunctionPlan, under rules: JunctionRules
    ) throws(RingBarrierMismatch) -> WholeSecondGreens {
        do { return try WholeSecondGreens(plan, under: rules) } catch { throw .unreadable(error.group) }
    }
}
