import SignalModel
import TestSupport
import Testing

@testable import PlanAdaptation

@Suite("Greens in whole seconds nearest to wanted ones")
struct WholeGreensTests {
    /// Every choice within the bounds.
    private static func choices(_ bounds: [ClosedRange<Int>]) -> [[Int]] {
        bounds.reduce([[]]) { known, bound in known.flatMap { start in bound.map { start + [$0] } } }
    }

    private static func distance(_ greens: [Int], _ wanted: [Double]) -> Double {
        zip(greens, wanted).reduce(0) { $0 + (Double($1.0) - $1.1) * (Double($1.0) - $1.1) }
    }

    @Test("No other choice is nearer", arguments: 0..<300 as Range<UInt64>)
    func exact(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let count = Int.random(in: 1...4, using: &random)
        let bounds = (0..<count).map { _ in
            let least = Int.random(in: 3...12, using: &random)
            return least...(least + Int.random(in: 0...7, using: &random))
        }
        let wanted = (0..<count).map { _ in Double.random(in: -20...50, using: &random) }
        let sum = Int.random(in: 3 * count...20 * count, using: &random)
        let allowed = Self.choices(bounds).filter { $0.reduce(0, +) == sum }
        let found = WholeGreens.nearest(to: wanted, within: bounds, sum: sum)
        guard let best = allowed.map({ Self.distance($0, wanted) }).min() else {
            #expect(found == nil)
            return
        }
        let greens = try #require(found)
        #expect(allowed.contains(greens))
        #expect(abs(Self.distance(greens, wanted) - best) < 1e-9)
    }

    @Test("Equals are served in their order")
    func ties() {
        #expect(WholeGreens.nearest(to: [10, 10, 10], within: [5...20, 5...20, 5...20], sum: 32) == [11, 11, 10])
        #expect(WholeGreens.nearest(to: [], within: [], sum: 0) == [])
        #expect(WholeGreens.nearest(to: [], within: [], sum: 1) == nil)
    }
}
