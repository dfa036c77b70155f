import SignalModel
import Testing

@testable import Comparison

@Suite("Claims are as rare, and as sure, as they say")
struct HonestyVerificationTests {
    /// How delays differ from seed to seed.
    enum Luck: CaseIterable {
        case normal, lopsided, heavyTailed

        /// A value with mean 0 and standard deviation about 1.
        func draw(_ random: inout SeededGenerator) -> Double {
            let normal = (0..<12).reduce(-6.0) { sum, _ in sum + random.nextShare() }
            switch self {
            case .normal: return normal
            // Uniform squares: skewness 0.6.
            case .lopsided: return (random.nextShare() * random.nextShare() - 0.25) / 0.22
            // A jam now and then, of both plans alike.
            case .heavyTailed: return normal * (random.nextShare() < 0.1 ? 3 : 0.75)
            }
        }
    }

    private static let trials = 300
    private static let seeds = 10

    /// Claims of a difference between a plan that is `effect` worse and the reference, in `trials` comparisons.
    private func claims(_ luck: Luck, effect: Double, seeds: Int, plans: Int) -> Int {
        var random = SeededGenerator(seed: 7)
        let level = PairedDifference.level(0.95, among: plans)
        return (0..<Self.trials).count { _ in
            let street = (0..<seeds).map { _ in 40 + 5 * luck.draw(&random) }
            let reference = street.map { $0 + luck.draw(&random) }
            let found = (0..<plans).map { _ in
                PairedDifference(
                    street.map { $0 + effect + luck.draw(&random) }, reference: reference, level: level)
            }
            return found.contains { $0.verdict == (effect > 0 ? .higher : .lower) }
                || effect == 0 && found.contains { $0.verdict == .higher }
        }
    }

    /// Two binomial standard errors above a probability.
    private func bound(_ probability: Double) -> Double {
        probability + 2 * (probability * (1 - probability) / Double(Self.trials)).squareRoot()
    }

    @Test("Where there is no difference, one is claimed in 5 % of comparisons at most", arguments: Luck.allCases)
    func falseClaims(luck: Luck) {
        let claims = claims(luck, effect: 0, seeds: Self.seeds, plans: 1)
        #expect(Double(claims) <= bound(0.05) * Double(Self.trials), "\(claims) of \(Self.trials)")
    }

    @Test("Of eight plans that are all the same, one is claimed to differ in 5 % of comparisons at most")
    func falseClaimsAmongMany() {
        let claims = claims(.normal, effect: 0, seeds: Self.seeds, plans: 8)
        #expect(Double(claims) <= bound(0.05) * Double(Self.trials), "\(claims) of \(Self.trials)")
    }

    @Test("With as many seeds as advised, a difference is found as often as promised")
    func power() throws {
        // The difference of two independent unit deviations has deviation √2.
        let effect = 1.0
        let seeds = try #require(
            PairedDifference.seedsNeeded(for: effect, deviation: 2.0.squareRoot(), level: 0.95))
        let claims = claims(.normal, effect: effect, seeds: seeds, plans: 1)
        let promised = PairedDifference.promisedPower
        let error = (promised * (1 - promised) / Double(Self.trials)).squareRoot()
        #expect(Double(claims) / Double(Self.trials) >= promised - 2 * error, "\(claims) of \(Self.trials)")
        #expect(Double(claims) / Double(Self.trials) <= promised + 0.1, "the advice asks for too many seeds")
    }
}
