import ControllerLink
import Testing

@testable import EdgeService

@Suite("What waits for the centre")
struct OutboxTests {
    private static func report(_ number: Int) -> EdgeMessage {
        .report(EdgeReport(event: .started, time: Double(number)))
    }
    private static func readings(_ number: Int) -> EdgeMessage {
        .readings(.init(time: Double(number), readings: []))
    }

    @Test("A window is sent, no faster than a share of it each second, and the rest as acknowledgements come")
    func window() {
        var outbox = Outbox()
        for number in 0..<200 { outbox.add(Self.report(number)) }
        outbox.connected()
        var sent: [EdgeMessage] = []
        for _ in 0..<10 { sent += outbox.takeSendable() }
        #expect(sent == (0..<Outbox.window).map(Self.report))
        #expect(outbox.lastNumber == Outbox.window + 1)
        // Hello has number 1, so the first message has number 2.
        outbox.acknowledged(upTo: 4)
        #expect(outbox.takeSendable() == (Outbox.window..<(Outbox.window + 3)).map(Self.report))
    }

    @Test("What was on the way when the connection was lost is sent again, in order")
    func again() {
        var outbox = Outbox()
        for number in 0..<5 { outbox.add(Self.report(number)) }
        outbox.connected()
        _ = outbox.takeSendable()
        outbox.acknowledged(upTo: 3)
        outbox.connected()
        #expect(outbox.takeSendable() == (2..<5).map(Self.report))
        outbox.acknowledged(upTo: 100)
        #expect(outbox.takeSendable() == [])
    }

    @Test("When more gathers than fits, the oldest readings go, never the reports before them")
    func overflow() {
        var outbox = Outbox()
        for number in 0..<10 { outbox.add(Self.report(number)) }
        for number in 0..<(Outbox.capacity + 90) { outbox.add(Self.readings(number)) }
        #expect(outbox.takeDropped() == 100)
        #expect(outbox.takeDropped() == 0)
        outbox.connected()
        #expect(outbox.takeSendable() == (0..<10).map(Self.report))
        #expect(outbox.takeSendable().first == Self.readings(100))
    }
}
