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
}
