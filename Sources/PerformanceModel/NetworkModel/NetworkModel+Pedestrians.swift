import SignalModel

extension NetworkModel {
    /// Delay of the people who cross at a junction in the analysis period, person-seconds.
    ///
    /// People who cross under a group that has no green are left out.
    public func pedestrianDelay(under plan: JunctionPlan, at junction: Int) -> Double {
        flows.crossings.filter { $0.junction == plan.junction }.reduce(0) { sum, crossing in
            let people = crossing.flowPerHour.reduce(0, +) / 3600 * flows.intervalLength
            return sum + people * (plan.pedestrianDelay(of: crossing.group) ?? 0)
        }
    }
}

extension JunctionPlan {
    /// Mean delay of people who come to the signal of a group at any time, s each; nil where it has no green.
    ///
    /// Σ r²/(2C): each red on the cycle is waited for from its own start ((C − g)²/(2C) with one green, HCM 2010 equation
    /// 18-71), with the displayed green as the time in which people start.
    public func pedestrianDelay(of group: SignalGroupID) -> Double? {
        let intervals = greens.first { $0.group == group }?.intervals.sorted { $0.start < $1.start } ?? []
        guard !intervals.isEmpty else { return nil }
        return intervals.indices.reduce(0) { sum, position in
            let isLast = position == intervals.count - 1
            let next = isLast ? intervals[0].start + cycle : intervals[position + 1].start
            let red = next - intervals[position].start - intervals[position].duration
            return sum + HCM.pedestrianDelay(cycle: cycle, effectiveWalk: cycle - min(max(0, red), cycle))
        }
    }
}
