import ControllerLink
import SafetyGuard
import SignalModel

// How a second comes about: what is to be run, the way into step with it, and the guard's word on it.
extension JunctionControl {
    /// The time to go by: that of the clocks, unless the one of network time has stood still for too long.
    mutating func believed(_ time: EdgeTime) -> EdgeTime {
        guard let clock, let before = said else {
            said = (time.network, 0)
            return time
        }
        let passed = time.uptime - clock.uptime
        let standing = time.network == before.network ? before.standing + passed : 0
        said = (time.network, standing)
        guard standing > settings.greatestClockStep else { return time }
        if before.standing <= settings.greatestClockStep {
            report(.clockJumped, at: time.network, "it stands still")
        }
        return EdgeTime(uptime: time.uptime, network: clock.network + passed)
    }

    mutating func watchClock(_ time: EdgeTime) {
        guard let clock else { return }
        precondition(time.uptime > clock.uptime, "seconds are stepped through once, in their order")
        let passed = time.uptime - clock.uptime
        let shift = time.network - clock.network - passed
        // Positions on the way into step are those of seconds that were shown.
        if passed > 1 { target = target.later(by: passed - 1) }
        guard abs(shift) > settings.greatestClockStep else { return }
        report(.clockJumped, at: time.network, "by \(shift) s")
        occupancy.forget()
        endLease()
        joinsDirectly = true
        target.path = []
    }

    mutating func begin(_ content: Target.Content, at time: EdgeTime) {
        report(.started, at: time.network)
        switch (settings.start, content) {
        case (.emptyStreet, .plan(let plan)):
            lamps = Lamps(plan, position: plan.position(at: time.network), at: time.uptime, rules: rules)
            target = Target(content: content, network: time.network)
        case (.emptyStreet, _), (.unknownStreet, _):
            lamps = Lamps(allRedAt: time.uptime, rules: rules)
            startEnds = time.uptime + rules.longestClearing
            target = Target(content: .nothing, network: time.network)
            joinsDirectly = true
        }
    }

    /// The lamps show their first second: only from now on do those who had green until now leave the junction.
    mutating func beginToShow(at uptime: Int) {
        hasShown = true
        guard startEnds != nil else { return }
        lamps = Lamps(allRedAt: uptime, rules: rules)
        startEnds = uptime + rules.longestClearing
    }

    /// What is to be run: the lease while it lasts, else what the own law wants, else the fallback programme.
    mutating func content(at time: EdgeTime) -> Target.Content {
        if hasLapsed(at: time), let running {
            report(.leaseLapsed, at: time.network, "lease \(running.lease.sequence)")
            endLease()
        }
        if let starved = starvedGroup(at: time.uptime) {
            report(.groupStarved, at: time.network, "group \(starved)")
            endLease()
        }
        isLocal = false
        if let running {
            isInFallback = false
            return running.content
        }
        // Whoever has been red for too long is served by the fallback programme before the law has its way again.
        if let wish, lamps.map({ starved($0, wanted: wish, at: time.uptime) == nil }) ?? false {
            isInFallback = false
            isLocal = true
            return .groups(wish)
        }
        if !isInFallback, lamps != nil { report(.fallbackBegan, at: time.network) }
        isInFallback = true
        return .plan(fallback(at: time.network))
    }

    /// Whether the lease that runs is over: by network time, or by the clock that nobody sets where that one lags.
    private mutating func hasLapsed(at time: EdgeTime) -> Bool {
        guard let running else { return false }
        let left = running.lease.expires - Double(time.network)
        guard left > 0 else { return true }
        guard let deadline = running.deadline else {
            self.running?.deadline = time.uptime + Int(left.rounded(.up))
            return false
        }
        return time.uptime >= deadline
    }

    func fallback(at network: Int) -> SecondPlan {
        let day = 86400
        let timeOfDay = SecondPlan.modulo(network + settings.timeOfDayOffset, day)
        return (fallback.last { $0.timeOfDay <= timeOfDay } ?? fallback[fallback.count - 1]).plan
    }

    /// A group that a lease of groups has kept from green for too long.
    private func starvedGroup(at uptime: Int) -> SignalGroupID? {
        guard let lamps, case .groups(let wanted)? = running?.content else { return nil }
        return starved(lamps, wanted: wanted, at: uptime)
    }

    func starved(_ lamps: Lamps, wanted: [Bool], at uptime: Int) -> SignalGroupID? {
        let number = lamps.groups.indices.first { group in
            let state = lamps.groups[group]
            guard !wanted[group], state.aspect != .green else { return false }
            return uptime - (state.endOfGreen ?? uptime) > settings.greatestRed
        }
        return number.map { rules.groups[$0].id }
    }

    /// Sets the target, with the way into step where the plan is another than before.
    mutating func steer(to content: Target.Content, lamps: Lamps, at time: EdgeTime) {
        if let startEnds {
            guard hasShown, time.uptime >= startEnds else {
                target = Target(content: .nothing, network: time.network)
                return
            }
            self.startEnds = nil
        }
        guard content != target.content || target.network != time.network else { return }
        guard content != target.content || joinsDirectly else {
            // The clock was set by a second or two: the rest of the way stays.
            target.network = time.network
            return
        }
        let joins = joinsDirectly
        joinsDirectly = false
        target = Target(content: content, network: time.network)
        guard !joins, case .plan(let plan) = content, let start = Self.place(of: lamps, in: plan, at: time.uptime)
        else { return }
        let ways = OffsetTransition.ways(from: start, plan: plan, network: time.network, rules: rules)
        let best = OffsetTransition.best(
            ways, lamps: lamps, plan: plan, uptime: time.uptime, network: time.network)
        target.path = (best?.path ?? [])[...]
    }

    /// The position of a plan that the lamps are at: where it has the same groups green, after the same ones and for as long.
    private static func place(of lamps: Lamps, in plan: SecondPlan, at uptime: Int) -> Int? {
        let greens = lamps.groups.map { $0.aspect == .green }
        let youngest = lamps.groups.filter { $0.aspect == .green }.map { uptime - $0.since }.min() ?? 0
        let matching = (0..<plan.cycle).filter { position in
            greens.indices.allSatisfy { plan.isGreen($0, at: position) == greens[$0] }
        }
        // While all is red only those who were green before tell one interstage from another.
        let ended = lastEnded(lamps)
        let differences = matching.map { position in
            (
                lastEnded(at: position, of: plan) == ended ? 0 : 1, difference(position, youngest, greens, plan),
                position
            )
        }
        return differences.min { $0 < $1 }?.2
    }

    /// The groups that are not green and were so last.
    private static func lastEnded(_ lamps: Lamps) -> [Int] {
        let ends = lamps.groups.map { $0.aspect == .green ? nil : $0.endOfGreen }
        guard let last = ends.compactMap(\.self).max() else { return [] }
        return ends.indices.filter { ends[$0] == last }
    }

    /// The same at a position of a plan that has run for long.
    private static func lastEnded(at position: Int, of plan: SecondPlan) -> [Int] {
        let dark = plan.greenFrom.indices.filter { !plan.isGreen($0, at: position) }
        for back in 1...plan.cycle {
            let ended = dark.filter { plan.isGreen($0, at: plan.position(position, plus: -back)) }
            if !ended.isEmpty { return ended }
        }
        return []
    }

    private static func difference(_ position: Int, _ youngest: Int, _ greens: [Bool], _ plan: SecondPlan) -> Int {
        let elapsed = (0..<plan.cycle).first { back in
            let before = plan.position(position, plus: -1 - back)
            return greens.indices.contains { plan.isGreen($0, at: before) != greens[$0] }
        }
        return abs((elapsed ?? 0) - youngest)
    }

    /// The aspects if the guard passes them; else what leads to all red, or what is shown already.
    mutating func lawful(_ wanted: [LampAspect], lamps: Lamps, at time: EdgeTime) -> [LampAspect] {
        let violations = lampGuard.violations(ofShowing: wanted.map(\.guarded), at: Double(time.uptime))
        guard !violations.isEmpty else { return wanted }
        report(
            .guardRefused, at: time.network, violations.prefix(3).map(\.description).joined(separator: "; "))
        endLease()
        joinsDirectly = true
        let clearing = lamps.next(Target(content: .nothing, network: time.network), at: time.uptime)
        let isLawful = lampGuard.violations(ofShowing: clearing.map(\.guarded), at: Double(time.uptime)).isEmpty
        return isLawful ? clearing : lamps.aspects
    }

    func status(_ aspects: [LampAspect], at time: EdgeTime) -> EdgeMessage.Status {
        let kind: RunningContent
        switch (startEnds, running?.content) {
        case (.some, _): kind = .starting
        case (_, .plan): kind = .plan
        case (_, .groups): kind = .groups
        case (_, .nothing), (_, nil): kind = isLocal ? .local : .fallback
        }
        let lease = kind == .plan || kind == .groups ? running?.lease.sequence : nil
        return EdgeMessage.Status(time: Double(time.network), running: kind, lease: lease, aspects: aspects)
    }
}

extension LampAspect {
    /// The same as the guard calls it.
    package var guarded: Aspect {
        switch self {
        case .red: .red
        case .redAmber: .redAmber
        case .green: .green
        case .yellow: .yellow
        }
    }
}
