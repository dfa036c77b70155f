import CentreStore
import Testing

@Suite("Events in the store")
struct EventTests {
    private static func event(_ time: Double, _ severity: EventSeverity) -> StoredEvent.Content {
        StoredEvent.Content(time: time, severity: severity, kind: "linkLost", subject: "J", detail: "for 20 s")
    }

    @Test("Events are found by time, number and gravity, in the order in which they became known")
    func finding() throws {
        let store = try StoreFolder.opened()
        let numbers = try store.record([
            Self.event(10, .notice), Self.event(30, .alarm), Self.event(20, .warning), Self.event(40, .alarm),
        ])
        #expect(numbers == [1, 2, 3, 4])
        func found(_ time: Double, _ after: Int = 0, _ limit: Int = 10, _ severity: EventSeverity = .notice) throws
            -> [Int]
        { try store.events(since: time, after: after, limit: limit, severity: severity).map(\.id) }
        #expect(try found(0) == [1, 2, 3, 4])
        #expect(try found(20) == [2, 3, 4])
        #expect(try found(20, 2) == [3, 4])
        #expect(try found(0, 0, 2) == [1, 2])
        #expect(try found(0, 0, 10, .warning) == [2, 3, 4])
        #expect(try found(0, 0, 10, .alarm) == [2, 4])
        #expect(try store.events(since: 40, limit: 1).map(\.content) == [Self.event(40, .alarm)])
        #expect(try store.openAlarms(limit: 10).map(\.id) == [4, 2])
        #expect(try store.openEvents(limit: 10).map(\.id) == [4, 2, 3])
        #expect(try store.openEvents(limit: 1).map(\.id) == [4])
    }

    @Test("An event is acknowledged once, and the audit log says by whom")
    func acknowledging() throws {
        let store = try StoreFolder.opened()
        let id = try store.record(Self.event(10, .alarm))
        try store.acknowledge(id, by: engineer, at: 12)
        #expect(throws: StoreError.alreadyAcknowledged(event: id, by: "Ada", at: 12)) {
            try store.acknowledge(id, by: AuditActor(name: "Bo", role: "operator"), at: 13)
        }
        #expect(throws: StoreError.unknown(kind: "event", name: "7")) {
            try store.acknowledge(7, by: engineer, at: 13)
        }
        let event = try #require(try store.events(since: 0, limit: 1).first)
        #expect(event.acknowledgement?.by == "Ada" && event.acknowledgement?.time == 12)
        #expect(try store.openAlarms(limit: 10) == [] && store.openEvents(limit: 10) == [])
        let entries = try store.audit.entries(from: 1, limit: 9)
        #expect(entries.map(\.record.action) == ["event.acknowledged"])
        #expect(entries.map(\.record.subject) == ["event 1"])
    }
}
