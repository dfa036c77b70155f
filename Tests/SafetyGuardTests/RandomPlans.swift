import SignalModel
import TestSupport

/// Random plans that are well formed and for the most part unsafe.
enum RandomPlans {
    /// A plan in which every group has one to three greens anywhere, never touching each other.
    static func unsafe(for junction: Junction, random: inout SplitMix64) -> JunctionPlan {
        let cycle = Int.random(in: 200...600, using: &random)
        let greens = junction.signalGroups.map { group in
            if random.chance(0.05) {
                return GroupGreens(
                    group: group.id,
                    intervals: [
                        GreenInterval(
                            start: Double(Int.random(in: 0..<cycle, using: &random)) / 10, duration: Double(cycle) / 10)
                    ])
            }
            let count = Int.random(in: 1...3, using: &random)
            let bounds = Array((0..<cycle).shuffled(using: &random).prefix(2 * count)).sorted()
            let turn = Int.random(in: 0..<cycle, using: &random)
            let intervals = (0..<count).map { number in
                GreenInterval(
                    start: Double((bounds[2 * number] + turn) % cycle) / 10,
                    duration: Double(bounds[2 * number + 1] - bounds[2 * number]) / 10)
            }
            return GroupGreens(group: group.id, intervals: intervals.sorted { $0.start < $1.start })
        }
        return JunctionPlan(
            junction: junction.id, cycle: Double(cycle) / 10,
            offset: Double(Int.random(in: 0..<cycle, using: &random)) / 10, greens: greens)
    }
}
