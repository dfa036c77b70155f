import CentreStore
import SignalModel
import Testing

@Suite("Retention of the store")
struct RetentionTests {
    @Test("What is older goes and is counted, what is younger stays, and the audit log is whole")
    func pruning() throws {
        let folder = try StoreFolder()
        var store = try folder.open()
        for detector in 0..<3 {
            try store.record((0..<5000).map { .made($0, detector: DetectorID("D\(detector)"), start: Double($0)) })
        }
        try store.record(
            (0..<2500).map {
                StoredEvent.Content(
                    time: Double($0), severity: $0 % 5 == 0 ? .alarm : .notice, kind: "k", subject: "s")
            })
        try store.acknowledge(1, by: engineer, at: 0)
        _ = try store.nextLeaseSequence(junction: "J", above: 2999)
        try store.record(
            (1...3000).map {
                StoredLease(
                    junction: "J", sequence: $0, issued: Double($0), expires: Double($0) + 10, content: "{}")
            })
        for _ in 0..<4 { _ = try store.propose(ProposalTests.content()) }
        try store.decide(1, .rejected, by: engineer, at: 0, reason: "")
        try store.decide(2, .approved, by: engineer, at: 0, reason: "")
        let tally = try store.prune(
            readingsBefore: 4500, eventsBefore: 2200, leasesBefore: 2900, proposalsBefore: 2000)
        #expect(tally.readings == 13_500)
        #expect(tally.events == 2200)
        #expect(tally.openAlarms == 439)
        #expect(tally.leases == 2889)
        #expect(tally.proposals == 1)
        try store.close()
        store = try folder.open()
        #expect(
            try store.readings(detector: "D1", from: 0, to: 1e9).map(\.reading.start) == (4500..<5000).map(Double.init))
        #expect(try store.events(since: 0, limit: 9999).count == 300)
        #expect(try store.leases(junction: "J", limit: 9999).map(\.sequence) == (2890...3000).reversed())
        #expect(try store.proposals(state: .proposed).map(\.id) == [4, 3])
        #expect(try store.proposal(1) == nil)
        #expect(try store.propose(ProposalTests.content()) == 5)
        #expect(try store.lastSequence(of: .feed("north")) == 4999)
        guard case .intact(3, _) = try store.audit.verify() else {
            Issue.record("the audit log was touched")
            return
        }
        #expect(try store.prune() == PruneTally())
        #expect(try store.prune(readingsBefore: 4500, eventsBefore: 2200, leasesBefore: 2900) == PruneTally())
        #expect(throws: StoreError.self) { try store.prune(readingsBefore: .nan) }
    }
}
