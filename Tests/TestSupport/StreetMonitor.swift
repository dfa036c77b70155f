import SignalModel

/// Watches what the lamps of a junction show, second by second, and knows the junction's rules alone.
///
/// It is written apart from everything that it watches, and plainly: it keeps all that was shown.
public struct StreetMonitor: Sendable {
    private let junction: Junction
    /// By second: the aspects by the names that documents use.
    private var history: [[String]] = []
    /// By group: for how many seconds the last one's aspect has been shown, and when it was last green.
    private var lengths: [Int]
    private var lastGreen: [Int?]
    /// What was wrong, in words.
    public private(set) var breaches: [String] = []

    /// By group: the groups that it may not be green with, and how long after their green it may start, s.
    private let foes: [[(other: Int, needed: Double)]]

    /// Watches a junction from now on.
    public init(_ junction: Junction) {
        self.junction = junction
        lengths = junction.signalGroups.map { _ in 0 }
        lastGreen = junction.signalGroups.map { _ in nil }
        foes = junction.signalGroups.map { own in
            junction.signalGroups.enumerated().compactMap { other, foe in
                guard foe.id != own.id else { return nil }
                let rules = junction.intergreens.filter {
                    ($0.ending == foe.id && $0.starting == own.id) || ($0.ending == own.id && $0.starting == foe.id)
                }
                guard !rules.isEmpty else { return nil }
                var needed = rules.filter { $0.ending == foe.id }.map(\.seconds).max() ?? 0
                needed = max(needed, foe.yellow + own.redAmber)
                if own.kind != .pedestrian, let crossing = foe.crossing {
                    needed = max(needed, crossing.length / crossing.walkingSpeed)
                }
                return (other, needed)
            }
        }
    }

    /// Seconds that were watched.
    public var secondCount: Int { history.count }

    /// Whether any of the seconds showed green for a group.
    public func everGreen(_ group: Int) -> Bool { history.contains { $0[group] == "green" } }

    /// What was shown in a second, from 0.
    public func aspects(second: Int) -> [String] { history[second] }

    /// Notes what is shown for one more second.
    public mutating func watch(_ aspects: [String]) {
        guard aspects.count == junction.signalGroups.count else {
            breaches.append("second \(history.count): \(aspects.count) aspects")
            return
        }
        history.append(aspects)
        let now = history.count - 1
        for (group, aspect) in aspects.enumerated() {
            let isNew = now == 0 || history[now - 1][group] != aspect
            if now > 0, isNew { lookAtChange(of: group, at: now) }
            lengths[group] = isNew ? 1 : lengths[group] + 1
        }
        for (group, aspect) in aspects.enumerated() where aspect == "green" { lookAtGreen(of: group, at: now) }
        for (group, aspect) in aspects.enumerated() where aspect == "green" { lastGreen[group] = now }
    }

    private mutating func lookAtGreen(of group: Int, at now: Int) {
        let own = junction.signalGroups[group]
        let length = lengths[group]
        if let greatest = own.greatestGreen, Double(length) > greatest { note(now, own, "green for \(length) s") }
        for (other, needed) in foes[group] {
            let name = junction.signalGroups[other].id
            if history[now][other] == "green" { note(now, own, "green with \(name)") }
            guard length == 1, now > 0, let last = lastGreen[other]
            else { continue }
            let passed = Double(now - last - 1)
            if passed < needed - 1e-6 { note(now, own, "green \(passed) s after \(name), needs \(needed)") }
        }
    }

    private mutating func lookAtChange(of group: Int, at now: Int) {
        let own = junction.signalGroups[group]
        let before = history[now - 1][group]
        let length = lengths[group]
        let isWhole = length < now
        let duration = Double(length)
        switch (before, history[now][group]) {
        case ("green", let next):
            let least = max(own.leastGreen, own.crossing?.leastWalk ?? 0)
            if isWhole, duration < least - 1e-6 { note(now, own, "green of \(duration) s only") }
            if next != "yellow", !(next == "red" && own.yellow == 0) { note(now, own, "green to \(next)") }
        case ("yellow", let next):
            if isWhole, duration < own.yellow - 1e-6 { note(now, own, "yellow of \(duration) s only") }
            if next == "green", own.redAmber > 0 { note(now, own, "yellow to green") }
        case ("red", let next):
            if next == "yellow" || (next == "green" && own.redAmber > 0) { note(now, own, "red to \(next)") }
        case ("redAmber", let next):
            if isWhole, duration < own.redAmber - 1e-6 { note(now, own, "red-amber of \(duration) s only") }
            if next != "green" { note(now, own, "red-amber to \(next)") }
        default: note(now, own, "no aspect: \(before)")
        }
    }

    private mutating func note(_ second: Int, _ group: SignalGroup, _ what: String) {
        breaches.append("second \(second): group \(group.id): \(what)")
    }
}
