import Centre
import CentreStore
import ControllerLink
import Logging
import Metrics
import SignalModel

/// Something that whoever watches the centre must know of.
public enum CentreChange: Sendable {
    /// What is known of a controller has changed.
    case junction(JunctionView)
    /// Something else has: figures, districts, proposals or events.
    case city
}

extension CityCentre {
    /// What an event is about.
    enum EventKind: String {
        case link, controller, lease, plan, detectors, store
    }

    /// Writes down something that happened.
    func record(
        _ severity: EventSeverity, _ kind: EventKind, junction: JunctionID?, _ text: String,
        at time: Double? = nil
    ) {
        let level: Logger.Level =
            switch severity {
            case .notice: .info
            case .warning: .warning
            case .alarm: .error
            }
        log.log(level: level, "\(text)", metadata: junction.map { ["junction": "\($0)"] })
        Counter(label: "greenband_events_total", dimensions: [("kind", kind.rawValue)]).increment()
        let event = StoredEvent.Content(
            time: time ?? now, severity: severity, kind: kind.rawValue, subject: junction?.text ?? "", detail: text)
        keep { _ = try $0.record(event) }
        if severity != .notice { changed(nil) }
    }

    /// Does something with the store that the street can do without; a failure is logged.
    @discardableResult
    func keep<Value>(_ body: (CentreStore) throws -> Value) -> Value? {
        do {
            return try body(store)
        } catch {
            log.error("the store failed: \(error)")
            return nil
        }
    }

    /// Tells watchers of a controller, or of the city.
    func changed(_ junction: Int?) {
        guard !watchers.isEmpty else { return }
        let change = junction.map { CentreChange.junction(view($0)) } ?? .city
        for watcher in watchers.values { watcher.yield(change) }
    }

    /// What changes from now on; one who does not listen misses the oldest.
    public func watch() -> AsyncStream<CentreChange> {
        let id = nextWatcher
        nextWatcher += 1
        let (stream, continuation) = AsyncStream<CentreChange>.makeStream(bufferingPolicy: .bufferingNewest(1000))
        watchers[id] = continuation
        continuation.onTermination = { _ in Task { await self.stopWatching(id) } }
        return stream
    }

    private func stopWatching(_ id: Int) { watchers[id] = nil }
}
