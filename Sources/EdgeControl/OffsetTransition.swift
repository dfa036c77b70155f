/// Ways from one place in a plan's cycle to another: waiting in one stage, longer cycles, or shorter ones.
///
/// A way is a list of positions of the plan, one for each second, after which the plan is in step. Only seconds of stages
/// are repeated or left out, in which every group is green or red; so changes from stage to stage stay as planned. No
/// green becomes shorter than its least green.
struct OffsetTransition: Equatable, Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case dwell, long, short
    }

    /// By how much of the cycle one cycle may be lengthened or shortened.
    static let greatestShare = 0.25
    /// Cycles that a way may take.
    static let greatestCycleCount = 6

    let kind: Kind
    let path: [Int]

    /// The ways from a position to being in step; none is empty, and none is there where the position is in step already.
    static func ways(from start: Int, plan: SecondPlan, network: Int, rules: SecondRules) -> [OffsetTransition] {
        let behind = SecondPlan.modulo(plan.position(at: network) - start, plan.cycle)
        guard behind > 0 else { return [] }
        let stages = Stages(plan, rules: rules)
        return Kind.allCases.compactMap { kind in
            let path: [Int]?
            switch kind {
            case .dwell: path = stages.dwelling(plan.cycle - behind, from: start)
            case .long: path = stages.lengthened(by: plan.cycle - behind, from: start)
            case .short: path = stages.shortened(by: behind, from: start)
            }
            return path.map { OffsetTransition(kind: kind, path: $0) }
        }
    }

    /// The way on which evenly spread arrivals wait least; nil where there is none.
    ///
    /// Arrivals at a rate of one wait r²/2 in a red of r seconds; all groups count alike. Every way is followed by the same
    /// lamps over the time of the longest and a cycle more.
    static func best(
        _ ways: [OffsetTransition], lamps: Lamps, plan: SecondPlan, uptime: Int, network: Int
    ) -> OffsetTransition? {
        let horizon = (ways.map(\.path.count).max() ?? 0) + 2 * plan.cycle
        let costs = ways.map { way in
            waiting(
                Target(content: .plan(plan), path: way.path[...], network: network), lamps: lamps, uptime: uptime,
                horizon: horizon)
        }
        return zip(ways, costs).min { $0.1 < $1.1 }?.0
    }

    /// Waiting of evenly spread arrivals of all groups, while lamps follow a target.
    private static func waiting(_ target: Target, lamps: Lamps, uptime: Int, horizon: Int) -> Int {
        var (lamps, target) = (lamps, target)
        var sum = 0
        var reds = lamps.groups.map { $0.aspect == .green ? 0 : uptime - ($0.endOfGreen ?? $0.since) }
        for second in 0..<horizon {
            lamps.show(lamps.next(target, at: uptime + second), at: uptime + second)
            for (group, aspect) in lamps.aspects.enumerated() {
                reds[group] = aspect == .green ? 0 : reds[group] + 1
                sum += reds[group]
            }
            target = target.later(by: 1)
        }
        return sum
    }
}
