import Testing

@testable import Comparison

@Suite("Student's t against published and SciPy's values")
struct StudentTVerificationTests {
    /// SciPy 1.17.1, `scipy.stats.t.ppf((1 + p) / 2, df)`; the rows of 0.95 agree with Abramowitz and Stegun 1964, table
    /// 26.10, to its three decimals.
    @Test(arguments: [
        (0.95, 1, 12.706204736174694), (0.95, 2, 4.302652729749462), (0.95, 9, 2.262157162798205),
        (0.99375, 9, 3.546508498078632), (0.995, 4, 5.597568367075492), (0.95, 99, 1.9842169515864174),
        (0.5, 7, 0.7111417780817866), (0.999, 30, 3.6459586350420627),
    ])
    func quantiles(probability: Double, freedom: Int, expected: Double) {
        let found = StudentT.centralQuantile(probability, degreesOfFreedom: freedom)
        #expect(abs(found - expected) < 1e-9 * expected)
    }

    @Test("The quantile undoes the probability, for any degrees of freedom")
    func inverse() {
        for freedom in [1, 2, 3, 4, 5, 10, 31, 100, 999] {
            for probability in [0.0, 0.1, 0.5, 0.9, 0.99, 0.9999] {
                let t = StudentT.centralQuantile(probability, degreesOfFreedom: freedom)
                #expect(abs(StudentT.centralProbability(t, degreesOfFreedom: freedom) - probability) < 1e-9)
            }
        }
    }
}
