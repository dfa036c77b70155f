import PerformanceModel
import SignalModel

/// Splits of one junction by Webster's rule: equal degrees of saturation, with the rules of the groups kept.
public struct StageSplits: Sendable {
    /// Stages of the present program as numbers of groups, derived where there is no program.
    ///
    /// In its order, but where that order has no timing that keeps the rules: then in the one with fewest ends of green.
    public let stages: [[Int]]
    private let saturations: Equisaturation
    private let limits: TimingLimits

    /// Prepares the splits of a junction of the model's network.
    public init(model: NetworkModel, junction: Int, settings: OptimizerSettings) {
        var settings = settings
        settings.stages = .own
        let rules = model.rules[junction]
        let place = model.network.junctions[junction]
        let own = StagePool(junction: place, rules: rules, choice: .own).own
        saturations = Equisaturation(model: model, junction: junction, settings: settings)
        let limits = TimingLimits(junction: place.id, rules: rules, settings: settings)
        let isLegal = limits.shortestCycle(of: Self.empty(own)) != nil
        stages = isLegal ? own : StagePool.mostContinuous(own)
        self.limits = limits
    }

    /// The timing of some stages that loads all alike, in whole seconds and within the rules.
    ///
    /// Where greatest greens do not allow that, the least greens are stretched alike.
    ///
    /// - Returns: nil where no such timing keeps the rules.
    public func timing(of stages: [[Int]], cycle: Int) -> StagePlan? {
        limits.legalised(saturations.plan(stages: stages, cycle: cycle).plan, cycle: cycle)
            ?? limits.legalised(Self.empty(stages), cycle: cycle)
    }

    /// The same greens in another order of stages, with interstages and least greens as that order needs them.
    ///
    /// - Returns: nil where that order cannot have the cycle.
    public func reordered(_ plan: StagePlan, order: [Int], cycle: Int) -> StagePlan? {
        limits.legalised(StagePlan(stages: order.map { plan.stages[$0] }), cycle: cycle)
    }

    /// Shortest cycle of the present stages that keeps the rules, s; nil where there is none.
    public var shortestCycle: Int? { limits.shortestCycle(of: Self.empty(stages)) }

    /// Cycle of least delay, s: C = (1.5·L + 5)/(1 − Y) (Webster 1958), at least the shortest and at most the greatest.
    ///
    /// L is the time of the interstages, Y the sum of critical flow ratios that equal degrees of saturation imply.
    /// - Returns: nil where no timing within the greatest cycle keeps the rules.
    public var websterCycle: Int? {
        guard let shortest = shortestCycle else { return nil }
        let greatest = limits.settings.greatestCycle
        let lost = Self.empty(stages).interstages(under: limits.rules).reduce(0, +)
        // X = Y·C/(C − L); a long cycle keeps least greens out of it.
        let long = max(600, 4 * lost)
        let saturation = saturations.plan(stages: stages, cycle: long).saturation
        let ratio = saturation * Double(long - lost) / Double(long)
        let wanted = Webster.optimumCycle(lostTime: Double(lost), criticalFlowRatios: [ratio])
        let cycle = wanted.map { Int(min($0, Double(greatest)).rounded(.up)) } ?? greatest
        return max(shortest, cycle)
    }

    /// By how much the green of each stage of a timing can become shorter and longer on its own within the rules, s.
    ///
    /// A group that is green in several stages limits each of them; changed together they may break the rules all the same,
    /// which ``isLegal(_:cycle:)`` tells.
    public func rooms(of plan: StagePlan) -> [(shorter: Int, longer: Int)] { limits.rooms(of: plan) }

    /// Whether a timing has the cycle and keeps the least and greatest greens.
    public func isLegal(_ plan: StagePlan, cycle: Int) -> Bool {
        plan.cycle(under: limits.rules) == cycle && limits.keepsGreens(plan)
    }

    static func empty(_ stages: [[Int]]) -> StagePlan {
        StagePlan(stages: stages.map { .init(groups: $0, green: 0) })
    }
}
