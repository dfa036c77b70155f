import ControllerLink

/// What the lamps of a junction show and since when, and what they can show next.
///
/// From any state and for any target, ``next(_:at:)`` gives aspects that keep the rules: a green lasts its least time, then
/// ends when the target has it end; a group starts when the target has it green for at least its least green from then on
/// and whoever is in its way has cleared. So lamps that are out of step with a plan are in step with it after its next
/// cycle, and lamps in step stay so.
struct Lamps: Equatable, Sendable {
    struct Group: Equatable, Sendable {
        var aspect: LampAspect
        /// When the aspect began, s of uptime.
        var since: Int
        /// When the last green ended, s of uptime; nil where nobody can still be on the way.
        var endOfGreen: Int?
    }

    let rules: SecondRules
    private(set) var groups: [Group]

    static func == (one: Self, other: Self) -> Bool { one.groups == other.groups }

    /// All red from now on, with whoever had green until now still in the junction.
    init(allRedAt uptime: Int, rules: SecondRules) {
        self.rules = rules
        groups = rules.groups.map { _ in Group(aspect: .red, since: uptime, endOfGreen: uptime) }
    }

    /// As if a plan had been running all along.
    init(_ plan: SecondPlan, position: Int, at uptime: Int, rules: SecondRules) {
        self.rules = rules
        groups = rules.groups.indices.map { group in
            let (aspect, age) = plan.aspect(of: group, at: position, rules: rules)
            let ended = (0..<plan.cycle).first { plan.isGreen(group, at: plan.position(position, plus: -1 - $0)) }
            return Group(
                aspect: aspect, since: uptime - age,
                endOfGreen: aspect == .green ? nil : ended.map { uptime - $0 })
        }
    }

    var aspects: [LampAspect] { groups.map(\.aspect) }

    /// Notes that aspects are shown from a second on.
    mutating func show(_ aspects: [LampAspect], at uptime: Int) {
        for (group, aspect) in aspects.enumerated() where aspect != groups[group].aspect {
            show(aspect, of: group, at: uptime)
        }
    }

    private mutating func show(_ aspect: LampAspect, of group: Int, at uptime: Int) {
        if groups[group].aspect == .green { groups[group].endOfGreen = uptime }
        groups[group].aspect = aspect
        groups[group].since = uptime
    }

    /// The aspects from a second on that lead to a target.
    func next(_ target: Target, at uptime: Int) -> [LampAspect] {
        var after = self
        after.follow(target, at: uptime)
        return after.aspects
    }

    /// Shows the aspects of a second that lead to a target.
    mutating func follow(_ target: Target, at uptime: Int) {
        endAspects(target, at: uptime)
        for group in groups.indices { start(group, target, at: uptime) }
    }

    /// Ends what is due to end; first, so that what starts sees it.
    private mutating func endAspects(_ target: Target, at uptime: Int) {
        for number in groups.indices {
            let own = rules.groups[number]
            let age = uptime - groups[number].since
            switch groups[number].aspect {
            case .green:
                let isTooLong = own.greatestGreen.map { age >= $0 } ?? false
                let isDue = age >= own.leastGreen && target.green(number, ahead: 0) == 0
                if isTooLong || isDue { show(own.yellow > 0 ? .yellow : .red, of: number, at: uptime) }
            case .yellow: if age >= own.yellow { show(.red, of: number, at: uptime) }
            case .red, .redAmber: break
            }
        }
    }

    private mutating func start(_ number: Int, _ target: Target, at uptime: Int) {
        let own = rules.groups[number]
        switch groups[number].aspect {
        case .green, .yellow: return
        case .redAmber:
            // Red-amber promises green: what may have come in between only delays it.
            guard uptime - groups[number].since >= own.redAmber, isClear(for: number, at: uptime, from: uptime)
            else { return }
            show(.green, of: number, at: uptime)
        case .red:
            let start = uptime + own.redAmber
            guard target.green(number, ahead: own.redAmber) >= own.leastGreen,
                isClear(for: number, at: start, from: uptime)
            else { return }
            show(own.redAmber > 0 ? .redAmber : .green, of: number, at: uptime)
        }
    }

    /// Whether a green of a group may start at a time, as far as is known at another.
    private func isClear(for starting: Int, at time: Int, from uptime: Int) -> Bool {
        groups.indices.allSatisfy { other in
            guard let needed = rules.clearing[other][starting] else { return true }
            if other != starting, groups[other].aspect == .green || groups[other].aspect == .redAmber { return false }
            return groups[other].endOfGreen.map { time - $0 >= needed } ?? true
        }
    }
}
