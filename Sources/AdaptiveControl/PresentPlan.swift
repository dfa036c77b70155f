import SignalModel

/// What the present plan of a junction wants, second by second: the fallback where nothing is seen.
struct PresentPlan: Sendable {
    private let cycle: Double
    private let start: Double
    private let greens: [(group: Int, interval: GreenInterval)]

    /// Nil where the junction has no plan that runs.
    init?(_ junction: Junction) {
        guard let plan = junction.programs.first(where: { $0.kind != .off })?.plan, plan.cycle > 0 else { return nil }
        let numbers = JunctionRules(junction).indexOfGroup
        cycle = plan.cycle
        start = plan.cycleStart
        greens = plan.greens.flatMap { own in
            numbers[own.group].map { group in own.intervals.map { (group, $0) } } ?? []
        }
    }

    /// Groups that are green in a second.
    func wanted(at time: Int) -> GroupSet {
        var result = GroupSet()
        for (group, interval) in greens {
            let since = (Double(time) - start - interval.start).truncatingRemainder(dividingBy: cycle)
            if (since < 0 ? since + cycle : since) < interval.duration { result.insert(group) }
        }
        return result
    }
}
