import Centre
import CentreStore
import ControllerLink
import Logging
import Metrics
import SignalModel

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
        changedRecords()
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
        for watcher in watchers { watcher.add(change) }
    }

    /// Tells watchers of events and proposals.
    func changedRecords() {
        for watcher in watchers { watcher.add(.records) }
    }

    /// What changes from now on, until nobody watches any more.
    func watch() -> ChangeFeed {
        let feed = ChangeFeed()
        watchers.append(feed)
        return feed
    }

    /// Ends a feed of changes.
    func stopWatching(_ feed: ChangeFeed) { watchers.removeAll { $0 === feed } }
}
