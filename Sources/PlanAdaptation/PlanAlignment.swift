import PerformanceModel
import SignalModel

/// Turns a new plan as a whole so that the change to it costs least.
///
/// Offsets count from a common zero that nothing in the district depends on: what is added to all of them alike leaves every
/// platoon where it was. Junctions with cycles of their own have no common zero, and each is turned alone.
struct PlanAlignment {
    let network: Network
    /// Rules of each junction.
    let rules: [JunctionRules]
    /// Demand of each group of each junction.
    let demand: [[GroupDemand]]
    /// Moment of the change, s of network time.
    let time: Int

    /// The new plan as it is best turned, with the change at each junction; junctions whose timing stays are left out.
    func aligned(_ plan: Plan, from running: Plan, mayTurn: Bool) -> (plan: Plan, changes: [JunctionChange]) {
        let (old, new) = (running.timings, plan.timings)
        let pairs = network.junctions.map { (old[$0.id]!, new[$0.id]!) }
        let costs = pairs.enumerated().map { number, pair in
            TransitionCost(from: pair.0, to: pair.1, rules: rules[number], demand: demand[number])
                .cheapestByRotation(at: time)
        }
        let rotations = mayTurn ? rotations(costs) : costs.map { _ in 0 }
        var result = plan
        var changes: [JunctionChange] = []
        for (number, (before, after)) in pairs.enumerated() {
            var turned = after
            let cycle = costs[number].count
            turned.offset = Double(SecondGreens.modulo(Int(after.offset) + rotations[number], cycle))
            if let place = result.junctions.firstIndex(where: { $0.junction == after.junction }) {
                result.junctions[place] = turned
            }
            guard turned != before else { continue }
            let way = costs[number][SecondGreens.modulo(rotations[number], cycle)]
            changes.append(
                JunctionChange(
                    junction: before.junction, cycleBefore: Int(before.cycle), cycleAfter: cycle,
                    greenChange: greenChange(from: before, to: turned, under: rules[number]), way: way.way,
                    cost: way.cost))
        }
        return (result, changes)
    }

    /// What is best added to the offset of each junction, s.
    private func rotations(_ costs: [[TransitionCost.Way]]) -> [Int] {
        let common = costs.map(\.count).max() ?? 1
        guard costs.allSatisfy({ $0.count == common || 2 * $0.count == common }) else {
            return costs.map { own in own.indices.min { own[$0].cost < own[$1].cost } ?? 0 }
        }
        let sums = (0..<common).map { turn in costs.reduce(0) { $0 + $1[turn % $1.count].cost } }
        let best = sums.indices.min { sums[$0] < sums[$1] } ?? 0
        return costs.map { _ in best }
    }

    private func greenChange(from before: JunctionPlan, to after: JunctionPlan, under rules: JunctionRules) -> Int? {
        guard let one = try? StagePlan(before, under: rules), let other = try? StagePlan(after, under: rules),
            one.stages.map(\.groups) == other.stages.map(\.groups)
        else { return nil }
        return zip(one.stages, other.stages).map { abs($0.green - $1.green) }.max()
    }
}
