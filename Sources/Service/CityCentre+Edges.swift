import Centre
import CentreStore
import ControllerLink
import SignalModel

extension CityCentre: CentreServer.Receiver {
    /// A controller has introduced itself: the one of a junction of the network is welcome, and gets its lease.
    public func connected(_ peer: CentrePeer) -> String? {
        guard let junction = indexOfJunction[peer.junction] else {
            log.warning("a controller of an unknown junction was turned away: \(peer.junction)")
            return "the network has no junction \(peer.junction)"
        }
        // The newer connection counts: the older one may be dead, and nobody has noticed.
        boards[junction].peer?.close(reason: "another connection for junction \(peer.junction) was made")
        boards[junction].peer = peer
        hear(junction)
        book.connected(peer.junction, lastSequence: peer.hello.lastSequence)
        record(.notice, .link, junction: peer.junction, "connected: \(peer.hello.software)")
        renew([junction], at: now)
        changed(junction)
        return nil
    }

    /// Takes what a controller says; returns when it may be acknowledged.
    public func received(_ message: EdgeMessage, from peer: CentrePeer) async {
        guard let junction = indexOfJunction[peer.junction] else { return }
        hear(junction)
        switch message {
        case .status(let status):
            note(status.time)
            boards[junction].lastHeard = status.time
            let before = boards[junction].status
            boards[junction].status = status
            if before?.running != status.running || before?.aspects != status.aspects { changed(junction) }
            steer(junction, after: status)
            await tick()
        case .readings(let readings):
            await take(readings.readings, from: .edge(peer.junction), at: readings.time)
        case .report(let report): take(report, of: peer.junction)
        case .answer(let answer): take(answer, of: junction)
        case .hello, .goodbye: break
        }
    }

    /// Takes note that a controller is heard.
    private func hear(_ junction: Int) {
        boards[junction].heardAt = now
        guard boards[junction].isSilent else { return }
        boards[junction].isSilent = false
        changed(junction)
    }

    /// Looks for controllers that have said nothing for a while, though nobody has hung up.
    func lookForSilence() {
        let latest = now - settings.longestPause
        for junction in boards.indices where boards[junction].isReachable && boards[junction].heardAt < latest {
            boards[junction].isSilent = true
            changed(junction)
        }
    }

    /// The connection to a controller has ended.
    public func disconnected(_ peer: CentrePeer, _ error: LinkError?) {
        guard let junction = indexOfJunction[peer.junction], boards[junction].peer?.isSame(as: peer) ?? false else {
            return
        }
        boards[junction].peer = nil
        record(.warning, .link, junction: peer.junction, "lost: \(error.map { "\($0)" } ?? "it hung up")")
        changed(junction)
    }

    /// Takes readings of any source; returns when they are on the disk.
    func take(_ readings: [DetectorReading], from source: ReadingSource, at time: Double) async {
        note(time)
        let now = now
        var kept: [StoredReading] = []
        var isRepeated = false
        kept.reserveCapacity(readings.count)
        for reading in readings {
            if controlDetectors.contains(reading.detector) {
                // It steers the next second and is gone: what is kept is what detectors count for the plans.
                takeForControl(reading)
                continue
            }
            let verdict = window.add(reading, at: now)
            readingCounters[verdict]?.increment()
            if verdict == .counted {
                firstCount = min(firstCount ?? reading.start, reading.start)
                heard.readings += 1
                heard.vehicles += reading.count ?? 0
            }
            isRepeated = isRepeated || verdict == .repeated
            // What cannot be true is kept nowhere.
            guard verdict == .counted || verdict == .empty || verdict == .late else { continue }
            // A reading that is sent again has the same start; that, and not the number of a message, tells it.
            kept.append(
                StoredReading(
                    source: source, sequence: Int(reading.start), reading: reading, received: now,
                    quality: verdict == .late ? .late : .good))
        }
        // What was counted before may still be on its way to the disk: it is waited for like what is new.
        guard !kept.isEmpty || isRepeated else { return }
        await writer.write(kept)
    }

    private func takeForControl(_ reading: DetectorReading) {
        let end = reading.start + reading.length
        guard end.isFinite, end <= now + CountWindow.clockTolerance else { return }
        lastControlReading[reading.detector] = max(end, lastControlReading[reading.detector] ?? end)
        heard.readings += 1
        controlReadings.increment()
        stages?.take(reading)
    }

    private func take(_ report: EdgeReport, of junction: JunctionID) {
        heard.reports[report.event, default: 0] += 1
        let severity: EventSeverity
        switch report.event {
        case .started, .leaseBegan, .driverRecovered: severity = .notice
        case .leaseLapsed, .linkLost, .fallbackBegan, .clockJumped, .messagesDropped, .leaseRefused: severity = .warning
        case .guardRefused, .driverFailed, .groupStarved, .storageFailed: severity = .alarm
        }
        guard mayKeepReport(of: junction) else { return }
        // A time that cannot be meant would keep the event from ever being dropped.
        let time = min(max(report.time, now - CentreSettings.greatestReportAge), now + CentreSettings.greatestReportAge)
        let detail = report.detail.prefix(CentreSettings.greatestReportLength)
        record(
            severity, .controller, junction: junction, "\(report.event.rawValue) \(detail)",
            at: report.time.isNaN ? now : time)
    }

    /// Whether another report of a controller is kept: not more of them in a minute than can be news.
    private func mayKeepReport(of junction: JunctionID) -> Bool {
        guard let number = indexOfJunction[junction] else { return false }
        let minute = (now / 60).rounded(.down)
        if boards[number].keptReports.minute != minute { boards[number].keptReports = (minute, 0) }
        boards[number].keptReports.count += 1
        return boards[number].keptReports.count <= CentreSettings.greatestReportCount
    }

    private func take(_ answer: LeaseAnswer, of junction: Int) {
        let id = network.junctions[junction].id
        let isOfGroups = book[id].groups != nil
        book.answered(answer, by: id, at: now)
        // Leases of groups come every few seconds, and are not kept.
        if !isOfGroups {
            keep {
                try $0.recordAnswer(
                    junction: id, sequence: answer.sequence,
                    answer.refusal.map {
                        .refused(reason: $0.rawValue, detail: answer.detail, endsRunningLease: $0.isBreach)
                    }
                        ?? .accepted, at: now)
            }
        }
        guard let refusal = answer.refusal else {
            heard.acceptedLeases += 1
            return
        }
        heard.refusedLeases += 1
        if heard.refusals.count < 10 { heard.refusals.append("\(id): \(answer.detail)") }
        record(.alarm, .lease, junction: id, "lease \(answer.sequence) refused: \(refusal.rawValue) \(answer.detail)")
        if isOfGroups { rest(junction) }
    }
}

extension CityCentre {
    /// What the centre has heard since it started.
    public struct Tally: Equatable, Sendable {
        /// Leases that controllers took, and that they refused.
        public var acceptedLeases = 0, refusedLeases = 0
        /// Readings that were taken, those that steer included.
        public var readings = 0
        /// Vehicles that were counted; detectors for control count nobody, as each vehicle passes several.
        public var vehicles = 0.0
        /// Plans that were leased after the first.
        public var plans = 0
        /// Reports of controllers by event.
        public var reports: [EdgeReport.Event: Int] = [:]
        /// The first refusals, in words.
        public var refusals: [String] = []
    }

    /// What the centre has heard since it started.
    public func tally() -> Tally { heard }
}
