import PerformanceModel
import Testing

@Suite("Platoon dispersion")
struct PlatoonDispersionTests {
    /// Sum, mean and standard deviation of the steps that one vehicle at step 0 is spread over.
    private static func moments(_ dispersion: PlatoonDispersion) -> (sum: Double, mean: Double, deviation: Double) {
        let spread = dispersion.arrivals(of: [1], stepCount: 5000)
        let sum = spread.reduce(0, +)
        let mean = spread.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element } / sum
        let variance =
            spread.enumerated().reduce(0) {
                $0 + (Double($1.offset) - mean) * (Double($1.offset) - mean) * $1.element
            } / sum
        return (sum, mean * dispersion.step, variance.squareRoot() * dispersion.step)
    }

    @Test(
        "No vehicle is lost, and the calibrated spread has the mean and deviation that were measured",
        arguments: [(30.0, 4.0, 1.0), (60, 10, 2), (22.8, 5.951, 0.1), (120, 25, 5)])
    func moments(mean: Double, deviation: Double, step: Double) {
        let dispersion = PlatoonDispersion(meanTravelTime: mean, standardDeviation: deviation, step: step)
        let found = Self.moments(dispersion)
        #expect(abs(found.sum - 1) < 1e-9)
        #expect(abs(found.mean - mean) < 1e-6 * mean)
        // A lag between two steps adds at most half a step to the deviation.
        #expect(abs(found.deviation - deviation) < step * step / (4 * deviation))
    }

    @Test("Robertson's own parameters give his smoothing factor", arguments: [5.0, 20, 60])
    func robertson(travelTime: Double) {
        let dispersion = PlatoonDispersion(travelTime: travelTime, alpha: 0.35, beta: 0.8)
        #expect(abs(dispersion.smoothing - 1 / (1 + 0.35 * 0.8 * travelTime)) < 1e-12)
        #expect(abs(dispersion.lag - 0.8 * travelTime) < 1e-12)
        #expect(abs(dispersion.alpha - 0.35) < 1e-12)
        #expect(abs(dispersion.beta - 0.8) < 1e-12)
    }

    @Test("Without spread the platoon comes as it left")
    func noSpread() {
        let dispersion = PlatoonDispersion(meanTravelTime: 3, standardDeviation: 0)
        let arrivals = dispersion.arrivals(of: [4, 0, 2], stepCount: 8)
        #expect(dispersion.smoothing == 1)
        #expect(arrivals == [0, 0, 0, 4, 0, 2, 0, 0])
    }

    @Test("A spread wider than the mean leaves no lag, but no vehicle behind")
    func wide() {
        let dispersion = PlatoonDispersion(meanTravelTime: 5, standardDeviation: 50)
        #expect(dispersion.lag == 0)
        #expect(abs(Self.moments(dispersion).sum - 1) < 1e-9)
    }

    @Test("The longer the street, the flatter the platoon")
    func flattening() {
        let departures = Array(repeating: 0.5, count: 20)
        let peaks = [10.0, 30, 60, 120].map { travelTime in
            PlatoonDispersion(travelTime: travelTime, alpha: 0.35, beta: 0.8)
                .arrivals(of: departures, stepCount: 400).max() ?? 0
        }
        #expect(zip(peaks, peaks.dropFirst()).allSatisfy { $0 > $1 })
    }
}
