import Centre
import CentreStore
import PerformanceModel
import PlanAdaptation
import PlanOptimizer
import SignalModel

/// A plan that is to take over in a district, and why.
struct NextPlan: Sendable {
    /// The plan.
    let plan: Plan
    /// Who made it.
    let maker: LeaseBook.Origin.Maker
    /// Why, for people.
    let reason: String
    /// Expected delay without and with it, s per vehicle.
    let delayBefore, delayAfter: Double?

    /// What was decided; nil where nothing changes.
    init?(_ decision: AdaptationDecision) {
        switch decision.action {
        case .keep: return nil
        case .moveSplits: maker = .regulator
        case .replan: maker = .optimiser
        }
        func whole(_ value: Double) -> String { value.isFinite ? "\(Int(value.rounded()))" : "?" }
        let kind = decision.action == .moveSplits ? "splits moved" : "plan sought anew"
        plan = decision.plan
        reason =
            "\(kind) at \(decision.changes.count.counted("junction")): saves \(whole(decision.gain)) vehicle-seconds, the change "
            + "costs \(whole(decision.changeCost))"
        (delayBefore, delayAfter) = (decision.delayBefore, decision.delayAfter)
    }

    private init(plan: Plan, reason: String, delayBefore: Double, delayAfter: Double) {
        self.plan = plan
        maker = .optimiser
        self.reason = reason
        (self.delayBefore, self.delayAfter) = (delayBefore, delayAfter)
    }

    /// Shortest time that a plan is sought for, s: in a shorter one the streets are too long empty.
    private static let leastPeriod = 1800.0

    /// A plan sought for what was counted, with nothing to begin from; nil where none is found.
    static func sought(
        for network: Network, _ flows: Flows, from running: Plan, settings: CentreSettings,
        isStopped: @Sendable @escaping () -> Bool
    ) -> NextPlan? {
        guard let law = settings.adaptation?.law else { return nil }
        // What was counted in so short a time may well come more or less often, and goes on.
        var search = law.optimizer
        search.demandScales = [0.9, 1, 1.2]
        let optimizer = CityOptimizer(
            network: network, flows: flows.repeated(for: leastPeriod), settings: search, isStopped: isStopped)
        guard let plan = try? optimizer.optimize().plan else { return nil }
        let model = CityModel(network: network, flows: flows)
        let timings = running.timings
        let before = Plan(
            network: network.name, name: "running", junctions: network.junctions.compactMap { timings[$0.id] })
        return NextPlan(
            plan: plan, reason: "first plan for what was counted", delayBefore: model.performance(of: before).delay,
            delayAfter: model.performance(of: plan).delay)
    }
}

extension ProposalOrigin {
    /// The same as the store spells it.
    init(_ maker: LeaseBook.Origin.Maker) {
        switch maker {
        case .optimiser: self = .optimiser
        case .regulator: self = .regulator
        case .present, .person: self = .operator
        }
    }
}
