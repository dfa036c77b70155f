/// The greens of a junction in whole seconds of network time: what the street sees of a timing.
///
/// Two timings that differ only in where their own second 0 lies give equal values.
struct WholeSecondGreens: Equatable, Sendable {
    /// One green; may run over the end of the cycle.
    struct Green: Hashable, Comparable, Sendable {
        var start: Int
        var duration: Int

        static func < (one: Self, other: Self) -> Bool { (one.start, one.duration) < (other.start, other.duration) }
    }

    /// A time that is no whole number of seconds in range, or a group that is missing, unknown or listed twice.
    struct Unreadable: Error {
        /// Group that it concerns; nil for the cycle or the offset.
        var group: SignalGroupID?
    }

    /// Cycles of a day and more are no cycles.
    private static let greatestCycle = 86400

    let cycle: Int
    /// Greens of each group in the junction's order, by start in 0 ..< cycle.
    private(set) var greens: [[Green]]

    init(_ plan: JunctionPlan, under rules: JunctionRules) throws(Unreadable) {
        guard let cycle = Int(exactly: plan.cycle), (1...Self.greatestCycle).contains(cycle) else { throw Unreadable() }
        self.cycle = cycle
        switch plan.offsetReference {
        case .cycleStart: break
        case .startOfGreen(let group), .endOfGreen(let group):
            let isThere = plan.greens.contains { $0.group == group && !$0.intervals.isEmpty }
            guard isThere else { throw Unreadable(group: group) }
        }
        guard let shift = Int(exactly: plan.cycleStart), abs(shift) <= 3 * Self.greatestCycle else {
            throw Unreadable()
        }
        var found: [[Green]?] = Array(repeating: nil, count: rules.groupCount)
        for entry in plan.greens {
            guard let group = rules.indexOfGroup[entry.group], found[group] == nil else {
                throw Unreadable(group: entry.group)
            }
            var own: [Green] = []
            for interval in entry.intervals {
                guard let start = Int(exactly: interval.start), let duration = Int(exactly: interval.duration),
                    (0..<cycle).contains(start), (1...cycle).contains(duration)
                else { throw Unreadable(group: entry.group) }
                own.append(Green(start: duration == cycle ? 0 : modulo(start + shift, cycle), duration: duration))
            }
            found[group] = own.sorted()
        }
        greens = []
        for (group, own) in found.enumerated() {
            guard let own else { throw Unreadable(group: rules.groups[group].id) }
            greens.append(own)
        }
    }

    /// Whether a group is green in the second that begins at a time.
    func isGreen(_ group: Int, at time: Int) -> Bool {
        greens[group].contains { modulo(time - $0.start, cycle) < $0.duration }
    }

    /// Second of the cycle at which a green ends.
    func end(of green: Green) -> Int { modulo(green.start + green.duration, cycle) }
}

/// The remainder in 0 ..< cycle, for negative times too.
func modulo(_ time: Int, _ cycle: Int) -> Int {
    let remainder = time % cycle
    return remainder < 0 ? remainder + cycle : remainder
}
