import CentreStore
import SignalModel
import Testing

@Suite("Leases in the store")
struct LeaseTests {
    private static func lease(_ sequence: Int, issued: Double, content: String = "{}") -> StoredLease {
        StoredLease(
            junction: "J", sequence: sequence, issued: issued, expires: issued + 60, content: content, proposal: 4)
    }

    @Test("Numbers of leases go up, over restarts and retention too, and exceed what a controller has seen")
    func sequence() throws {
        let folder = try StoreFolder()
        var store = try folder.open()
        #expect(try (0..<3).map { _ in try store.nextLeaseSequence(junction: "J") } == [1, 2, 3])
        #expect(try store.nextLeaseSequence(junction: "K") == 1)
        #expect(try store.nextLeaseSequence(junction: "J", above: 50) == 51)
        #expect(try store.nextLeaseSequence(junction: "J", above: 7) == 52)
        try store.record([Self.lease(52, issued: 0)])
        try store.close()
        store = try folder.open()
        #expect(try store.prune(leasesBefore: 1000).leases == 1)
        #expect(try store.nextLeaseSequence(junction: "J") == 53)
        #expect(try store.nextLeaseSequences([("J", 0), ("K", 0), ("J", 0)]) == [54, 2, 55])
        #expect(throws: StoreError.self) { try store.nextLeaseSequence(junction: "J", above: .max) }
        #expect(throws: StoreError.self) { try store.nextLeaseSequence(junction: "J", above: -1) }
    }

    @Test("Threads never get the same number")
    func threads() async throws {
        let store = try StoreFolder.opened()
        let numbers = try await withThrowingTaskGroup(of: [Int].self) { group in
            for _ in 0..<4 {
                group.addTask { try (0..<50).map { _ in try store.nextLeaseSequence(junction: "J") } }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(numbers.sorted() == Array(1...200))
    }

    @Test("A lease is kept once, under a number that was handed out, with content that is JSON")
    func recording() throws {
        let store = try StoreFolder.opened()
        for _ in 0..<3 { _ = try store.nextLeaseSequence(junction: "J") }
        try store.record([Self.lease(1, issued: 0), Self.lease(2, issued: 10)])
        #expect(throws: StoreError.leaseTaken(junction: "J", sequence: 2)) {
            try store.record([Self.lease(3, issued: 20), Self.lease(2, issued: 20)])
        }
        #expect(throws: StoreError.self) { try store.record([Self.lease(4, issued: 20)]) }
        #expect(throws: StoreError.self) { try store.record([Self.lease(3, issued: 20, content: "{")]) }
        #expect(try store.leases(junction: "J", limit: 10) == [Self.lease(2, issued: 10), Self.lease(1, issued: 0)])
        #expect(try store.leases(junction: "J", limit: 1).map(\.sequence) == [2])
        #expect(try store.leases(junction: "K", limit: 10) == [])
    }

    @Test("An answer stands, but what was unanswered may be answered late")
    func answers() throws {
        let store = try StoreFolder.opened()
        for _ in 0..<2 { _ = try store.nextLeaseSequence(junction: "J") }
        try store.record([Self.lease(1, issued: 0), Self.lease(2, issued: 10)])
        let refused = LeaseOutcome.refused(reason: "unsafe", detail: "main and side", endsRunningLease: true)
        try store.recordAnswer(junction: "J", sequence: 1, .unanswered, at: 5)
        try store.recordAnswer(junction: "J", sequence: 1, refused, at: 6)
        try store.recordAnswer(junction: "J", sequence: 1, refused, at: 7)
        #expect(throws: StoreError.leaseTaken(junction: "J", sequence: 1)) {
            try store.recordAnswer(junction: "J", sequence: 1, .accepted, at: 8)
        }
        #expect(throws: StoreError.leaseTaken(junction: "J", sequence: 1)) {
            try store.recordAnswer(junction: "J", sequence: 1, .unanswered, at: 8)
        }
        #expect(throws: StoreError.unknown(kind: "lease", name: "9 of junction J")) {
            try store.recordAnswer(junction: "J", sequence: 9, .accepted, at: 8)
        }
        let leases = try store.leases(junction: "J", limit: 10)
        #expect(leases.map(\.answer) == [nil, refused])
        #expect(leases.map(\.answered) == [nil, 6])
    }

    @Test("The lease that runs is the newest accepted one that has not lapsed, and that no refusal has ended")
    func current() throws {
        let store = try StoreFolder.opened()
        for _ in 0..<5 { _ = try store.nextLeaseSequence(junction: "J") }
        func answer(_ sequence: Int, _ outcome: LeaseOutcome) throws {
            try store.recordAnswer(junction: "J", sequence: sequence, outcome, at: 0)
        }
        func current(at time: Double) throws -> Int? { try store.currentLease("J", at: time)?.sequence }
        try store.record((1...5).map { Self.lease($0, issued: Double($0) * 10) })
        #expect(try current(at: 30) == nil)
        try answer(1, .accepted)
        try answer(2, .refused(reason: "notNewer", endsRunningLease: false))
        #expect(try current(at: 9) == nil)
        #expect(try current(at: 30) == 1)
        #expect(try current(at: 69.9) == 1)
        #expect(try current(at: 70) == nil)
        try answer(3, .accepted)
        try answer(4, .unanswered)
        #expect(try current(at: 45) == 3)
        try answer(5, .refused(reason: "unsafe", endsRunningLease: true))
        #expect(try current(at: 45) == 3)
        #expect(try current(at: 50) == nil)
        #expect(try store.currentLease("K", at: 50) == nil)
    }
}
