import ControllerLink
import EdgeControl
import Formats
import Logging
import SignalModel

/// One controller at work: carries out what ``JunctionControl`` decides, on lamps, disk and the link to the centre.
///
/// Whoever owns it calls ``step(at:)`` once a second: a clock, or a simulation.
public actor EdgeRunner: EdgeClient.Receiver {
    /// Readings that one message holds; the limits on lines leave room for more.
    private static let readingsPerMessage = 200
    /// Readings of one second that are taken; more are dropped.
    private static let greatestReadingCount = 1000
    /// Reasons for having no connection that are reported until there is one.
    private static let greatestRefusalCount = 8
    /// Sequence numbers that are kept for seen before they are: leases of a few seconds would wear the disk out.
    private static let sequencesAhead = 1000

    private var control: JunctionControl
    private var readings: [DetectorReading] = []
    private var droppedReadings = 0
    private let driver: any LampDriver
    /// What it follows while it has no lease, and the readings that the law has not seen.
    private var law: (any LocalLaw)?
    private var recent: [DetectorReading] = []
    private let store: EdgeStore?
    private let log: Logger
    private var outbox = Outbox()
    private var sender: LinkSender<EdgeMessage>?
    /// What is on the disk.
    private var stored: EdgeStore.Content
    /// Why no connection has come about since there was one, each reason once.
    private var refusals: Set<String> = []
    private var isStorageFailing = false
    /// What the centre has received, and who waits until that is all.
    private var acknowledgedNumber = 0
    private var waiters: [CheckedContinuation<Void, Never>] = []
    private var connectionWaiters: [CheckedContinuation<Void, Never>] = []
    /// The last second, s of network time.
    private var network: Int

    /// Readies a controller.
    ///
    /// - Parameters:
    ///   - law: What it follows while it has no lease; the fallback programme alone without it.
    ///   - store: Its disk; none in a simulation. A lease on it that has not lapsed runs on.
    ///   - network: The time now, s of network time.
    /// - Throws: ``EdgeSettingsError`` where the fallback programme cannot be run.
    public init(
        _ settings: EdgeSettings, driver: any LampDriver, law: (any LocalLaw)? = nil, store: EdgeStore? = nil,
        network: Int,
        log: Logger = Logger(label: "greenband.edge")
    ) throws(EdgeSettingsError) {
        var kept: EdgeStore.Content?
        var damage: FormatError?
        do throws(FormatError) {
            kept = try store?.read()
        } catch {
            // A damaged memory is no reason to leave a street dark; what was in it is lost.
            damage = error
        }
        // The lease on the disk is taken again as if it came anew, with the checks that any lease undergoes.
        let before = kept.map { $0.lease == nil ? $0.lastSequence : min($0.lastSequence, $0.lease!.sequence - 1) }
        var control = try JunctionControl(settings, lastSequence: before ?? 0)
        if let damage { control.report(.storageFailed, at: network, damage.description) }
        if let kept, let lease = kept.lease {
            _ = control.resume(lease, at: Double(network), lastSequence: kept.lastSequence)
        }
        self.control = control
        junction = control.junction
        self.driver = driver
        self.law = law
        self.store = store
        self.log = log
        self.network = network
        stored = kept ?? .init()
    }

    /// Junction that is controlled.
    public nonisolated let junction: JunctionID

    /// Shows one second: the next one by a clock that nobody sets.
    ///
    /// - Returns: What the lamps show.
    @discardableResult
    public func step(at time: EdgeTime) async -> EdgeMessage.Status {
        if law != nil {
            control.wish(law?.wish(recent, shown: control.shown, at: time.network))
            recent.removeAll(keepingCapacity: true)
        }
        let second = control.step(at: time)
        network = Int(second.status.time)
        var status = second.status
        do {
            try await driver.show(second.aspects, at: Double(time.network))
            control.confirm()
        } catch {
            control.driverFailed("\(error)")
            status.aspects = control.shown
        }
        flush(status)
        return status
    }

    /// Takes what detectors measured; it is sent with the next second.
    public func measured(_ readings: [DetectorReading]) {
        let room = max(0, Self.greatestReadingCount - self.readings.count)
        if law != nil { recent += readings.prefix(room) }
        control.measured(readings)
        self.readings += readings.prefix(room)
        droppedReadings += readings.count - min(room, readings.count)
    }

    private func collectReadings() {
        for start in stride(from: 0, to: readings.count, by: Self.readingsPerMessage) {
            let part = Array(readings[start...].prefix(Self.readingsPerMessage))
            outbox.add(.readings(.init(time: Double(network), readings: part)))
        }
        readings.removeAll(keepingCapacity: true)
    }

    /// Waits until the centre has acknowledged all that was said, and so has sent all that it decided on it.
    ///
    /// Returns at once where there is no connection, and when it is lost.
    public func waitForCentre() async {
        guard sender != nil, acknowledgedNumber < outbox.lastNumber else { return }
        await withCheckedContinuation { waiters.append($0) }
    }

    /// Waits until the centre knows the controller.
    public func waitForConnection() async {
        guard sender == nil else { return }
        await withCheckedContinuation { connectionWaiters.append($0) }
    }

    /// Connects to the centre, and again whenever the connection is lost, until the task is cancelled.
    ///
    /// - Parameter security: How the connection is encrypted; without it it is not.
    public func keepConnected(
        host: String, port: Int, limits: LinkLimits = LinkLimits(), security: TransportSecurity? = nil
    ) async {
        var pause = Duration.milliseconds(200)
        while !Task.isCancelled {
            let hello = EdgeMessage.Hello(
                versions: LinkCodec.versions, junction: control.junction, software: "greenband-edge 0.1.0",
                lastSequence: control.lastSequence)
            let reason = await EdgeClient.run(
                host: host, port: port, hello: hello, limits: limits, security: security, receiver: self)
            if disconnected(reason) { pause = .milliseconds(200) }
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, .seconds(10))
        }
    }

    /// The centre knows the controller.
    public func connected(_ sender: LinkSender<EdgeMessage>, _ welcome: CentreMessage.Welcome) {
        log.info("connected to the centre", metadata: ["junction": "\(control.junction)"])
        self.sender = sender
        refusals = []
        acknowledgedNumber = 0
        outbox.connected()
        let woken = connectionWaiters
        connectionWaiters = []
        for waiter in woken { waiter.resume() }
    }

    /// A message of the centre.
    public func received(_ message: CentreMessage) {
        switch message {
        case .lease(let lease):
            let before = control.lastSequence
            let answer = control.receive(lease, at: Double(network))
            if control.lastSequence > before { keep(lease, answer) }
            send(.answer(answer))
        case .acknowledge(let acknowledgement):
            outbox.acknowledged(upTo: acknowledgement.number)
            acknowledgedNumber = max(acknowledgedNumber, acknowledgement.number)
            if acknowledgedNumber >= outbox.lastNumber { wakeWaiters() }
        case .welcome, .heartbeat, .goodbye: break
        }
    }

    /// Whether there was a connection, of which this is the end.
    private func disconnected(_ reason: LinkError) -> Bool {
        let wasConnected = sender != nil
        sender = nil
        wakeWaiters()
        guard !Task.isCancelled else { return wasConnected }
        if wasConnected || reason.isBreach || isNews(reason) {
            log.warning("lost the centre: \(reason)", metadata: ["junction": "\(control.junction)"])
            control.linkLost(reason.description, isBreach: reason.isBreach)
        }
        return wasConnected
    }

    /// Whether a reason for having no connection is to be reported: it comes back every few seconds.
    private func isNews(_ reason: LinkError) -> Bool {
        // Nobody there is one reason, however the system words it.
        let words = if case .disconnected = reason { "disconnected" } else { reason.description }
        return refusals.count < Self.greatestRefusalCount && refusals.insert(words).inserted
    }

    private func wakeWaiters() {
        let woken = waiters
        waiters = []
        for waiter in woken { waiter.resume() }
    }

    /// Keeps a lease of a plan on the disk, and the sequence number of every lease.
    private func keep(_ lease: Lease, _ answer: LeaseAnswer) {
        switch lease.content {
        case .groups:
            guard control.lastSequence > stored.lastSequence else { return }
            write(.init(lastSequence: control.lastSequence + Self.sequencesAhead, lease: stored.lease))
        case .plan, .fallback:
            let isPlan = if case .plan = lease.content { answer.isAccepted } else { false }
            write(
                .init(
                    lastSequence: max(control.lastSequence, stored.lastSequence), lease: isPlan ? lease : nil))
        }
    }

    /// Takes a lease off the disk that has ended, so that it does not run again after a restart.
    private func forgetEndedLease() {
        guard stored.lease != nil, control.runningLease == nil else { return }
        write(.init(lastSequence: max(control.lastSequence, stored.lastSequence)))
    }

    private func write(_ content: EdgeStore.Content) {
        guard let store else { return }
        do {
            try store.write(content)
            stored = content
            isStorageFailing = false
        } catch {
            if !isStorageFailing { control.report(.storageFailed, at: network, error.description) }
            isStorageFailing = true
        }
    }

    /// Sends what waits, as much as goes into a second, and then the status of it.
    private func flush(_ status: EdgeMessage.Status) {
        forgetEndedLease()
        collectReadings()
        let dropped = outbox.takeDropped() + droppedReadings
        droppedReadings = 0
        if dropped > 0 { control.report(.messagesDropped, at: network, "\(dropped)") }
        for report in control.takeReports() {
            log.info("\(report.event.rawValue) \(report.detail)", metadata: ["junction": "\(control.junction)"])
            outbox.add(.report(report))
        }
        guard let sender else { return }
        for message in outbox.takeSendable() {
            // A queue that is full is that of a centre that takes nothing; the connection will not live long.
            guard sender.send(message) else { return giveUp(sender) }
        }
        send(.status(status))
    }

    private func send(_ message: EdgeMessage) {
        guard let sender else { return }
        guard sender.send(message) else { return giveUp(sender) }
        outbox.sent()
    }

    private func giveUp(_ sender: LinkSender<EdgeMessage>) {
        sender.finish()
        self.sender = nil
        control.linkLost("the centre takes no messages", isBreach: false)
        wakeWaiters()
    }
}
