#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A forecast of one quantity that is measured again and again: exponential smoothing with a trend that dies out.
///
/// Level and trend are smoothed as in Holt (1957); the trend is damped as in Gardner and McKenzie (1985). Measurements may
/// come at any times: the weights are those of smoothing with time constants, 1 − e^(−Δ/T) after Δ seconds.
public struct HoltForecast: Sendable, Equatable {
    /// Time constants of the smoothing.
    public struct Settings: Sendable, Equatable {
        /// Time within which the level follows, s.
        public var levelTime = 400.0
        /// Time within which the trend follows, s.
        public var trendTime = 900.0
        /// Time in which a trend dies out, s: none reaches further than its slope times this.
        public var dampingTime = 900.0
        /// Time within which the size of the errors is learnt, s.
        public var errorTime = 1800.0

        /// Takes the standard values.
        public init() {}
    }

    /// A value with its standard error.
    public struct Value: Sendable, Equatable {
        /// The value.
        public var value: Double
        /// Its standard error.
        public var standardError: Double

        /// States a value.
        public init(_ value: Double, standardError: Double) {
            self.value = value
            self.standardError = standardError
        }
    }

    private let settings: Settings
    /// Time of the last measurement, s.
    public private(set) var time: Double
    /// Smoothed value then.
    public private(set) var level: Double
    /// Smoothed slope then, per second.
    public private(set) var trend = 0.0
    /// Mean square of the errors of forecasts from one measurement to the next.
    private var errorVariance: Double
    /// Mean variance of the measurements themselves.
    private var usualVariance: Double
    /// Usual time from one measurement to the next, s; nil before the second.
    private var usualStep: Double?

    /// Begins with a first measurement.
    ///
    /// - Parameter usualChange: What is to be expected of the change from one measurement to the next, beside their errors,
    ///   as long as none has been seen.
    public init(_ first: Value, at time: Double, settings: Settings = .init(), usualChange: Double = 0) {
        self.settings = settings
        self.time = time
        level = first.value
        usualVariance = first.standardError * first.standardError
        errorVariance = usualVariance + usualChange * usualChange
    }

    /// Takes in a measurement; one that is not later than the last is left out.
    ///
    /// A measurement with a greater standard error than usual counts for less: with the variances R of it and R̄ of usual
    /// ones, the weight α becomes α/(α + (1 − α)·R/R̄), as in the steady Kalman filter whose gain for R̄ is α.
    public mutating func observe(_ measured: Value, at moment: Double) {
        let step = moment - time
        guard step > 0 else { return }
        let variance = measured.standardError * measured.standardError
        let alpha = Self.weight(step, settings.levelTime)
        let beta = Self.weight(step, settings.trendTime)
        let ratio = usualVariance > 0 ? variance / usualVariance : 1
        let gain = alpha / (alpha + (1 - alpha) * ratio)
        let reach = reach(of: step)
        let error = measured.value - level - trend * reach
        let next = level + trend * reach + gain * error
        trend = beta * (next - level) / reach + (1 - beta) * (1 - Self.weight(step, settings.dampingTime)) * trend
        level = next
        time = moment
        let share = Self.weight(step, settings.errorTime)
        errorVariance += share * (error * error - errorVariance)
        usualVariance += alpha * (variance - usualVariance)
        usualStep = usualStep.map { $0 + alpha * (step - $0) } ?? step
    }

    /// What is expected at a time; the past is as it was at the last measurement.
    ///
    /// The variance is that of the damped trend, v·(1 + Σ c²ⱼ) over the steps j between, cⱼ = α(1 + β·φⱼ) with φⱼ the sum
    /// of the powers φ … φʲ (Hyndman, Koehler, Ord and Snyder 2008, table 6.1), at least that of a measurement.
    public func value(at moment: Double) -> Value {
        let ahead = max(0, moment - time)
        let variance = max(errorVariance, usualVariance)
        guard let usualStep, ahead > usualStep else {
            return Value(level + trend * reach(of: ahead), standardError: variance.squareRoot())
        }
        let alpha = Self.weight(usualStep, settings.levelTime)
        let beta = Self.weight(usualStep, settings.trendTime)
        let damping = 1 - Self.weight(usualStep, settings.dampingTime)
        var (sum, powers, power) = (1.0, 0.0, 1.0)
        var left = min(ahead / usualStep, Self.mostSteps) - 1
        while left > 0 {
            power *= damping
            powers += power
            let weight = alpha * (1 + beta * powers)
            sum += min(1, left) * weight * weight
            left -= 1
        }
        return Value(level + trend * reach(of: ahead), standardError: (variance * sum).squareRoot())
    }

    /// Steps beyond which a forecast says no more than at them.
    private static let mostSteps = 1000.0

    /// Seconds of the present slope that the trend adds in some time: T(1 − e^(−t/T)).
    private func reach(of seconds: Double) -> Double {
        settings.dampingTime * Self.weight(seconds, settings.dampingTime)
    }

    private static func weight(_ seconds: Double, _ timeConstant: Double) -> Double { 1 - exp(-seconds / timeConstant) }
}
