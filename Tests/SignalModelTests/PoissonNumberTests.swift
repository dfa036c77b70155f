import SignalModel
import Testing

@Suite("Poisson numbers")
struct PoissonNumberTests {
    @Test("Mean and variance are the parameter, also where it is drawn in parts", arguments: [0.3, 1, 20, 1700])
    func moments(mean: Double) {
        var generator = SeededGenerator(seed: 3)
        let count = mean > 100 ? 2000 : 20_000
        let numbers = (0..<count).map { _ in Double(PoissonNumber.draw(mean: mean, using: &generator)) }
        let found = numbers.reduce(0, +) / Double(count)
        let variance = numbers.reduce(0) { $0 + ($1 - found) * ($1 - found) } / Double(count)
        #expect(abs(found - mean) < 4 * (mean / Double(count)).squareRoot())
        #expect(abs(variance / mean - 1) < 0.15)
    }

    @Test("Nothing comes of nothing")
    func none() {
        var generator = SeededGenerator(seed: 3)
        #expect(PoissonNumber.draw(mean: 0, using: &generator) == 0)
        #expect(PoissonNumber.draw(mean: -1, using: &generator) == 0)
    }
}
