import ControllerLink
import SafetyGuard
import SignalModel

/// One controller: what its lamps show, second by second, whatever it is told.
///
/// Time, leases and the fate of the lamps come in; aspects, answers and reports go out. It knows no clock, no socket and no
/// disk. Every second it is asked for the aspects (``step(at:)``) and then told whether they were shown
/// (``confirm()`` or ``driverFailed(_:)``).
public struct JunctionControl: Sendable {
    /// What is to be shown for one second.
    public struct Second: Equatable, Sendable {
        /// One aspect for each group, in the junction's order.
        public var aspects: [LampAspect]
        /// The same for the centre.
        public var status: EdgeMessage.Status
    }

    /// A lease that runs.
    struct Running: Sendable {
        var lease: Lease
        var content: Target.Content
    }

    let settings: EdgeSettings
    let rules: SecondRules
    let fallback: [(timeOfDay: Int, plan: SecondPlan)]
    var running: Running?
    /// Greatest sequence number of a lease for this junction that was seen.
    public internal(set) var lastSequence: Int
    var clock: EdgeTime?
    private(set) var lamps: Lamps?
    private var lampGuard: LampGuard
    /// Until when all is red after the start, s of uptime.
    private var startEnds: Int?
    private var target = Target(content: .nothing, network: 0)
    /// Whether the next plan is joined at the place where it is, rather than by a smooth transition.
    private var joinsDirectly = false
    private var pending: Second?
    var isDriverFailing = false
    private var isInFallback = false
    private var reports: [EdgeReport] = []

    /// Readies a controller.
    ///
    /// - Parameter lastSequence: Greatest sequence number that it has seen before, from its disk.
    /// - Throws: ``EdgeSettingsError`` where its fallback programme cannot be run.
    public init(_ settings: EdgeSettings, lastSequence: Int = 0) throws(EdgeSettingsError) {
        self.settings = settings
        self.lastSequence = lastSequence
        let junction = settings.junction.id
        let rules = SecondRules(settings.junction)
        var fallback: [(timeOfDay: Int, plan: SecondPlan)] = []
        for entry in settings.fallback {
            guard (0..<86400).contains(entry.timeOfDay) else { throw .badTimeOfDay(junction, entry.timeOfDay) }
            do throws(PlanFault) {
                fallback.append((entry.timeOfDay, try SecondPlan(entry.plan, rules: rules)))
            } catch {
                throw .badFallback(junction, error)
            }
        }
        guard !fallback.isEmpty else { throw .noFallback(junction) }
        self.rules = rules
        self.fallback = fallback.sorted { $0.timeOfDay < $1.timeOfDay }
        lampGuard = LampGuard(junction: rules.junction)
    }

    /// Junction that is controlled.
    public var junction: JunctionID { rules.junction.id }

    /// The plan of the fallback programme at this time of day.
    public var fallbackPlan: JunctionPlan { fallback(at: clock?.network ?? 0).plan }

    /// The aspects to show from a second on, which must be later than the last one.
    public mutating func step(at time: EdgeTime) -> Second {
        watchClock(time)
        clock = time
        let content = content(at: time)
        if lamps == nil { begin(content, at: time) }
        guard let lamps else { preconditionFailure("begin sets the lamps") }
        steer(to: content, lamps: lamps, at: time)
        let aspects = lawful(lamps.next(target, at: time.uptime), lamps: lamps, at: time)
        target = target.later(by: 1)
        let second = Second(aspects: aspects, status: status(aspects, at: time))
        pending = second
        return second
    }

    /// Notes that the lamps show what the last step asked for.
    public mutating func confirm() {
        guard let pending, let clock else { return }
        self.pending = nil
        lampGuard.show(pending.aspects.map(\.guarded), at: Double(clock.uptime))
        lamps?.show(pending.aspects, at: clock.uptime)
        guard isDriverFailing else { return }
        isDriverFailing = false
        report(.driverRecovered, at: clock.network)
    }

    /// Notes that the lamps did not take what the last step asked for: they still show what they showed before.
    public mutating func driverFailed(_ reason: String) {
        pending = nil
        guard let clock else { return }
        if !isDriverFailing { report(.driverFailed, at: clock.network, reason) }
        isDriverFailing = true
        endLease()
    }

    /// Notes that the connection to the centre was lost; the lease runs on until it lapses.
    ///
    /// - Parameter isBreach: Whether the centre sent what no centre sends: then it is not to be trusted, and its lease ends.
    public mutating func linkLost(_ reason: String, isBreach: Bool) {
        report(.linkLost, at: clock?.network ?? 0, reason)
        if isBreach { endLease() }
    }

    /// Adds something that was noticed around the controller.
    public mutating func report(_ event: EdgeReport.Event, at network: Int, _ detail: String = "") {
        reports.append(EdgeReport(event: event, time: Double(network), detail: detail))
    }

    /// What the centre must know, each once.
    public mutating func takeReports() -> [EdgeReport] {
        defer { reports.removeAll() }
        return reports
    }

    /// Ends the lease that runs; the fallback programme takes over where it is in its cycle.
    mutating func endLease() {
        guard running != nil else { return }
        running = nil
        joinsDirectly = true
    }
}

extension JunctionControl {
    private mutating func watchClock(_ time: EdgeTime) {
        guard let clock else { return }
        precondition(time.uptime > clock.uptime, "seconds are stepped through once, in their order")
        let passed = time.uptime - clock.uptime
        let shift = time.network - clock.network - passed
        // Positions on the way into step are those of seconds that were shown.
        if passed > 1 { target = target.later(by: passed - 1) }
        guard abs(shift) > settings.greatestClockStep else { return }
        report(.clockJumped, at: time.network, "by \(shift) s")
        endLease()
        joinsDirectly = true
        target.path = []
    }

    private mutating func begin(_ content: Target.Content, at time: EdgeTime) {
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

    /// What is to be run: the lease while it lasts, else the fallback programme.
    private mutating func content(at time: EdgeTime) -> Target.Content {
        if let running, Double(time.network) >= running.lease.expires {
            report(.leaseLapsed, at: time.network, "lease \(running.lease.sequence)")
            endLease()
        }
        if let starved = starvedGroup(at: time.uptime) {
            report(.groupStarved, at: time.network, "group \(starved)")
            endLease()
        }
        if let running {
            isInFallback = false
            return running.content
        }
        if !isInFallback, lamps != nil { report(.fallbackBegan, at: time.network) }
        isInFallback = true
        return .plan(fallback(at: time.network))
    }

    private func fallback(at network: Int) -> SecondPlan {
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
    private mutating func steer(to content: Target.Content, lamps: Lamps, at time: EdgeTime) {
        if let startEnds {
            guard time.uptime >= startEnds else {
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

    /// The position of a plan that the lamps are at: where it has the same groups green for as long.
    private static func place(of lamps: Lamps, in plan: SecondPlan, at uptime: Int) -> Int? {
        let greens = lamps.groups.map { $0.aspect == .green }
        let youngest = lamps.groups.filter { $0.aspect == .green }.map { uptime - $0.since }.min() ?? 0
        let matching = (0..<plan.cycle).filter { position in
            greens.indices.allSatisfy { plan.isGreen($0, at: position) == greens[$0] }
        }
        return matching.min { first, second in
            difference(first, youngest, greens, plan) < difference(second, youngest, greens, plan)
        }
    }

    private static func difference(_ position: Int, _ youngest: Int, _ greens: [Bool], _ plan: SecondPlan) -> Int {
        let elapsed = (0..<plan.cycle).first { back in
            let before = plan.position(position, plus: -1 - back)
            return greens.indices.contains { plan.isGreen($0, at: before) != greens[$0] }
        }
        return abs((elapsed ?? 0) - youngest)
    }

    /// The aspects if the guard passes them; else what leads to all red, or what is shown already.
    private mutating func lawful(_ wanted: [LampAspect], lamps: Lamps, at time: EdgeTime) -> [LampAspect] {
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

    private func status(_ aspects: [LampAspect], at time: EdgeTime) -> EdgeMessage.Status {
        let kind: RunningContent
        switch (startEnds, running?.content) {
        case (.some, _): kind = .starting
        case (_, .plan): kind = .plan
        case (_, .groups): kind = .groups
        case (_, .nothing), (_, nil): kind = .fallback
        }
        let lease = kind == .plan || kind == .groups ? running?.lease.sequence : nil
        return EdgeMessage.Status(time: Double(time.network), running: kind, lease: lease, aspects: aspects)
    }
}

extension LampAspect {
    /// The same as the guard calls it.
    var guarded: Aspect {
        switch self {
        case .red: .red
        case .redAmber: .redAmber
        case .green: .green
        case .yellow: .yellow
        }
    }
}
