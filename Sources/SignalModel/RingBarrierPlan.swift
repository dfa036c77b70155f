/// A timing as phases in rings that cross barriers together (NEMA TS 2): the ring-barrier view of a ``JunctionPlan``.
///
/// All times are whole seconds. A phase is green from its start until its yellow; what follows on it in its ring is
/// green when its split is over. All rings reach each barrier at the same second.
public struct RingBarrierPlan: Equatable, Sendable {
    /// A phase with its times.
    public struct TimedPhase: Equatable, Sendable {
        /// NEMA number, 1 to 16.
        public var number: Int
        /// Time from the start of its green to that of the phase after it, s.
        public var split: Int
        /// Yellow after its green, s.
        public var yellow: Int
        /// Red clearance after its yellow, s.
        public var redClearance: Int
        /// Walk of its pedestrian groups from the start of its green, s; nil where it has none.
        public var walk: Int?

        /// States the times of a phase.
        public init(number: Int, split: Int, yellow: Int, redClearance: Int, walk: Int? = nil) {
            self.number = number
            self.split = split
            self.yellow = yellow
            self.redClearance = redClearance
            self.walk = walk
        }

        /// Green, s.
        public var green: Int { split - yellow - redClearance }
    }

    /// The point of the coordinated phase that the offset speaks of.
    public enum ReferencePoint: Equatable, Sendable {
        case startOfGreen
        /// The start of yellow.
        case endOfGreen
    }

    /// Phases between two barriers in order: `rings[ring][barrierGroup]`; empty where a ring rests.
    public var rings: [[[TimedPhase]]]
    /// Cycle time, s.
    public var cycle: Int
    /// Time after network time zero at which the reference point of the coordinated phase comes round, s.
    ///
    /// Later is positive.
    public var offset: Int
    /// Number of the phase that the offset speaks of.
    public var coordinatedPhase: Int
    /// Its point that the offset speaks of.
    public var referencePoint: ReferencePoint

    /// Assembles a timing; nothing is checked here.
    public init(
        rings: [[[TimedPhase]]], cycle: Int, offset: Int, coordinatedPhase: Int,
        referencePoint: ReferencePoint = .startOfGreen
    ) {
        self.rings = rings
        self.cycle = cycle
        self.offset = offset
        self.coordinatedPhase = coordinatedPhase
        self.referencePoint = referencePoint
    }

    /// A phase with the time of its start.
    struct PlacedPhase {
        var phase: TimedPhase
        /// Start of green after the start of the first barrier group, s.
        var start: Int
    }

    /// The phases of each ring in order, the first barrier group at second 0.
    ///
    /// - Throws: ``RingBarrierMismatch`` where a split leaves no green, rings miss a barrier or the sum is not the cycle.
    func placedPhases() throws(RingBarrierMismatch) -> [[PlacedPhase]] {
        var placed: [[PlacedPhase]] = rings.map { _ in [] }
        var barrier = 0
        for group in 0..<(rings.map(\.count).max() ?? 0) {
            var length: Int?
            for (ring, cells) in rings.enumerated() where group < cells.count && !cells[group].isEmpty {
                var time = barrier
                for phase in cells[group] {
                    guard phase.yellow >= 0, phase.redClearance >= 0, phase.green > 0 else {
                        throw .noGreen(phase: phase.number, split: phase.split)
                    }
                    placed[ring].append(PlacedPhase(phase: phase, start: time))
                    time += phase.split
                }
                if let length, length != time - barrier {
                    throw .barrierMissed(barrierGroup: group, ring: ring, length: time - barrier, expected: length)
                }
                length = time - barrier
            }
            barrier += length ?? 0
        }
        guard barrier == cycle, cycle > 0 else { throw .sumIsNotCycle(sum: barrier, cycle: cycle) }
        return placed
    }
}
