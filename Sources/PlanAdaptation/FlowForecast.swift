import SignalModel

/// Forecasts of all flows of a network: the demand of the district, and what each flow has of it.
///
/// Counts of a few minutes tell little of a single turn: of ten vehicles a third more or less is chance, and plans for what
/// chance made of them are worse than plans for no news. All sources together tell much. So the flow i is forecast as mᵢ·F:
/// F, the measured sources over what their mᵢ sum to, is smoothed with a trend (``HoltForecast``); mᵢ is a mean of the
/// measured flow over F with a long memory. Crossings for people on foot are forecast each on its own.
public struct FlowForecast: Sendable {
    private struct CrossingKey: Hashable, Comparable {
        var junction: JunctionID
        var group: SignalGroupID

        static func < (one: Self, other: Self) -> Bool { (one.junction, one.group) < (other.junction, other.group) }
    }

    private let settings: ForecastSettings
    /// The demand of the district over the usual one; nil before the first measurement.
    public private(set) var level: HoltForecast?
    private var sources: [LinkID: RunningMean] = [:]
    private var movements: [MovementID: RunningMean] = [:]
    private var laneShares: [MovementID: [Double]] = [:]
    private var crossings: [CrossingKey: HoltForecast] = [:]
    /// End of the last measurement, s of network time; nil before the first.
    public private(set) var measuredUntil: Double?

    /// Begins without measurements.
    ///
    /// - Parameter usual: Flows known beforehand, such as those that the first plan was made for; their means count like
    ///   measurements of the time that is remembered.
    public init(settings: ForecastSettings = .init(), usual: Flows? = nil) {
        self.settings = settings
        guard let usual else { return }
        for source in usual.sources {
            let mean = Self.mean(source.flowPerHour)
            sources[source.link] = RunningMean(
                mean, variance: Self.variance(ofCounted: mean, over: settings.memory), of: settings.memory)
        }
        for flow in usual.movements {
            let mean = Self.mean(flow.flowPerHour)
            movements[flow.movement] = RunningMean(
                mean, variance: Self.variance(ofCounted: mean, over: settings.memory), of: settings.memory)
            laneShares[flow.movement] = flow.laneShares
        }
    }

    /// Takes in measured flows; the mean over those of their intervals that begin after what was taken in before counts, as
    /// measured in the middle of them.
    ///
    /// So windows that overlap may be given one after another. What the flows do not list is as it was forecast.
    public mutating func observe(_ measured: Flows) {
        let flows = measured.since(measuredUntil ?? -.infinity)
        guard flows.duration > 0 else { return }
        measuredUntil = flows.start + flows.duration
        let middle = flows.start + flows.duration / 2
        let factor = observeLevel(flows, at: middle)
        for source in flows.sources {
            let mean = Self.mean(source.flowPerHour)
            update(
                &sources[source.link], with: mean, variance: Self.variance(ofCounted: mean, over: flows.duration),
                factor: factor, over: flows.duration)
        }
        for flow in flows.movements {
            let count = Double(max(1, flow.flowPerHour.count))
            let variance = flow.standardErrorPerHour.reduce(0) { $0 + $1 * $1 } / count / count
            update(
                &movements[flow.movement], with: Self.mean(flow.flowPerHour), variance: variance, factor: factor,
                over: flows.duration)
            laneShares[flow.movement] = flow.laneShares
        }
        for crossing in flows.crossings {
            let key = CrossingKey(junction: crossing.junction, group: crossing.group)
            let mean = Self.mean(crossing.flowPerHour)
            let value = HoltForecast.Value(
                mean, standardError: Self.variance(ofCounted: mean, over: flows.duration).squareRoot())
            if crossings[key]?.observe(value, at: middle) == nil {
                crossings[key] = HoltForecast(value, at: middle, settings: settings.level)
            }
        }
    }

    /// Flows that are expected in intervals from a time on, each as in the middle of its interval.
    ///
    /// - Parameters:
    ///   - start: Start of the first interval, s of network time.
    ///   - count: Number of intervals.
    ///   - length: Length of an interval, s.
    ///   - shift: What is added to the level of the district, in standard errors.
    ///   - deviation: What is added to each other value in standard errors, asked once for each source, movement and crossing.
    public func flows(
        from start: Double, intervals count: Int, of length: Double, shift: Double = 0, deviation: () -> Double = { 0 }
    ) -> Flows {
        let middles = (0..<count).map { start + (Double($0) + 0.5) * length }
        let levels = middles.map { middle in level?.value(at: middle) ?? .init(1, standardError: 0) }
        let factors = levels.map { max(0, $0.value + shift * $0.standardError) }
        func expected(_ mean: RunningMean) -> [Double] {
            let value = max(0, mean.value + deviation() * mean.variance.squareRoot())
            return factors.map { $0 * value }
        }
        return Flows(
            start: start, intervalLength: length, intervalCount: count,
            sources: sources.sorted { $0.key < $1.key }.map { LinkFlow(link: $0.key, flowPerHour: expected($0.value)) },
            movements: movements.sorted { $0.key < $1.key }.map { movement, mean in
                let errors = levels.map { level in
                    (level.value * level.value * mean.variance
                        + mean.value * mean.value * level.standardError * level.standardError).squareRoot()
                }
                return MovementFlow(
                    movement: movement, flowPerHour: expected(mean), standardErrorPerHour: errors,
                    laneShares: laneShares[movement] ?? [])
            },
            crossings: crossings.sorted { $0.key < $1.key }.map { key, forecast in
                let own = deviation()
                return CrossingFlow(
                    junction: key.junction, group: key.group,
                    flowPerHour: middles.map { middle in
                        let value = forecast.value(at: middle)
                        return max(0, value.value + own * value.standardError)
                    })
            })
    }

    /// Takes in the level of the district's demand, and gives what it is now.
    private mutating func observeLevel(_ flows: Flows, at middle: Double) -> Double {
        var (measured, usual, variance) = (0.0, 0.0, 0.0)
        for source in flows.sources {
            guard let known = sources[source.link] else { continue }
            let mean = Self.mean(source.flowPerHour)
            measured += mean
            usual += known.value
            variance += Self.variance(ofCounted: mean, over: flows.duration)
        }
        guard usual > 0 else { return max(Self.leastLevel, level?.level ?? 1) }
        let value = HoltForecast.Value(measured / usual, standardError: variance.squareRoot() / usual)
        if level?.observe(value, at: middle) == nil {
            level = HoltForecast(value, at: middle, settings: settings.level, usualChange: settings.usualChange)
        }
        return max(Self.leastLevel, level?.level ?? 1)
    }

    private func update(
        _ mean: inout RunningMean?, with value: Double, variance: Double, factor: Double, over duration: Double
    ) {
        let variance = variance / factor / factor
        if mean?.observe(value / factor, variance: variance, of: duration, memory: settings.memory) == nil {
            mean = RunningMean(value / factor, variance: variance, of: duration)
        }
    }

    /// Level below which next to nothing is learnt of single flows.
    private static let leastLevel = 0.05

    private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }

    /// Variance of a counted flow, (veh/h)²: that of the number of vehicles is their number, of one at least.
    private static func variance(ofCounted flowPerHour: Double, over duration: Double) -> Double {
        let perVehicle = 3600 / duration
        return max(1, flowPerHour / perVehicle) * perVehicle * perVehicle
    }
}

extension Flows {
    /// The intervals that begin at a time or later, s of network time.
    fileprivate func since(_ time: Double) -> Flows {
        guard intervalLength > 0, time > start else { return self }
        // Ends are sums of lengths, and may be off by what sums are.
        let passed = ((time - start) / intervalLength - 1e-6).rounded(.up)
        let first = passed < Double(intervalCount) ? max(0, Int(passed)) : intervalCount
        func rest(_ values: [Double]) -> [Double] { Array(values.dropFirst(first)) }
        var flows = self
        flows.start += Double(first) * intervalLength
        flows.intervalCount -= first
        for number in flows.sources.indices { flows.sources[number].flowPerHour = rest(sources[number].flowPerHour) }
        for number in flows.movements.indices {
            flows.movements[number].flowPerHour = rest(movements[number].flowPerHour)
            flows.movements[number].standardErrorPerHour = rest(movements[number].standardErrorPerHour)
        }
        for number in flows.crossings.indices {
            flows.crossings[number].flowPerHour = rest(crossings[number].flowPerHour)
        }
        return flows
    }
}
