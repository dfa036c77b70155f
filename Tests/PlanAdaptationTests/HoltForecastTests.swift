import PlanAdaptation
import SignalModel
import TestSupport
import Testing

@Suite("Forecasts of one quantity")
struct HoltForecastTests {
    private static func forecast(
        _ values: [Double], every step: Double = 300, error: Double = 10, settings: HoltForecast.Settings = .init()
    ) -> HoltForecast {
        var result = HoltForecast(.init(values[0], standardError: error), at: 0, settings: settings)
        for (number, value) in values.enumerated().dropFirst() {
            result.observe(.init(value, standardError: error), at: Double(number) * step)
        }
        return result
    }

    @Test("What stays the same is forecast to stay the same")
    func constant() {
        let forecast = Self.forecast(Array(repeating: 420, count: 40))
        for ahead in [0.0, 300, 900, 1e6] {
            #expect(abs(forecast.value(at: 39 * 300 + ahead).value - 420) < 1e-9)
        }
        // All that is left to doubt is the error of the measurements.
        #expect(abs(forecast.value(at: 39 * 300 + 300).standardError - 10) < 1e-9)
    }

    @Test("Without damping a straight line is forecast to go on, as by Holt's own recursions")
    func line() {
        var settings = HoltForecast.Settings()
        settings.dampingTime = 1e12
        let values = (0..<80).map { 100 + 7 * Double($0) }
        let forecast = Self.forecast(values, settings: settings)
        for steps in 1...6 {
            let expected = 100 + 7 * Double(79 + steps)
            let found = forecast.value(at: 300 * Double(79 + steps)).value
            #expect(abs(found - expected) < 1e-3, "\(steps) steps: \(found), expected \(expected)")
        }
    }

    @Test("The recursions are Holt's with a damped trend, written out", arguments: 0..<20 as Range<UInt64>)
    func recursions(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var settings = HoltForecast.Settings()
        settings.dampingTime = 900
        let values = (0..<30).map { _ in Double.random(in: 0...900, using: &random) }
        let forecast = Self.forecast(values, settings: settings)
        // The weights of steps of 300 s: 1 − e^(−3/4), 1 − e^(−1/3), e^(−1/3).
        let (alpha, beta, damping) = (0.527633447258985, 0.283468689426211, 0.716531310573789)
        let reach = settings.dampingTime * (1 - damping)
        var (level, trend) = (values[0], 0.0)
        for value in values.dropFirst() {
            let next = alpha * value + (1 - alpha) * (level + reach * trend)
            trend = beta * (next - level) / reach + (1 - beta) * damping * trend
            level = next
        }
        #expect(abs(forecast.level - level) < 1e-8 && abs(forecast.trend - trend) < 1e-10)
        let far = forecast.value(at: 1e9).value
        #expect(abs(far - level - trend * settings.dampingTime) < 1e-6)
    }

    @Test("A trend is followed ahead of the smoothed past, and dies out")
    func trend() {
        let forecast = Self.forecast((0..<8).map { 300 + 60 * Double($0) })
        let now = forecast.value(at: 2100).value
        let next = forecast.value(at: 2400).value
        let later = forecast.value(at: 2700).value
        #expect(next > now && later > next && later - next < next - now)
        #expect(next > 640, "forecast \(next)")
    }

    @Test("A doubtful measurement counts for less, and one out of order for nothing")
    func doubt() {
        var (sure, unsure) = (Self.forecast([300, 300, 300]), Self.forecast([300, 300, 300]))
        sure.observe(.init(600, standardError: 10), at: 900)
        unsure.observe(.init(600, standardError: 100), at: 900)
        #expect(sure.level > 450 && unsure.level < 310 && unsure.level > 300)
        let before = sure
        sure.observe(.init(900, standardError: 1), at: 900)
        sure.observe(.init(900, standardError: 1), at: 300)
        #expect(sure == before)
    }

    @Test("Doubt grows with the time ahead and with the errors that were made")
    func growingDoubt() {
        let calm = Self.forecast(Array(repeating: 300, count: 20))
        let wild = Self.forecast((0..<20).map { $0.isMultiple(of: 2) ? 200 : 400 })
        var last = 0.0
        for ahead in stride(from: 0.0, through: 3600, by: 300) {
            let doubt = wild.value(at: 19 * 300 + ahead).standardError
            #expect(doubt >= last)
            last = doubt
        }
        #expect(wild.value(at: 6000).standardError > 5 * calm.value(at: 6000).standardError)
    }

    @Test("Errors of forecasts lie within the standard errors that were given", arguments: [300.0, 900])
    func coverage(ahead: Double) {
        var random = SplitMix64(seed: 5)
        var (inside, all) = (0, 0)
        for _ in 0..<60 {
            let mean = Double.random(in: 100...900, using: &random)
            // Counts of 5 minutes about a mean that stays, in veh/h.
            let counts = (0..<40).map { _ in Double(PoissonNumber.draw(mean: mean / 12, using: &random)) }
            var forecast = HoltForecast(
                .init(counts[0] * 12, standardError: counts[0].squareRoot() * 12), at: 0)
            for (number, count) in counts.enumerated().dropFirst() {
                let time = 300 * Double(number)
                if number > 12 {
                    let expected = forecast.value(at: time + ahead - 300)
                    let later = min(counts.count - 1, number + Int(ahead / 300) - 1)
                    all += 1
                    if abs(counts[later] * 12 - expected.value) < 2 * expected.standardError { inside += 1 }
                }
                forecast.observe(.init(count * 12, standardError: max(1, count).squareRoot() * 12), at: time)
            }
        }
        let share = Double(inside) / Double(all)
        #expect((0.85...0.995).contains(share), "\(share) within two standard errors")
    }
}
