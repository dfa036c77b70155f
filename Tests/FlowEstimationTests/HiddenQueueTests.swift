import TestSupport
import Testing

@testable import FlowEstimation

@Suite("Queues before covered detectors")
struct HiddenQueueTests {
    @Test("Without a covered detector nothing is moved")
    func uncovered() {
        #expect(HiddenQueue(counts: [4, 12, 30, 2], occupancy: [0.05, 0.2, 0.39, 0]) == nil)
    }

    @Test("Who passed under cover came at the rate at which the queue grew")
    func grew() throws {
        // 16 a minute come for three minutes and four more; from the third on only 8 a minute pass.
        let counts: [Double] = [2, 16, 16, 8, 8, 8, 4, 0]
        let occupancy: [Double] = [0, 0.1, 0.5, 0.9, 0.8, 0.7, 0.1, 0]
        let queue = try #require(HiddenQueue(counts: counts, occupancy: occupancy))
        let came = queue.moved(counts)
        let expected: [Double] = [2, 16, 16, 16, 12, 0, 0, 0]
        let difference = zip(came, expected).map { abs($0 - $1) }.max() ?? 0
        #expect(difference < 1e-9, "\(came)")
    }

    @Test("First in is first out: a movement that passes late came late among those that waited")
    func firstInFirstOut() throws {
        let counts: [Double] = [10, 10, 2, 8, 0]
        let occupancy: [Double] = [0.1, 0.9, 0.9, 0.5, 0]
        let queue = try #require(HiddenQueue(counts: counts, occupancy: occupancy))
        // The 8 of the fourth interval and the 2 of the third came with the second's at 10 an interval.
        let late = queue.moved([0, 0, 0, 8, 0])
        #expect(abs(late[2] - 8) < 1e-9, "\(late)")
    }

    @Test("Every vehicle is kept, and none comes after it was counted", arguments: 0..<200 as Range<UInt64>)
    func properties(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let counts = (0..<24).map { _ in Double(Int.random(in: 0...20, using: &random)) }
        let occupancy = (0..<24).map { _ in Double.random(in: 0...0.8, using: &random) }
        guard let queue = HiddenQueue(counts: counts, occupancy: occupancy) else { return }
        let came = queue.moved(counts)
        #expect(abs(came.reduce(0, +) - counts.reduce(0, +)) < 1e-6)
        #expect(came.allSatisfy { $0 >= -1e-9 })
        var ahead = 0.0
        for (one, other) in zip(came, counts) {
            ahead += one - other
            #expect(ahead >= -1e-6)
        }
        for (interval, shares) in queue.cameIn.enumerated() {
            #expect(abs(shares.values.reduce(0, +) - 1) < 1e-9)
            #expect(shares.keys.allSatisfy { $0 <= interval })
        }
    }
}
