import PerformanceModel
import SignalModel

/// Weighs what a new plan gains against what the change costs and what is not known.
struct Weighing {
    /// A plan that may take over.
    struct Candidate {
        var action: AdaptationDecision.Action
        var plan: Plan
        var changes: [JunctionChange]
        var cost: Outlook.Cost
        /// Mean gain over the demands, but no more than under the expected one, vehicle-seconds.
        var gain: Double
        /// What the gain must exceed beside the cost of the change, vehicle-seconds.
        var threshold: Double

        var changeCost: Double { changes.reduce(0) { $0 + $1.cost } }
        var surplus: Double { gain - changeCost - threshold }
    }

    private let outlook: Outlook
    private let running: Plan
    private let present: Outlook.Cost
    private let alignment: PlanAlignment
    private let settings: AdaptationSettings

    init(outlook: Outlook, running: Plan, time: Int, rules: [JunctionRules], settings: AdaptationSettings) {
        self.outlook = outlook
        self.running = running
        self.settings = settings
        present = outlook.cost(of: running)
        let demand = rules.indices.map { GroupDemand.all(at: $0, of: outlook.expected) }
        alignment = PlanAlignment(
            network: outlook.expected.network, rules: rules, demand: demand, time: time)
    }

    func candidate(_ plan: Plan, action: AdaptationDecision.Action) -> Candidate {
        let (plan, changes) = alignment.aligned(plan, from: running, mayTurn: action == .replan)
        let cost = outlook.cost(of: plan)
        let gains = zip(present.indices, cost.indices).map { $0 - $1 }
        let mean = gains.reduce(0, +) / Double(gains.count)
        // Gains are lopsided, by far more where roads fill up: only what may be lost is a doubt, and one full road must not
        // carry a plan that is worse under what is expected.
        let loss = (gains.reduce(0) { $0 + min(0, $1) * min(0, $1) } / Double(gains.count)).squareRoot()
        let threshold = max(settings.leastGain * present.indices[0], settings.certainty * loss)
        return Candidate(
            action: action, plan: plan, changes: changes, cost: cost, gain: min(mean, gains[0]), threshold: threshold)
    }

    func decision(among candidates: [Candidate]) -> AdaptationDecision {
        var result = AdaptationDecision(
            action: .keep, reason: .nothingBetter, plan: running, delayBefore: present.delay,
            delayAfter: present.delay)
        let changing = candidates.filter { !$0.changes.isEmpty }
        guard let best = changing.indices.max(by: { changing[$0].surplus < changing[$1].surplus }).map({ changing[$0] })
        else { return result }
        result.gain = best.gain
        result.changeCost = best.changeCost
        result.threshold = best.threshold
        guard best.surplus > 0 else {
            result.reason = best.gain > 0 ? .notWorthIt : .nothingBetter
            return result
        }
        result.action = best.action
        result.reason = .gain
        result.plan = best.plan
        result.delayAfter = best.cost.delay
        result.changes = best.changes
        return result
    }
}
