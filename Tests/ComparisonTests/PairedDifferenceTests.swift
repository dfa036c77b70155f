import SignalModel
import Testing

@testable import Comparison

@Suite("Paired differences and what may be said of them")
struct PairedDifferenceTests {
    private let reference = [50.0, 60, 55, 70, 65]

    @Test("A difference is shown when the interval is on one side of zero")
    func shown() {
        let lower = PairedDifference(reference.map { $0 - 3 + $0 / 100 }, reference: reference, level: 0.95)
        #expect(lower.verdict == .lower && lower.moreSeeds == nil)
        let higher = PairedDifference(reference.map { $0 + 2 + $0 / 100 }, reference: reference, level: 0.95)
        #expect(higher.verdict == .higher)
    }

    @Test("An interval that spans zero shows nothing, and says how many more seeds might")
    func notShown() throws {
        let values = zip(reference, [-4.0, 5, 3, -3, 2]).map { $0 + $1 }
        let difference = PairedDifference(values, reference: reference, level: 0.95)
        #expect(difference.verdict == .noDifferenceShown)
        #expect(try #require(difference.moreSeeds) > 100)
    }

    @Test("A plan does not differ from itself, and one seed shows nothing")
    func nothing() {
        let same = PairedDifference(reference, reference: reference, level: 0.95)
        #expect(same.verdict == .noDifferenceShown && same.moreSeeds == nil)
        let once = PairedDifference([1], reference: [2], level: 0.95)
        #expect(once.verdict == .noDifferenceShown && once.interval.low == nil && once.moreSeeds == nil)
    }

    @Test("Differences that are one number are shown from as many seeds on as a test of their signs takes")
    func oneNumber() {
        func difference(seeds: Int, by step: Double, level: Double = 0.95) -> PairedDifference {
            let values = (0..<seeds).map { 50.1 + 0.7 * Double($0) }
            return PairedDifference(values.map { $0 + step }, reference: values, level: level)
        }
        for seeds in 2...5 {
            for step in [-3, 0.3] {
                let few = difference(seeds: seeds, by: step)
                #expect(few.verdict == .noDifferenceShown && few.moreSeeds == 6 - seeds)
            }
        }
        #expect(difference(seeds: 6, by: -3).verdict == .lower)
        #expect(difference(seeds: 6, by: 0.3).verdict == .higher)
        #expect(difference(seeds: 6, by: -3, level: 0.99375).moreSeeds == 3)
        #expect(difference(seeds: 9, by: -3, level: 0.99375).verdict == .lower)
        #expect(difference(seeds: 2, by: 0).moreSeeds == nil)
    }

    /// Least n by the noncentral t of SciPy 1.17.1: 34, 55 and 5.
    @Test(arguments: [(1.0, 2.0, 0.95, 34), (0.5, 1, 0.99375, 55), (2, 1, 0.95, 5)])
    func seedsNeeded(difference: Double, deviation: Double, level: Double, exact: Int) throws {
        let found = try #require(PairedDifference.seedsNeeded(for: difference, deviation: deviation, level: level))
        #expect((exact...exact + 2).contains(found))
    }

    @Test("Of several comparisons each is held to a stricter level")
    func several() {
        #expect(PairedDifference.level(0.95, among: 1) == 0.95)
        #expect(abs(PairedDifference.level(0.95, among: 8) - 0.99375) < 1e-12)
    }
}
