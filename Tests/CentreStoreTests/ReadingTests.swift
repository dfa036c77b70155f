import CentreStore
import SignalModel
import Testing

@Suite("Readings in the store")
struct ReadingTests {
    @Test("Readings come back as they were, over a restart too, by start")
    func roundTrip() throws {
        let folder = try StoreFolder()
        let readings = [
            StoredReading.made(1, start: 20, count: nil, quality: .suspect),
            .made(2, start: 0.1, count: 3.5, occupancy: 0.3, speed: 12.25, source: .edge("J"), quality: .late),
            .made(3, start: 10, occupancy: 1.3, source: .centre("neighbours"), received: 1e9, quality: .imputed),
            .made(4, detector: "Ü-\u{301}'; DROP TABLE reading", start: 0),
        ]
        var store = try folder.open()
        #expect(try store.record(readings) == ReadingTally(stored: 4, duplicates: 0))
        try store.close()
        store = try folder.open()
        #expect(try store.readings(detector: "D", from: 0, to: 30) == [readings[1], readings[2], readings[0]])
        #expect(try store.readings(detector: readings[3].reading.detector, from: 0, to: 30) == [readings[3]])
        #expect(try store.readings(detector: "D", from: 0.1, to: 10) == [readings[1]])
        #expect(try store.readings(detector: "E", from: 0, to: 30) == [])
    }

    @Test("A reading that comes again is counted, and the one that was there stays")
    func duplicates() throws {
        let store = try StoreFolder.opened()
        #expect(try store.record([.made(1, start: 0), .made(1, start: 10)]).stored == 2)
        let again = try store.record([.made(1, start: 0, count: 9), .made(2, start: 20), .made(2, start: 20)])
        #expect(again == ReadingTally(stored: 1, duplicates: 2))
        #expect(try store.readings(detector: "D", from: 0, to: 100).map(\.reading.count) == [1, 1, 1])
        // The same number of another source is another reading.
        #expect(try store.record([.made(1, start: 0, source: .edge("north"))]).stored == 1)
    }

    @Test("The last sequence number is the greatest, whatever the order, and each source has its own")
    func lastSequence() throws {
        let folder = try StoreFolder()
        var store = try folder.open()
        #expect(try store.lastSequence(of: .feed("north")) == nil)
        try store.record([.made(7, start: 0), .made(5, start: 10), .made(3, start: 0, source: .edge("north"))])
        try store.record([.made(6, start: 20)])
        try store.close()
        store = try folder.open()
        #expect(try store.lastSequence(of: .feed("north")) == 7)
        #expect(try store.lastSequence(of: .edge("north")) == 3)
    }

    @Test(
        "One reading that cannot be stored keeps all of its transaction out, and the error names the field",
        arguments: [
            (StoredReading.made(2, start: .nan), "start"), (.made(2, start: 0, length: 0), "length"),
            (.made(2, start: 0, length: .infinity), "length"), (.made(2, start: 0, count: .nan), "count"),
            (.made(2, start: 0, occupancy: .infinity), "occupancy"), (.made(2, start: 0, speed: .nan), "speed"),
            (.made(2, start: 0, received: .nan), "received"), (.made(-1, start: 0), "sequence"),
            (.made(2, detector: "a\0b", start: 0), "detector"), (.made(2, start: 0, source: .feed("\0")), "source"),
        ])
    func invalid(reading: StoredReading, field: String) throws {
        let store = try StoreFolder.opened()
        do {
            try store.record([.made(1, start: 0), reading])
            Issue.record("it was stored")
        } catch StoreError.invalid(let found, _, _) {
            #expect(found == field)
        }
        #expect(try store.readings(detector: "D", from: 0, to: 100) == [])
        #expect(try store.lastSequence(of: .feed("north")) == nil)
    }

    @Test("Spellings that Swift takes for the same letters are different detectors, as they are in other programs")
    func spellings() throws {
        let store = try StoreFolder.opened()
        let tally = try store.record([
            .made(1, detector: "\u{e9}", start: 0), .made(1, detector: "e\u{301}", start: 0),
        ])
        #expect(tally.stored == 2)
    }

    @Test("Threads may store and read at the same time")
    func threads() async throws {
        let store = try StoreFolder.opened()
        try await withThrowingTaskGroup { group in
            for thread in 0..<4 {
                group.addTask {
                    for number in 0..<50 {
                        try store.record([.made(number, start: Double(number), source: .feed("\(thread)"))])
                        _ = try store.readings(detector: "D", from: 0, to: 100)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try store.readings(detector: "D", from: 0, to: 100).count == 200)
    }
}
