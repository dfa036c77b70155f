import SignalModel

extension NetworkModel {
    /// Delay of the people who cross at a junction in the analysis period, person-seconds.
    ///
    /// (C − g)²/(2C) for each (HCM 2010 equation 18-71), with the displayed green as the time in which people start.
    public func pedestrianDelay(under plan: JunctionPlan, at junction: Int) -> Double {
        var sum = 0.0
        for crossing in flows.crossings where crossing.junction == plan.junction {
            guard let greens = plan.greens.first(where: { $0.group == crossing.group }) else { continue }
            let people = crossing.flowPerHour.reduce(0, +) / 3600 * flows.intervalLength
            // Each red on the cycle is waited for from its own start: Σ r²/(2C).
            var squares = 0.0
            for (position, interval) in greens.intervals.enumerated() {
                let next = greens.intervals[(position + 1) % greens.intervals.count]
                let end = interval.start + interval.duration
                var red = next.start - end
                if position == greens.intervals.count - 1 { red += plan.cycle }
                squares += max(0, red) * max(0, red)
            }
            sum += people * squares / (2 * plan.cycle)
        }
        return sum
    }
}
