import Centre
import CentreStore
import ControllerLink
import Logging
import Metrics
import PlanAdaptation
import SafetyGuard
import SignalModel

/// The centre of a city: takes what controllers and detectors say, decides on plans, and leases them.
///
/// An actor around pure parts: ``CountWindow``, ``DemandObserver``, ``LeaseBook`` and ``DistrictAdaptation``. A reading is
/// acknowledged when it is on the disk, and not before.
public actor CityCentre {
    /// What the centre knows of one controller.
    struct Board: Sendable {
        /// The connection, while there is one.
        var peer: CentrePeer?
        /// What the controller said last of its lamps.
        var status: EdgeMessage.Status?
        /// When it was last heard of, s of network time by its own clock.
        var lastHeard: Double?
        /// The same by the centre's clock.
        var heardAt = -Double.infinity
        /// Whether the connection stands, and yet nothing came over it for a while.
        var isSilent = false
        /// Whether something is known of what it does now.
        var isReachable: Bool { peer != nil && !isSilent }
        /// What the demand there rests on.
        var basis = DemandBasis.unknown
        /// Reports that were kept of it in a minute of the centre's clock.
        var keptReports: (minute: Double, count: Int) = (0, 0)
    }

    /// Junctions that are timed together.
    struct District: Sendable {
        let name: String
        /// Positions of its junctions in the network, ascending.
        let junctions: [Int]
        /// Its part of the network.
        let network: Network
        /// Follows demand from the plan that runs; nil before a plan was sought, and where it cannot be followed.
        var adaptation: DistrictAdaptation?
        /// The proposal that waits for an engineer, and since when, s of network time.
        var proposal: Int?
        var proposed = -Double.infinity
        /// The proposal that runs.
        var running: Int?
        /// Whether an operator has ordered that its plan stays.
        var isHeld = false
    }

    let network: Network
    let settings: CentreSettings
    nonisolated let store: CentreStore
    let writer: ReadingWriter
    let log: Logger
    let observer: DemandObserver
    let indexOfJunction: [JunctionID: Int]
    let junctionOfDetector: [DetectorID: JunctionID]
    /// Where each junction is.
    let places: [Point]
    /// District of each junction.
    let districtOf: [Int]
    let readingCounters: [CountWindow.Verdict: Counter]
    let controlReadings = Counter(label: "greenband_readings_total", dimensions: [("verdict", "control")])
    let started: Double
    private let clock: @Sendable () -> Double

    /// Detectors whose readings steer and are not counted.
    let controlDetectors: Set<DetectorID>
    /// End of their newest readings, s of network time.
    var lastControlReading: [DetectorID: Double] = [:]
    /// Control of the second, where it is wanted.
    var stages: StageLevel?
    var boards: [Board]
    var book: LeaseBook
    var window: CountWindow
    var history: DemandHistory
    var districts: [District]
    var picture: DemandPicture?
    var vitals: VitalSigns?
    /// Start of the first reading since the start, s of network time.
    var firstCount: Double?
    var lastDecision: Double?
    /// What was heard so far.
    var heard = Tally()
    var watchers: [ChangeFeed] = []
    var trend = CityTrend()
    var loads: [LinkID: StreetLoad] = [:]
    var silentDetectors: Set<DetectorID> = []
    /// The newest second that anybody has told of, s of network time: the time of a simulated street; nil before.
    private var newestTime: Double?
    private var lastTick = -Double.infinity
    /// Whether what was counted before the process began was counted again.
    private var hasRecalled = false
    /// A decision that is being made; who must not overtake it waits.
    private var pending: Task<Void, Never>?

    /// A centre with what its store has kept.
    ///
    /// - Parameters:
    ///   - plan: The plan to begin with, where the store has none.
    ///   - isSought: Whether that plan was sought for the demand, and is to be followed in small steps; programs that
    ///     controllers happened to have are replaced as a whole once enough was counted.
    ///   - clock: The time, s of network time; not asked where the street's time counts.
    ///   - start: The time of a simulated street where it is known; else it is that of the first controller.
    /// - Throws: `StoreError`; ``CentreError`` where the plan is not safe, or districts are not those of the network.
    public init(
        network: Network, plan: Plan, isSought: Bool, settings: CentreSettings, store: CentreStore, log: Logger,
        clock: @escaping @Sendable () -> Double, start: Double? = nil
    ) throws {
        self.network = network
        self.settings = settings
        self.store = store
        self.log = log
        self.clock = clock
        writer = ReadingWriter(store: store, log: log)
        var counted = network
        counted.detectors.removeAll { !$0.purpose.isCounting }
        controlDetectors = Set(network.detectors.filter { !$0.purpose.isCounting }.map(\.id))
        stages = settings.control.map { _ in StageLevel(network) }
        observer = DemandObserver(counted)
        indexOfJunction = Dictionary(uniqueKeysWithValues: network.junctions.enumerated().map { ($1.id, $0) })
        junctionOfDetector = network.junctionOfDetector
        places = network.junctionPlaces
        readingCounters = Dictionary(
            uniqueKeysWithValues: CountWindow.Verdict.allCases.map {
                ($0, Counter(label: "greenband_readings_total", dimensions: [("verdict", $0.rawValue)]))
            })
        boards = network.junctions.map { _ in Board() }
        window = Self.emptyWindow(network, settings)
        newestTime = start
        started = settings.clock == .street ? start ?? 0 : clock()
        history = try Self.keptHistory(in: store)
        let kept = try Self.safeKeptPlan(in: store, for: network, at: started, log)
        let running = kept ?? plan
        let violations = SafetyGuard.violations(of: running, in: network)
        guard violations.isEmpty else { throw CentreError.unsafePlan(violations) }
        let areas = try settings.districts(of: network)
        var districtOf = network.junctions.map { _ in 0 }
        for (number, area) in areas.enumerated() { for junction in area.junctions { districtOf[junction] = number } }
        self.districtOf = districtOf
        let parts = NetworkParts(
            network: network,
            flows: Flows(start: 0, intervalLength: 300, intervalCount: 1, sources: [], movements: []))
        let followed = kept ?? (isSought ? plan : nil)
        var districts = areas.map { name, junctions in
            let part = parts.part(of: junctions).network
            return District(
                name: name, junctions: junctions, network: part,
                adaptation: followed.flatMap { Self.adaptation(from: $0, of: part, settings) })
        }
        var book = LeaseBook(
            leaseTime: settings.leaseTime, groupsLeaseTime: settings.control?.lease ?? settings.leaseTime)
        book.assign(
            running.junctions,
            origin: .init(
                maker: .present, time: started, reason: kept == nil ? "the plan to begin with" : "it ran before"))
        if let kept { try Self.takeUpOrigins(of: kept, in: store, &districts, &book) }
        try Self.takeUpOrders(in: store, &districts, &book)
        for reason in stages?.refused ?? [] { log.warning("no control of the second: \(reason)") }
        try Self.takeUpProposals(in: store, &districts, at: started)
        self.districts = districts
        self.book = book
    }

    /// What follows demand from a plan on; nil where the plan cannot be followed.
    ///
    /// - Parameter usual: The flows that the plan was made for, where they are known.
    static func adaptation(
        from plan: Plan, of part: Network, _ settings: CentreSettings, usual: Flows? = nil
    ) -> DistrictAdaptation? {
        guard let law = settings.adaptation?.law else { return nil }
        return try? DistrictAdaptation(network: part, settings: law, start: plan, usual: usual)
    }

    static func emptyWindow(_ network: Network, _ settings: CentreSettings) -> CountWindow {
        CountWindow(
            detectors: network.detectors.filter(\.purpose.isCounting).map(\.id), length: settings.window + 60)
    }

    /// The time, s of network time.
    var now: Double { settings.clock == .street ? newestTime ?? 0 : clock() }

    /// Takes note of a time that a controller or a detector has told of.
    func note(_ time: Double) {
        guard settings.clock == .street, time.isFinite, abs(time) < 1e12 else { return }
        // A street is not simulated backwards; another one may begin before the last one ended.
        let newest = newestTime ?? time
        newestTime = time < newest - CentreSettings.greatestStepBack ? time : max(newest, time)
    }

    /// Does what is due: renews leases, and decides on plans.
    public func tick() async {
        let time = now
        if time < lastTick - CentreSettings.greatestStepBack { forgetTime() }
        if time > 0, !hasRecalled {
            hasRecalled = true
            keep { try self.recall(from: $0, at: time) }
        }
        if time.rounded(.down) != lastTick {
            lastTick = time.rounded(.down)
            renew(Array(boards.indices), at: time)
            noteSilence(at: time)
            noteOperation(at: time)
            startDecision(at: time)
            changed(nil)
        }
        // What a simulated street hears must not depend on how fast the search is, unless a deadline has it do so: a street
        // that waits for nobody is not to wait for leases meanwhile.
        if settings.clock == .street, settings.adaptation?.deadline == nil, let pending { await pending.value }
    }

    /// Another street begins, at an earlier time.
    private func forgetTime() {
        lastTick = -.infinity
        lastDecision = nil
        firstCount = nil
        window = Self.emptyWindow(network, settings)
        for junction in network.junctions { book.connected(junction.id, lastSequence: 0) }
    }

    /// Sends the next leases of those of some controllers to which one is due.
    func renew(_ junctions: [Int], at time: Double) {
        // Without the time there is nothing that a lease could be for.
        guard settings.clock == .system || newestTime != nil else { return }
        let due = junctions.filter { boards[$0].peer != nil && book.isDue(network.junctions[$0].id, at: time) }
        guard !due.isEmpty else { return }
        let requests = due.map { (junction: network.junctions[$0].id, above: book[network.junctions[$0].id].sequence) }
        // A store that fails keeps nobody from a lease: the book knows the numbers of this connection.
        let numbers = keep { try $0.nextLeaseSequences(requests) } ?? requests.map { $0.above + 1 }
        let leases = zip(due, numbers).compactMap { junction, number in
            book.issue(network.junctions[junction].id, at: time, sequence: number).map { (junction, $0) }
        }
        keep { try $0.record(leases.map { StoredLease($0.1, proposal: book[$0.1.junction].origin?.proposal) }) }
        for (junction, lease) in leases { boards[junction].peer?.send(lease) }
    }

    private func startDecision(at time: Double) {
        guard settings.adaptation != nil, pending == nil, isDecisionDue(at: time) else { return }
        lastDecision = decisionTime(at: time)
        pending = Task {
            await self.decide(at: time)
            self.pending = nil
        }
    }
}
