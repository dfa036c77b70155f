import AdaptiveControl
import ControllerLink
import EdgeControl
import SafetyGuard
import SignalModel

/// A junction that is controlled second by second from what its detectors report, by a centre or by its controller itself.
///
/// Every second it takes the readings, looks at the street as it was (``look(shown:at:)``), and decides (``decide(for:)``).
/// What the lamps show is not for it to say: it is told.
public struct LoopControl: Sendable {
    /// Junction that is controlled.
    public let junction: JunctionID
    /// Detectors that it listens to.
    public let detectors: [DetectorID]

    private let groups: [SignalGroupID]
    private let stages: [[SignalGroupID]]
    private let numbers: [DetectorID: Int]
    /// By loop: how late its readings are looked at, s; those that other controllers send may come after the own ones.
    private let lags: [Int]
    private var memory: ReadingMemory
    private var occupancy: JunctionOccupancy
    private var controller: JunctionController
    private var estimator: LoopEstimator
    private var picture: TrafficPicture
    /// By group: since when it has not been green, s of network time; nil while it is.
    private var redSince: [Int?]
    /// How long a group is red before somebody whom no loop sees is taken to wait at it, s.
    private let longestUnasked: Int
    /// Who asks for priority, by name.
    private var requests: [String: PriorityRequest] = [:]
    private let sight: Double
    /// For how long nothing has been seen, s.
    private var blindTime = 0
    private var last: StageDecision?
    /// The second that was wished for last, s of network time.
    private var lastWish: Int?

    /// How long before the greatest red a group is due at the latest, s: more than a second or two of the link.
    static let redMargin = 20

    /// How long a group is taken to have been red when control begins, s: most of a long cycle.
    static let assumedRed = 120

    /// How long before its arrival a vehicle may ask, s.
    static let greatestNotice = 600.0
    /// Most vehicles that ask at a time.
    static let greatestRequestCount = 20

    /// How far ahead of the controller's clock that of its detectors may be, s.
    static let clockTolerance = 5.0

    /// Greatest number of seconds that may be missed before the street is another to the law, or the clock was set.
    package static let greatestGap = 10

    /// How long the last decision stands where nothing is seen, s.
    public static let greatestBlindTime = 5

    /// Readies the control of a junction.
    ///
    /// - Parameters:
    ///   - plan: Its loops.
    ///   - inside: Detectors inside it, with the group whose way each sees.
    ///   - isOwn: Whether a loop is wired to the junction's controller; readings of others are looked at a second later.
    ///   - greatestRed: Longest red that the controller lets a lease keep a group in, s: each group is served before.
    ///   - time: Now, s of network time.
    /// - Throws: ``AdaptiveError`` where the law cannot control it.
    init(
        _ junction: Junction, layout: JunctionLayout, plan: LoopDetectorPlan, inside: [DetectorID: SignalGroupID],
        isOwn: (DetectorID) -> Bool, greatestRed: Int, time: Int
    ) throws(AdaptiveError) {
        let settings = AdaptiveSettings()
        self.junction = junction.id
        controller = try JunctionController(junction, layout: layout, settings: settings, time: time)
        guard plan.lanes[0].contains(where: { !$0.own.isEmpty }) else { throw .noDetectors(junction.id) }
        occupancy = JunctionOccupancy(inside, creepSpeed: settings.creepSpeed)
        detectors = plan.loops.map(\.id) + occupancy.detectors
        numbers = Dictionary(uniqueKeysWithValues: plan.loops.enumerated().map { ($1.id, $0) })
        lags = plan.loops.map { isOwn($0.id) ? 0 : 1 }
        memory = ReadingMemory(count: plan.loops.count)
        estimator = LoopEstimator(controller.layout, plan: plan, junction: 0, settings: settings)
        picture = TrafficPicture(controller.layout)
        picture.isBlind = true
        sight = settings.sight
        redSince = junction.signalGroups.map { _ in time - Self.assumedRed }
        longestUnasked = greatestRed - controller.longestWait - Self.redMargin
        let groups = junction.signalGroups.map(\.id)
        self.groups = groups
        stages = controller.table.stages.map { stage in stage.groups.map { groups[$0] } }
    }

    /// Takes what a detector measured; what is not the reading of one second of one of its detectors says nothing here.
    public mutating func take(_ reading: DetectorReading) {
        occupancy.take(reading)
        guard let loop = numbers[reading.detector], let start = Int(exactly: reading.start), reading.length == 1,
            let said = LoopReading(reading)
        else { return }
        memory.add(said, of: loop, start: start)
    }

    /// Looks at the street as it is when a second ends.
    ///
    /// - Parameters:
    ///   - shown: What the lamps showed in that second, one aspect for each group.
    ///   - time: Its end, s of network time.
    public mutating func look(shown: [LampAspect], at time: Int) {
        guard shown.count == groups.count else { return }
        let aspects = shown.map(\.guarded)
        controller.observe(aspects, at: time - 1)
        picture = estimator.observe(
            lags.indices.map { memory.take(of: $0, upTo: time - 1 - lags[$0]) }, aspects: aspects)
        let standing = occupancy.standing(at: time - 1)
        picture.inside = GroupSet(groups.indices.lazy.filter { [groups] in standing.contains(groups[$0]) })
        blindTime = picture.isBlind ? blindTime + 1 : 0
        for (group, aspect) in aspects.enumerated() {
            redSince[group] = aspect == .green ? nil : redSince[group] ?? time
            if let since = redSince[group], time - since >= longestUnasked { picture.mayHide.insert(group) }
        }
    }

    /// Takes in what the lamps show from a second on.
    public mutating func note(lamps: [LampAspect], from time: Int) {
        guard lamps.count == groups.count else { return }
        controller.observe(lamps.map(\.guarded), at: time)
    }

    /// Decides on a second, from the street as it was looked at last.
    ///
    /// - Returns: Nil where nothing has been seen for too long.
    public mutating func decide(for time: Int) -> StageDecision? {
        guard blindTime == 0 else {
            if blindTime > Self.greatestBlindTime { last = nil }
            return last
        }
        requests = requests.filter { $0.value.arrival + PriorityRequest.patience > Double(time) }
        let asking = requests.values.sorted { $0.id < $1.id }
        var weighed = picture
        weighed.add(asking, in: controller.layout, at: time, sight: sight)
        let decision = controller.choose(weighed, at: time)
        last = StageDecision(
            decision, stages: stages, groups: decision.wanted.groups.map { groups[$0] }, priority: asking.map(\.id))
        return last
    }

    /// Takes a request for priority, or news of one.
    ///
    /// - Returns: Whether the vehicle asks for the first time.
    /// - Throws: ``PriorityError`` where it cannot be meant for this junction and this time.
    @discardableResult
    public mutating func request(_ request: PriorityRequest, at time: Double) throws(PriorityError) -> Bool {
        guard controller.layout.streams.contains(where: { $0.movement == request.movement }) else {
            throw .unknownMovement(request.movement, junction)
        }
        let times = (time - PriorityRequest.patience)...(time + Self.greatestNotice)
        guard times.contains(request.arrival) else { throw .badArrival(request.arrival, times) }
        guard (0...1e6).contains(request.people) else { throw .badPeople(request.people) }
        guard requests[request.id] != nil || requests.count < Self.greatestRequestCount else { throw .tooMany }
        return requests.updateValue(request, forKey: request.id) == nil
    }

    /// Forgets a request: the vehicle has passed.
    ///
    /// - Returns: Whether there was one.
    public mutating func endRequest(_ id: String) -> Bool { requests.removeValue(forKey: id) != nil }
}

extension LoopControl: LocalLaw {
    /// What the controller itself wants from a second on.
    public mutating func wish(_ readings: [DetectorReading], shown: [LampAspect], at time: Int) -> [SignalGroupID]? {
        if let lastWish, !(1...Self.greatestGap).contains(time - lastWish) { restart(at: time) }
        lastWish = time
        // One of a clock that is far ahead would make all that follow look old.
        for reading in readings where reading.start <= Double(time) + Self.clockTolerance { take(reading) }
        look(shown: shown, at: time)
        return decide(for: time)?.groups
    }

    /// The clock was set: what was said by the one before would make all that follows look old, or late.
    private mutating func restart(at time: Int) {
        memory = ReadingMemory(count: lags.count)
        occupancy.forget()
        controller.restart(at: time)
        redSince = redSince.map { _ in time - Self.assumedRed }
        last = nil
    }
}
