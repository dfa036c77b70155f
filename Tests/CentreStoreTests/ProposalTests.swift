import CentreStore
import Testing

@Suite("Proposals in the store")
struct ProposalTests {
    static func content(district: String = "centre", plan: String = "{\"junctions\":[]}") -> Proposal.Content {
        Proposal.Content(
            district: district, origin: .optimiser, plan: plan, delayBefore: 41.5, delayAfter: nil, time: 1000)
    }

    /// Decisions that bring a new proposal into a state.
    private static let ways: [ProposalState: [ProposalState]] = [
        .proposed: [], .approved: [.approved], .held: [.approved, .held], .released: [.approved, .released],
        .rejected: [.rejected],
    ]

    private static let allowed: Set<[ProposalState]> = [
        [.proposed, .approved], [.proposed, .rejected], [.approved, .held], [.approved, .released], [.held, .released],
    ]

    @Test("A proposal comes back as it was, with every decision")
    func roundTrip() throws {
        let folder = try StoreFolder()
        var store = try folder.open()
        let id = try store.propose(Self.content())
        try store.decide(id, .approved, by: engineer, at: 1100, reason: "looks right")
        try store.decide(id, .held, by: AuditActor(name: "Bo", role: "operator"), at: 1200, reason: "marathon")
        try store.close()
        store = try folder.open()
        let proposal = try #require(try store.proposal(id))
        #expect(proposal.content == Self.content())
        #expect(proposal.state == .held)
        #expect(proposal.decisions.map(\.state) == [.approved, .held])
        #expect(proposal.decisions.map(\.by.name) == ["Ada", "Bo"])
        #expect(proposal.decisions.map(\.time) == [1100, 1200])
        #expect(proposal.decisions.map(\.reason) == ["looks right", "marathon"])
        #expect(try store.proposals(state: .held) == [proposal])
        #expect(try store.proposals(state: .proposed) == [])
        #expect(try store.proposal(id + 1) == nil)
    }

    @Test(
        "From each state only the decisions of the table are taken; one that was rejected never runs",
        arguments: ProposalState.allCases, ProposalState.allCases)
    func transition(from: ProposalState, to: ProposalState) throws {
        let store = try StoreFolder.opened()
        let id = try store.propose(Self.content())
        let way = Self.ways[from] ?? []
        for state in way { try store.decide(id, state, by: engineer, at: 0, reason: "") }
        if Self.allowed.contains([from, to]) {
            #expect(try store.decide(id, to, by: engineer, at: 1, reason: "").state == to)
            #expect(try store.audit.entries(from: 1, limit: 9).map(\.record.action).last == "proposal.\(to.rawValue)")
        } else {
            #expect(throws: StoreError.forbiddenDecision(proposal: id, from: from, to: to)) {
                try store.decide(id, to, by: engineer, at: 1, reason: "")
            }
            #expect(try store.proposal(id)?.state == from)
            #expect(try store.audit.entries(from: 1, limit: 9).count == way.count)
        }
    }

    @Test("The audit log has who decided what, and why")
    func audit() throws {
        let store = try StoreFolder.opened()
        let id = try store.propose(Self.content())
        try store.decide(id, .rejected, by: engineer, at: 1100, reason: "a \"school\" day")
        let entries = try store.audit.entries(from: 1, limit: 9)
        #expect(
            entries.map(\.record) == [
                AuditRecord(
                    time: 1100, actor: engineer, action: "proposal.rejected", subject: "proposal \(id)",
                    detail: #"{"district":"centre","reason":"a \"school\" day"}"#)
            ])
    }

    @Test("Other programs cannot let a rejected proposal run by mistake")
    func trigger() throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        let id = try store.propose(Self.content())
        try store.decide(id, .rejected, by: engineer, at: 1, reason: "")
        #expect(throws: (any Error).self) { try folder.tamper("UPDATE proposal SET state = 'approved'") }
        #expect(try store.proposal(id)?.state == .rejected)
    }

    @Test("What is no plan, no time or no proposal is refused")
    func invalid() throws {
        let store = try StoreFolder.opened()
        #expect(throws: StoreError.self) { try store.propose(Self.content(plan: "no plan")) }
        #expect(throws: StoreError.self) { try store.propose(Self.content(district: "\0")) }
        #expect(throws: StoreError.unknown(kind: "proposal", name: "3")) {
            try store.decide(3, .approved, by: engineer, at: 0, reason: "")
        }
        #expect(try store.propose(Self.content()) == 1)
        #expect(throws: StoreError.self) { try store.decide(1, .approved, by: engineer, at: .nan, reason: "") }
        #expect(throws: StoreError.self) { try store.decide(1, .approved, by: engineer, at: 0, reason: "\0") }
        #expect(try store.proposal(1)?.state == .proposed)
    }
}
