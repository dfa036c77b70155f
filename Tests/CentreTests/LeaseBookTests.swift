import Centre
import ControllerLink
import SignalModel
import Testing

@Suite("The book of leases")
struct LeaseBookTests {
    private static let junction = JunctionID("J")
    private static let origin = LeaseBook.Origin(maker: .present, time: 0, reason: "test")

    private func plan(cycle: Double = 60) -> JunctionPlan {
        JunctionPlan(junction: Self.junction, cycle: cycle, offset: 0, greens: [])
    }

    private func book() -> LeaseBook {
        var book = LeaseBook(leaseTime: 120)
        book.assign([plan()], origin: Self.origin)
        book.connected(Self.junction, lastSequence: 0)
        return book
    }

    @Test("A lease is due at once, and again when half of its time has passed")
    func renewal() throws {
        var book = book()
        #expect(book.isDue(Self.junction, at: 0))
        let issued = book.issue(Self.junction, at: 0, sequence: 1)
        let lease = try #require(issued)
        #expect(lease.sequence == 1 && lease.issued == 0 && lease.expires == 120)
        #expect(!book.isDue(Self.junction, at: 59))
        #expect(book.isDue(Self.junction, at: 60))
    }

    @Test("Sequence numbers always grow, whatever the controller or the store says")
    func sequences() {
        var book = book()
        var issued: Lease?
        book.connected(Self.junction, lastSequence: 41)
        issued = book.issue(Self.junction, at: 0, sequence: 1)
        #expect(issued?.sequence == 42)
        issued = book.issue(Self.junction, at: 1, sequence: 100)
        #expect(issued?.sequence == 100)
        book.connected(Self.junction, lastSequence: 7)
        issued = book.issue(Self.junction, at: 2, sequence: 0)
        #expect(issued?.sequence == 101)
    }

    @Test("A new plan is leased at once, and the same plan is not")
    func newPlan() {
        var book = book()
        _ = book.issue(Self.junction, at: 0, sequence: 1)
        book.assign([plan()], origin: Self.origin)
        #expect(!book.isDue(Self.junction, at: 1))
        book.assign([plan(cycle: 90)], origin: Self.origin)
        #expect(book.isDue(Self.junction, at: 1))
    }

    @Test("A plan that the controller calls unsafe is not sent again until it is another")
    func unsafe() {
        var book = book()
        _ = book.issue(Self.junction, at: 0, sequence: 1)
        book.answered(.refused(1, .unsafe), by: Self.junction, at: 1)
        #expect(!book.isDue(Self.junction, at: 100_000))
        book.assign([plan(cycle: 90)], origin: Self.origin)
        #expect(book.isDue(Self.junction, at: 2))
    }

    @Test("A controller that is not ready is asked again after a while")
    func notReady() {
        var book = book()
        _ = book.issue(Self.junction, at: 0, sequence: 1)
        book.answered(.refused(1, .notReady), by: Self.junction, at: 1)
        #expect(!book.isDue(Self.junction, at: 10))
        #expect(book.isDue(Self.junction, at: 11))
    }

    @Test("An answer to an older lease changes nothing")
    func oldAnswer() {
        var book = book()
        _ = book.issue(Self.junction, at: 0, sequence: 1)
        _ = book.issue(Self.junction, at: 60, sequence: 2)
        book.answered(.refused(1, .unsafe), by: Self.junction, at: 61)
        #expect(book[Self.junction].refusal == nil)
    }

    @Test("The order of the fallback programme is sent once, and its end brings the plan back")
    func fallback() {
        var book = book()
        var issued: Lease?
        _ = book.issue(Self.junction, at: 0, sequence: 1)
        book.force(Self.junction, toFallback: true)
        #expect(book.isDue(Self.junction, at: 1))
        issued = book.issue(Self.junction, at: 1, sequence: 2)
        #expect(issued?.content == .fallback)
        #expect(!book.isDue(Self.junction, at: 1_000))
        book.force(Self.junction, toFallback: false)
        issued = book.issue(Self.junction, at: 1_000, sequence: 3)
        #expect(issued?.content == .plan(plan()))
    }

    @Test("A junction without a plan is never leased anything")
    func noPlan() {
        var book = LeaseBook(leaseTime: 120)
        var issued: Lease?
        book.connected(Self.junction, lastSequence: 0)
        #expect(!book.isDue(Self.junction, at: 0))
        issued = book.issue(Self.junction, at: 0, sequence: 1)
        #expect(issued == nil)
    }

    @Test(
        "A lease of groups is due when they are others, or half of its time has passed, and keeps the plan from being due"
    )
    func groups() throws {
        var book = book()
        _ = book.issue(Self.junction, at: 0, sequence: 1)
        #expect(book.isDue(Self.junction, groups: ["a"], at: 1))
        let lease = book.issue(Self.junction, groups: ["a"], at: 1)
        #expect(lease.sequence == 2 && lease.expires == 11 && lease.content == .groups(["a"]))
        #expect(!book.isDue(Self.junction, groups: ["a"], at: 5))
        #expect(book.isDue(Self.junction, groups: ["b"], at: 5))
        #expect(book.isDue(Self.junction, groups: ["a"], at: 6))
        #expect(!book.isDue(Self.junction, at: 10))
        #expect(book.isDue(Self.junction, at: 11), "a lease that lapsed gives way to the plan")
        book.assign([plan(cycle: 90)], origin: Self.origin)
        #expect(!book.isDue(Self.junction, at: 10), "another plan waits until control of the second ends")
        book.releaseGroups(Self.junction)
        let next = book.issue(Self.junction, at: 10, sequence: 0)
        #expect(next?.sequence == 3 && next?.content == .plan(plan(cycle: 90)))
    }

    @Test("An order of fallback, and a refusal, end leases of groups")
    func endOfGroups() throws {
        var book = book()
        _ = book.issue(Self.junction, groups: ["a"], at: 1)
        book.answered(.refused(1, .unsafe), by: Self.junction, at: 1)
        #expect(!book.isDue(Self.junction, groups: ["b"], at: 2))
        book.releaseGroups(Self.junction)
        #expect(book.isDue(Self.junction, at: 2) && book.isDue(Self.junction, groups: ["b"], at: 2))
        book.force(Self.junction, toFallback: true)
        #expect(!book.isDue(Self.junction, groups: ["b"], at: 2))
        #expect(book.issue(Self.junction, at: 2, sequence: 0)?.content == .fallback)
    }
}
