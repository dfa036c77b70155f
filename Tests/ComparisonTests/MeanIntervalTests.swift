import SignalModel
import Testing

@testable import Comparison

@Suite("Intervals of a mean")
struct MeanIntervalTests {
    @Test("Of even values the interval is Student's t")
    func studentsT() throws {
        let interval = MeanInterval(of: [1, 2, 3, 4, 5], level: 0.95)
        // s = √2.5, t(0.95, 4) = 2.776445.
        let half = 2.776_445_105 * (2.5 / 5).squareRoot()
        #expect(interval.method == .t && interval.mean == 3)
        #expect(abs(try #require(interval.low) - (3 - half)) < 1e-8)
        #expect(abs(try #require(interval.high) - (3 + half)) < 1e-8)
    }

    @Test("Of skewed values each end is the farther of Student's t and the bootstrap")
    func skewed() throws {
        let values = [0.2, 0.3, 0.1, 0.5, 0.2, 0.4, 0.3, 0.2, 0.6, 3.9, 0.1, 0.3]
        // SciPy 1.17.1, scipy.stats.bootstrap(method="BCa", n_resamples=200000): 0.2583 to 1.79.
        let bootstrap = try #require(BootstrapInterval.ends(of: Sample(values), level: 0.95))
        #expect(abs(bootstrap.lowerBound - 0.2583) < 0.01)
        #expect(abs(bootstrap.upperBound - 1.79) < 0.06)
        let interval = MeanInterval(of: values, level: 0.95)
        #expect(interval.method == .bootstrap)
        let half = StudentT.centralQuantile(0.95, degreesOfFreedom: 11) * Sample(values).standardError
        #expect(interval.low == interval.mean - half)
        #expect(interval.high == bootstrap.upperBound)
    }

    @Test("One value has no interval, equal values one without length")
    func degenerate() {
        #expect(MeanInterval(of: [7], level: 0.95).low == nil)
        #expect(MeanInterval(of: [7], level: 0.95).method == .none)
        let flat = MeanInterval(of: [7, 7, 7], level: 0.95)
        #expect(flat.low == 7 && flat.high == 7)
    }

    @Test("The same values give the same interval")
    func repeatable() {
        let values = [0.2, 0.3, 0.1, 0.5, 0.2, 0.4, 0.3, 0.2, 0.6, 3.9, 0.1, 0.3]
        #expect(MeanInterval(of: values, level: 0.99) == MeanInterval(of: values, level: 0.99))
    }
}
