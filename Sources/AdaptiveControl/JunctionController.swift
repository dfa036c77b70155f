import SafetyGuard
import SignalModel

/// The control law of one junction: traffic and time in, wanted stage and lamps out.
public struct JunctionController: Sendable {
    /// The junction as the law sees it.
    public let layout: JunctionLayout
    /// The stages that it may be given.
    public let table: StageTable
    /// What the lamps show.
    public private(set) var executor: StageExecutor
    /// Longest red of a group that somebody waits at, s: the setting, or what the junction needs where that is more.
    public var longestWait: Int { limits.limit }

    private var horizon: RollingHorizon
    private var limits: WaitLimits
    private let present: PresentPlan?
    private let holdTime: Int
    private var stage = 0
    /// Whether all groups of the stage have been green for long enough since it was chosen.
    private var hasSettled = false

    /// Makes ready to control a junction from a second on, all its lamps red.
    ///
    /// - Throws: ``AdaptiveError`` where the law cannot control it.
    public init(
        _ junction: Junction, in network: Network, settings: AdaptiveSettings, time: Int
    ) throws(AdaptiveError) {
        try self.init(junction, layout: JunctionLayout(junction.id, in: network), settings: settings, time: time)
    }

    /// Makes ready to control a junction whose layout is known.
    ///
    /// - Throws: ``AdaptiveError`` where the law cannot control it.
    public init(
        _ junction: Junction, layout: JunctionLayout, settings: AdaptiveSettings, time: Int
    ) throws(AdaptiveError) {
        self.layout = layout
        table = try StageTable(junction, layout: layout, choice: settings.stageChoice)
        present = PresentPlan(junction)
        holdTime = settings.holdTime
        executor = StageExecutor(rules: layout.rules, time: time)
        horizon = RollingHorizon(layout: layout, table: table, settings: settings)
        limits = WaitLimits(
            table: table, changes: horizon.changes, rules: layout.rules, longestWait: settings.longestWait,
            holdTime: settings.holdTime)
    }

    /// Begins anew at another time, all lamps red as far as is known.
    public mutating func restart(at time: Int) {
        executor = StageExecutor(rules: layout.rules, time: time)
        limits.forget()
    }

    /// Decides on the stage for the second that begins at a time, and moves the lamps to it.
    public mutating func decide(_ picture: TrafficPicture, at time: Int) -> AdaptiveDecision {
        let decision = choose(picture, at: time)
        executor.advance(wanted: decision.wanted, at: time)
        return decision
    }

    /// Takes in what the lamps show from a second on, where others drive them.
    ///
    /// - Parameter shown: One aspect for each group.
    public mutating func observe(_ shown: [Aspect], at time: Int) {
        precondition(shown.count == layout.rules.groupCount)
        executor.observe(shown, at: time)
    }

    /// Decides on the stage for the second that begins at a time; others move the lamps.
    public mutating func choose(_ picture: TrafficPicture, at time: Int) -> AdaptiveDecision {
        var decision = bestStage(picture, at: time)
        let free = decision.wanted.subtracting(executor.held(by: picture.inside, at: time, for: holdTime))
        // Nobody is let to wait too long for it.
        let held = executor.settledOffset(wanted: table.stages[stage], at: time) + 1
        guard free != decision.wanted, dueStage(at: time, after: held, in: stage) == nil else { return decision }
        decision.wanted = free
        decision.reason = .junctionOccupied
        return decision
    }

    private mutating func bestStage(_ picture: TrafficPicture, at time: Int) -> AdaptiveDecision {
        let (waiting, there) = demand(in: picture)
        limits.observe(waiting: waiting, present: there, green: executor.green, at: time)
        if picture.isBlind, let present {
            return AdaptiveDecision(
                time: time, stage: stage, wanted: present.wanted(at: time), reason: .blind, costs: [])
        }
        let cheapest = horizon.plan(picture, current: stage, executor: executor, at: time)
        let before = stage
        let isSettled = executor.settledOffset(wanted: table.stages[stage], at: time) == 0
        hasSettled = hasSettled || isSettled
        var reason = AdaptiveDecision.Reason.changing
        // A group that has had its greatest green comes back in its stage: nobody need wait for that who is due.
        if hasSettled, let due = dueStage(at: time, after: busy(with: cheapest, at: time), in: cheapest) {
            stage = due
            reason = .longestWait
        } else if isSettled {
            stage = cheapest
            reason = .cheapest
        }
        hasSettled = hasSettled && stage == before
        return AdaptiveDecision(
            time: time, stage: stage, wanted: table.stages[stage], reason: reason, costs: horizon.bestOfRoot)
    }

    /// How long a stage keeps the law from choosing again, s: it may be held.
    private func busy(with next: Int, at time: Int) -> Int {
        next == stage ? 1 : executor.settledOffset(wanted: table.stages[next], at: time) + holdTime
    }

    private func dueStage(at time: Int, after busy: Int, in next: Int) -> Int? {
        limits.dueStage(at: time, after: busy, in: next) {
            executor.settledOffset(wanted: table.stages[$0], at: time)
        }
    }

    /// The search that a decision on the second that begins at a time would do, with its outcome; nothing is decided.
    public func problem(_ picture: TrafficPicture, at time: Int) -> SearchProblem {
        var copy = horizon
        _ = copy.plan(picture, current: stage, executor: executor, at: time)
        return copy.problem(current: stage, executor: executor, at: time)
    }

    /// Groups that somebody waits at, people on foot at any time, and groups that somebody is coming to or waits at.
    private func demand(in picture: TrafficPicture) -> (waiting: GroupSet, present: GroupSet) {
        var waiting = picture.mayHide
        for group in 0..<layout.rules.groupCount where layout.rules.isPedestrian[group] { waiting.insert(group) }
        var present = waiting
        for lane in picture.lanes {
            for vehicle in lane {
                present.insert(layout.streams[vehicle.stream].group)
                if vehicle.speed < 1 { waiting.insert(layout.streams[vehicle.stream].group) }
            }
        }
        return (waiting, present)
    }
}
