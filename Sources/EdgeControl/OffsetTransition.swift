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

    /// The way that costs traffic least; nil where there is none.
    ///
    /// The cost is a waiting time, for evenly spread arrivals at a rate of one that all groups have alike. Every way is
    /// followed by the same lamps over the time of the longest and two cycles more, and counted are:
    /// - what a red of r seconds has them wait beyond the longest red of the plan, (r² − planned²)/2;
    /// - a cycle's wait for every second of green that is missing to the plan's share;
    /// - half of that red for every second out of step, in which the neighbours' platoons meet red by chance.
    static func best(
        _ ways: [OffsetTransition], lamps: Lamps, plan: SecondPlan, uptime: Int, network: Int
    ) -> OffsetTransition? {
        let horizon = (ways.map(\.path.count).max() ?? 0) + 2 * plan.cycle
        let planned = plan.greenFrom.map { longestRed(of: $0) }
        let costs = ways.map { way in
            let target = Target(content: .plan(plan), path: way.path[...], network: network)
            return following(target, lamps: lamps, plan: plan, planned: planned, uptime: uptime, horizon: horizon)
                + way.path.count * planned.reduce(0, +) / 2
        }
        return zip(ways, costs).min { $0.1 < $1.1 }?.0
    }

    private static func longestRed(of greenFrom: [Int]) -> Int {
        guard greenFrom.contains(where: { $0 > 0 }) else { return greenFrom.count }
        var (longest, length) = (0, 0)
        for green in greenFrom + greenFrom {
            length = green > 0 ? 0 : length + 1
            longest = max(longest, length)
        }
        return longest
    }

    /// Cost of reds that are longer and greens that are less than planned, while lamps follow a target.
    private static func following(
        _ target: Target, lamps: Lamps, plan: SecondPlan, planned: [Int], uptime: Int, horizon: Int
    ) -> Int {
        var (lamps, target) = (lamps, target)
        var reds = lamps.groups.map { $0.aspect == .green ? 0 : uptime - ($0.endOfGreen ?? $0.since) }
        var greens = reds.map { _ in 0 }
        var cost = 0
        for second in 0..<horizon {
            lamps.follow(target, at: uptime + second)
            for group in greens.indices {
                if lamps.groups[group].aspect == .green {
                    greens[group] += 1
                    reds[group] = 0
                } else {
                    reds[group] += 1
                    // The sum over the seconds of a red that are beyond the planned length.
                    if reds[group] > planned[group] { cost += reds[group] }
                }
            }
            target = target.later(by: 1)
        }
        for group in greens.indices {
            let share = plan.greenFrom[group].count { $0 > 0 } * horizon / plan.cycle
            cost += max(0, share - greens[group]) * plan.cycle
        }
        return cost
    }
}
