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
        /// When it ends by the clock that nobody sets, s of uptime; nil until its first second.
        var deadline: Int?
    }

    let settings: EdgeSettings
    let rules: SecondRules
    let fallback: [(timeOfDay: Int, plan: SecondPlan)]
    var running: Running?
    /// Greatest sequence number of a lease for this junction that was seen.
    public internal(set) var lastSequence: Int
    var clock: EdgeTime?
    /// What the clock of network time said last, and for how long it has said so, s of uptime.
    var said: (network: Int, standing: Int)?
    var lamps: Lamps?
    var lampGuard: LampGuard
    /// Until when all is red after the start, s of uptime; not before the lamps have shown it for long enough.
    var startEnds: Int?
    /// Whether the lamps have shown a second yet.
    var hasShown = false
    var target = Target(content: .nothing, network: 0)
    /// Whether the next plan is joined at the place where it is, rather than by a smooth transition.
    var joinsDirectly = false
    private var pending: Second?
    var isDriverFailing = false
    var isInFallback = false
    /// What the controller's own law wants, by group; nil where it wants nothing.
    var wish: [Bool]?
    var occupancy: JunctionOccupancy
    /// Whether the own law runs.
    var isLocal = false
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
        lampGuard = LampGuard(junction: rules.junction, isStreetEmpty: settings.start == .emptyStreet)
        occupancy = JunctionOccupancy(settings.inside, creepSpeed: settings.creepSpeed)
    }

    /// Junction that is controlled.
    public var junction: JunctionID { rules.junction.id }

    /// What the lamps show, as far as is known: what was last confirmed; one aspect for each group.
    public var shown: [LampAspect] { lamps?.aspects ?? rules.groups.map { _ in .red } }

    /// The plan of the fallback programme at this time of day.
    public var fallbackPlan: JunctionPlan { fallback(at: clock?.network ?? 0).plan }

    /// Has the next second go by what the controller's own law wants, where no lease runs.
    ///
    /// - Parameter groups: Groups that are to be green; nil for the fallback programme. So it is for groups that may not be
    ///   green together, or that the junction does not have.
    public mutating func wish(_ groups: [SignalGroupID]?) {
        let members = groups?.compactMap { rules.indexOfGroup[$0] }
        guard let groups, let members, members.count == groups.count, rules.areCompatible(members) else {
            return wish = nil
        }
        wish = rules.groups.indices.map(members.contains)
    }

    /// Takes what detectors of its own measured: those inside the junction say who stands there.
    public mutating func measured(_ readings: [DetectorReading]) {
        guard let clock else { return }
        let latest = Double(clock.network) + settings.clockTolerance
        for reading in readings where reading.start <= latest { occupancy.take(reading) }
    }

    /// The aspects to show from a second on, which must be later than the last one.
    ///
    /// Where the clock of network time stands still, time goes on by uptime.
    public mutating func step(at said: EdgeTime) -> Second {
        let time = believed(said)
        watchClock(time)
        clock = time
        let content = withoutHeld(content(at: time), at: time)
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
        if !hasShown { beginToShow(at: clock.uptime) }
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

    /// The lease that runs; nil where there is none.
    public var runningLease: Lease? { running?.lease }

    /// Ends the lease that runs; the fallback programme takes over where it is in its cycle.
    mutating func endLease() {
        guard running != nil else { return }
        running = nil
        joinsDirectly = true
    }
}
