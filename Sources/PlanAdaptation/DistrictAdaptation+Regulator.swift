import PlanOptimizer
import SignalModel

extension DistrictAdaptation {
    /// The running plan with its splits moved as the regulator says, each stage by one step at most; nil where nothing moves,
    /// or what comes of it cannot be followed.
    func regulated(under outlook: Outlook, queues: [LinkID: Double]) -> Plan? {
        guard settings.splitStep > 0, !queues.isEmpty, let now = stagePlans(of: running),
            let base = stagePlans(of: nominal)
        else { return nil }
        let model = outlook.expected
        let interval = Double(now.enumerated().map { $1.cycle(under: rules[$0]) }.max() ?? 1)
        let forward = StoreAndForward(
            network: network, flows: model.flows, plans: now, rules: rules, interval: interval)
        guard let regulator = SplitRegulator(forward, controlWeight: settings.controlWeight) else { return nil }
        let links = Dictionary(
            network.links.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
        let vehicles = Dictionary(
            queues.compactMap { queue in links[queue.key].map { ($0, queue.value) } },
            uniquingKeysWith: { first, _ in first })
        let start = zip(now, base).map { $0.stages.map(\.groups) == $1.stages.map(\.groups) ? $1 : $0 }
        let wanted = regulator.wanted(from: start, vehicles: vehicles)
        var plan = running
        var isMoved = false
        for junction in network.junctions.indices {
            guard let next = moved(now[junction], to: wanted[junction], at: junction, outlook: outlook) else {
                continue
            }
            plan.junctions[junction] = next.junctionPlan(for: network.junctions[junction].id, under: rules[junction])
            isMoved = true
        }
        return isMoved && stagePlans(of: plan) != nil ? plan : nil
    }

    /// A timing with its greens as near to wanted ones as one step and the rules allow; nil where that is the same.
    private func moved(_ plan: StagePlan, to wanted: [Double], at junction: Int, outlook: Outlook) -> StagePlan? {
        let splits = StageSplits(model: outlook.expected, junction: junction, settings: settings.optimizer)
        let bounds = zip(plan.stages, splits.rooms(of: plan)).map { stage, room in
            (stage.green - min(room.shorter, settings.splitStep))...(stage.green + min(room.longer, settings.splitStep))
        }
        let sum = plan.stages.reduce(0) { $0 + $1.green }
        guard let greens = WholeGreens.nearest(to: wanted, within: bounds, sum: sum) else { return nil }
        var next = plan
        for (stage, green) in greens.enumerated() { next.stages[stage].green = green }
        let isLegal = splits.isLegal(next, cycle: plan.cycle(under: rules[junction]))
        return next != plan && isLegal ? next : nil
    }
}
