/// How a platoon spreads on its way from one stop line to the next.
///
/// Robertson (1969): vehicles come after a lag and then a geometrically distributed wait,
/// q'(t) = F·q(t − lag) + (1 − F)·q'(t − 1) with F = 1/(1 + wait/step). In his terms lag = β·T, wait = α·β·T.
public struct PlatoonDispersion: Sendable, Equatable {
    /// Travel time that the parameters refer to, s.
    public let travelTime: Double
    /// Time after which the first vehicles come, s.
    public let lag: Double
    /// Mean time by which vehicles come later than the first, s.
    public let meanWait: Double
    /// Length of a step of the profiles, s.
    public let step: Double

    /// Takes the mean wait as given; the mean of all travel times is `travelTime` unless it is less than the wait.
    ///
    /// - Parameters:
    ///   - travelTime: Mean travel time, s.
    ///   - meanWait: Mean time by which vehicles come later than the first, s.
    ///   - step: Length of a step of the profiles, s.
    /// - Precondition: travelTime ≥ 0, meanWait ≥ 0, step > 0.
    public init(travelTime: Double, meanWait: Double, step: Double = 1) {
        self.init(travelTime: travelTime, lag: max(0, travelTime - meanWait), meanWait: meanWait, step: step)
    }

    /// Takes Robertson's parameters; his own are α = 0.35 and β = 0.8.
    ///
    /// - Parameters:
    ///   - travelTime: T, travel time of the platoon, s.
    ///   - alpha: α, platoon dispersion factor.
    ///   - beta: β, lag as a share of the travel time.
    ///   - step: Length of a step of the profiles, s.
    /// - Precondition: No parameter is negative, step > 0.
    public init(travelTime: Double, alpha: Double, beta: Double, step: Double = 1) {
        self.init(
            travelTime: travelTime, lag: beta * travelTime, meanWait: alpha * beta * travelTime, step: step)
    }

    /// Calibrates to measured travel times: the spread then has their mean and their standard deviation.
    ///
    /// β = (2T + n − √(n² + 4σ²))/(2T), α = (1 − β)/β, F = n·(√(n² + 4σ²) − n)/(2σ²) with the step n (Rakha and
    /// Farzaneh 2006; for n = 1 Yu 2000). A standard deviation too great for the mean leaves no lag.
    ///
    /// - Parameters:
    ///   - meanTravelTime: T, s.
    ///   - standardDeviation: σ, s.
    ///   - step: n, length of a step of the profiles, s.
    /// - Precondition: meanTravelTime ≥ 0, standardDeviation ≥ 0, step > 0.
    public init(meanTravelTime: Double, standardDeviation: Double, step: Double = 1) {
        let root = (step * step + 4 * standardDeviation * standardDeviation).squareRoot()
        self.init(travelTime: meanTravelTime, meanWait: (root - step) / 2, step: step)
    }

    private init(travelTime: Double, lag: Double, meanWait: Double, step: Double) {
        precondition(travelTime >= 0 && lag >= 0 && meanWait >= 0 && step > 0)
        self.travelTime = travelTime
        self.lag = lag
        self.meanWait = meanWait
        self.step = step
    }

    /// Share of the vehicles due that come in a step, F.
    public var smoothing: Double { 1 / (1 + meanWait / step) }

    /// Platoon dispersion factor, α: wait as a share of the lag; infinite without a lag.
    public var alpha: Double { meanWait / lag }

    /// Lag as a share of the travel time, β; not a number without a travel time.
    public var beta: Double { lag / travelTime }

    /// The flow that arrives, from the flow that departs upstream.
    ///
    /// - Parameters:
    ///   - departures: Flow or vehicles in each step from 0 on; nothing departs after them.
    ///   - stepCount: Steps to follow the platoon for.
    /// - Returns: `stepCount` values in the unit of the departures.
    /// - Precondition: stepCount ≥ 0.
    public func arrivals(of departures: [Double], stepCount: Int) -> [Double] {
        precondition(stepCount >= 0)
        let whole = lagSteps.whole
        func departed(_ step: Int) -> Double { departures.indices.contains(step) ? departures[step] : 0 }
        var flow = 0.0
        return (0..<stepCount).map { step in
            let due =
                departed(step - whole) * (1 - lagSteps.lateShare) + departed(step - whole - 1) * lagSteps.lateShare
            flow += smoothing * (due - flow)
            return flow
        }
    }

    /// The lag in whole steps, and the share of the vehicles that take one step more, so that the mean is right.
    var lagSteps: (whole: Int, lateShare: Double) {
        let steps = lag / step
        return (Int(steps), steps - Double(Int(steps)))
    }
}
