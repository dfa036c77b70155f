import CyclicProfile
import SignalModel

/// Candidate plans as a search would try them: the junctions' programs brought to a common cycle, with random offsets and
/// greens up to a fifth longer or shorter.
struct Candidates {
    let network: Network
    let cyclic: CyclicNetwork

    func draw(_ count: Int, seed: UInt64) throws -> [CyclicGreens] {
        var random = SeededGenerator(seed: seed)
        return try (0..<count).map { _ in
            try CyclicGreens(timings: network.junctions.map { timing(of: $0, random: &random) }, network: cyclic)
        }
    }

    func timing(of junction: Junction, random: inout SeededGenerator) -> JunctionPlan {
        let cycle = Double(cyclic.cycle)
        guard let program = junction.programs.first else {
            let always = GreenInterval(start: 0, duration: cycle)
            return JunctionPlan(
                junction: junction.id, cycle: cycle, offset: 0,
                greens: junction.signalGroups.map { GroupGreens(group: $0.id, intervals: [always]) })
        }
        let ratio = cycle / program.plan.cycle
        return JunctionPlan(
            junction: junction.id, cycle: cycle, offset: (random.nextShare() * cycle).rounded(.down),
            greens: program.plan.greens.map { group in
                GroupGreens(
                    group: group.group,
                    intervals: group.intervals.prefix(cyclic.greensPerGroup).map { green in
                        let length = min(cycle, green.duration * ratio * (0.8 + 0.4 * random.nextShare()))
                        return GreenInterval(
                            start: green.start * ratio,
                            duration: green.duration < program.plan.cycle ? length.rounded() : cycle)
                    })
            })
    }
}
