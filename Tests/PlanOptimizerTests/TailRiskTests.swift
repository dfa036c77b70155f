import SignalModel
import Testing

@testable import PlanOptimizer

@Suite("Weights of good and bad days")
struct TailRiskTests {
    private func weights(_ costs: [Double], weight: Double, share: Double) -> [Double] {
        var settings = OptimizerSettings()
        settings.tailWeight = weight
        settings.tailShare = share
        return TailRisk(settings: settings).weights(of: costs)
    }

    @Test("Without a weight of the tail all days count alike")
    func mean() { #expect(weights([3, 1, 2, 9], weight: 0, share: 0.25) == [0.25, 0.25, 0.25, 0.25]) }

    @Test("The worst part alone, and one that is no whole number of days")
    func tail() {
        #expect(weights([3, 1, 2, 9], weight: 1, share: 0.5) == [0.5, 0, 0, 0.5])
        let uneven = weights([1, 2, 3, 4], weight: 1, share: 0.375)
        #expect(abs(uneven[3] - 2 / 3.0) < 1e-12)
        #expect(abs(uneven[2] - 1 / 3.0) < 1e-12)
        #expect(uneven[0] == 0)
    }

    @Test("The cost is that of Rockafellar and Uryasev's minimum", arguments: 0..<50 as Range<UInt64>)
    func conditionalValueAtRisk(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let costs = (0..<11).map { _ in Double.random(in: 0...100, using: &generator) }
        let share = Double.random(in: 0.05...1, using: &generator)
        let found = zip(weights(costs, weight: 1, share: share), costs).reduce(0) { $0 + $1.0 * $1.1 }
        // min over a of a + E[(c − a)+]/share; the minimum lies at one of the costs.
        let expected = costs.map { a in
            a + costs.reduce(0) { $0 + max(0, $1 - a) } / (share * Double(costs.count))
        }.min()!
        #expect(abs(found - expected) < 1e-9 * expected)
        #expect(abs(weights(costs, weight: 0.4, share: share).reduce(0, +) - 1) < 1e-12)
    }
}
