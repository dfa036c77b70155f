import SignalModel
import TestSupport
import Testing

@testable import AdaptiveControl

@Suite("A queue that no detector sees")
struct UnseenQueueTests {
    private static func queue(places: Int = 20) -> UnseenQueue {
        UnseenQueue(places: places, turns: TurnShares(streams: [0], history: [1]))
    }

    @Test("As many are there on the average as have come, those farther back with ever smaller chances")
    func arrivals() {
        var queue = Self.queue()
        for _ in 0..<40 { queue.arrive(0.1) }
        let weights = queue.vehicles(from: 0, spacing: 7.5).map(\.weight)
        // Four are expected; what is left out has chances of less than 0.1.
        #expect(abs(weights.reduce(0, +) - 4) < 0.2)
        #expect(weights == weights.sorted(by: >))
        // Nobody in 40 s: 0.9 to the power of 40.
        #expect(abs(1 - weights[0] - 0.01478) < 1e-4)
    }

    @Test("A queue is no longer than its room, and no vehicle that leaves it makes it shorter than empty")
    func bounds() {
        var queue = Self.queue(places: 3)
        for _ in 0..<500 { queue.arrive(0.5) }
        #expect(queue.vehicles(from: 10, spacing: 5).map(\.distance) == [10, 15, 20])
        for _ in 0..<5 { queue.depart() }
        #expect(queue.vehicles(from: 10, spacing: 5).isEmpty)
    }

    @Test("Green is needed for longer than a mean queue takes, and gaps that are none are not used")
    func discharge() throws {
        let layout = try TwoRoads.horizon(AdaptiveSettings()).layout
        var queue = Self.queue()
        for _ in 0..<40 { queue.arrive(0.1) }
        for _ in 0..<20 { queue.discharge(layout: layout, open: { _ in true }, mayGo: { _ in false }) }
        #expect(queue.vehicles(from: 0, spacing: 7.5).count > 4)
        // The mean of four has gone, with headways of about 2 s.
        for _ in 0..<10 { queue.discharge(layout: layout, open: { _ in true }, mayGo: { _ in true }) }
        #expect(!queue.vehicles(from: 0, spacing: 7.5).isEmpty)
        for _ in 0..<10 { queue.discharge(layout: layout, open: { _ in true }, mayGo: { _ in true }) }
        #expect(queue.vehicles(from: 0, spacing: 7.5).isEmpty)
    }

    @Test("Nobody is there for long who could drive on and does not")
    func thin() {
        var queue = Self.queue()
        for _ in 0..<40 { queue.arrive(0.1) }
        for _ in 0..<12 { queue.thin() }
        #expect(queue.vehicles(from: 0, spacing: 7.5).isEmpty)
    }

    /// How many are expected.
    private static func expected(_ queue: UnseenQueue) -> Double {
        queue.vehicles(from: 0, spacing: 7.5).reduce(0) { $0 + $1.weight }
    }

    @Test("Green in which nobody is seen to go empties it, not before whoever stands there could have driven off")
    func nobodyGoes() {
        var queue = Self.queue()
        for _ in 0..<40 { queue.arrive(0.1) }
        let before = Self.expected(queue)
        for _ in 0..<4 { _ = queue.discharge(seen: [(0, 0)], mayGo: { _ in true }) }
        #expect(Self.expected(queue) == before)
        for _ in 0..<8 { _ = queue.discharge(seen: [(0, 0)], mayGo: { _ in true }) }
        #expect(Self.expected(queue) == 0)
    }

    @Test("Who is seen to go was there: the others remain as likely as that makes them, and red says nothing")
    func seenToGo() {
        var queue = Self.queue()
        for _ in 0..<40 { queue.arrive(0.1) }
        for _ in 0..<60 { _ = queue.discharge(seen: [(0, 0)], mayGo: { _ in false }) }
        let before = Self.expected(queue)
        let surprise = queue.discharge(seen: [(0, 1)], mayGo: { _ in true })
        // Four were expected, or 4 / (1 - 0.0148) as there was one.
        #expect(abs(surprise - 0.01478) < 1e-4)
        // Less what is left out, chances of less than 0.1.
        #expect(abs(Self.expected(queue) - (before / (1 - surprise) - 1)) < 0.15)
        // An empty queue stays empty, and says that nobody was thought to be there.
        var empty = Self.queue()
        let all = empty.discharge(seen: [(0, 1)], mayGo: { _ in true })
        #expect(all == 1 && Self.expected(empty) == 0)
    }

    @Test("Green for a few of a lane says little of the others: they are still there when their green comes")
    func partOfTheLane() throws {
        var queue = UnseenQueue(places: 20, turns: TurnShares(streams: [7, 8], history: [99, 1]))
        for _ in 0..<60 { queue.arrive(0.1) }
        let before = Self.expected(queue)
        // 8 is what few do: whoever comes first is one of the others.
        for _ in 0..<30 { _ = queue.discharge(seen: [(7, 0), (8, 0)], mayGo: { $0 == 8 }) }
        #expect(Self.expected(queue) > 0.8 * before)
        #expect(try #require(queue.vehicles(from: 0, spacing: 7.5).first).stream == 7)
        // With green for most of them nobody can be there.
        for _ in 0..<15 { _ = queue.discharge(seen: [(7, 0), (8, 0)], mayGo: { $0 == 7 }) }
        #expect(Self.expected(queue) < 0.2)
    }

    @Test("What goes is learned, so that those who come are taken for it")
    func turns() {
        var queue = UnseenQueue(places: 5, turns: TurnShares(streams: [7, 8], history: [9, 1]))
        for _ in 0..<400 {
            queue.arrive(1)
            _ = queue.discharge(seen: [(7, 0), (8, 1)], mayGo: { _ in true })
        }
        for _ in 0..<5 { queue.arrive(1) }
        #expect(queue.turns.share(of: [8]) > 0.8)
    }
}
