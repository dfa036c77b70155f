/// The greens of a timing on its cycle in whole milliseconds, so that ends that meet are equal.
struct GreenRing {
    /// One green of one group.
    struct Span {
        var group: Int
        var start: Int
        var length: Int
    }

    /// A time in which the same groups are green.
    struct Slot {
        var start: Int
        var length: Int
        var groups: Set<Int>
    }

    let rules: JunctionRules
    let cycle: Int
    var spans: [Span] = []
    var alwaysGreen: [Int] = []

    init(_ plan: JunctionPlan, _ rules: JunctionRules) {
        self.rules = rules
        cycle = Int((plan.cycle * 1000).rounded())
        precondition(cycle > 0, "a cycle is longer than 0 s")
        for (group, value) in rules.groups.enumerated() {
            let intervals = plan.greens.first { $0.group == value.id }?.intervals ?? []
            if intervals.contains(where: { $0.duration >= plan.cycle }) {
                alwaysGreen.append(group)
                continue
            }
            for interval in intervals where interval.duration > 0 {
                let start = Int((interval.start * 1000).rounded())
                let length = Int(((interval.start + interval.duration) * 1000).rounded()) - start
                spans.append(Span(group: group, start: from(0, to: start), length: length))
            }
        }
    }

    func seconds(_ milliseconds: Int) -> Double { Double(milliseconds) / 1000 }

    func leads(_ span: Span) -> Bool {
        switch rules.groups[span.group].kind {
        case .vehicle, .tram: true
        case .pedestrian, .cycle: false
        }
    }

    func meet(_ span: Span, _ slot: Slot) -> Bool {
        from(span.start, to: slot.start) < span.length || from(slot.start, to: span.start) < slot.length
    }

    /// The slots that are stages.
    func slots(of spans: [Span]) -> [Slot] {
        let all = merged(
            Set(spans.flatMap { [$0.start, ($0.start + $0.length) % cycle] }).sorted().map { instant in
                let green = spans.filter { from($0.start, to: instant) < $0.length }
                return Slot(start: instant, length: 0, groups: Set(green.map(\.group)))
            })
        let change = longestChange(after: Set(spans.map(\.group)))
        return all.indices.filter { number in
            let slot = all[number]
            guard !slot.groups.isEmpty else { return false }
            let neighbours = [all[(number + 1) % all.count], all[(number + all.count - 1) % all.count]]
            return slot.length > change || !neighbours.contains { $0.groups.isStrictSuperset(of: slot.groups) }
        }.map { all[$0] }
    }

    /// Slots of different sets, with their lengths.
    private func merged(_ instants: [Slot]) -> [Slot] {
        var changes = instants.indices.filter {
            instants[$0].groups != instants[($0 + instants.count - 1) % instants.count].groups
        }.map { instants[$0] }
        for number in changes.indices {
            let length = from(changes[number].start, to: changes[(number + 1) % changes.count].start)
            changes[number].length = length > 0 ? length : cycle
        }
        return changes
    }

    private func longestChange(after groups: Set<Int>) -> Int {
        let longest = groups.flatMap { ending in
            groups.map { starting in
                max(
                    rules.intergreen(ending: ending, starting: starting),
                    rules.groups[ending].yellow + rules.groups[starting].redAmber)
            }
        }.max()
        return Int(((longest ?? 0) * 1000).rounded(.up))
    }

    private func from(_ start: Int, to end: Int) -> Int { ((end - start) % cycle + cycle) % cycle }
}
