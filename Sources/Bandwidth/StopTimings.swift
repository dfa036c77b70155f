import PlanOptimizer
import SignalModel

/// The timings that a junction of an arterial can have at a cycle, one for each sequence of its stages.
struct StopTimings {
    let stop: ArterialChain.Stop
    let junction: Junction
    let rules: JunctionRules
    let splits: StageSplits
    /// Orders of the stages, by number; the present one first.
    let orders: [[Int]]

    init(
        _ stop: ArterialChain.Stop, junction: Junction, rules: JunctionRules, splits: StageSplits, network: Network,
        index: NetworkIndex, changesSequence: Bool
    ) {
        self.stop = stop
        self.junction = junction
        self.rules = rules
        self.splits = splits
        let present = Array(splits.stages.indices)
        let moved =
            changesSequence ? Self.arterialStages(splits.stages, stop, junction, rules, network, index) : []
        orders = Self.orders(of: present, moving: moved)
    }

    /// Stages that serve the arterial alone: its through movements and left turns, and nobody from a side street who
    /// crosses it.
    private static func arterialStages(
        _ stages: [[Int]], _ stop: ArterialChain.Stop, _ junction: Junction, _ rules: JunctionRules, _ network: Network,
        _ index: NetworkIndex
    ) -> [Int] {
        let approaches = Set(
            [stop.outbound, stop.inbound].compactMap { $0.flatMap { index.movements[$0] } }
                .map { network.movements[$0].from })
        var own = Set<Int>()
        var side = Set<Int>()
        for movement in network.movements where junction.nodes.contains(movement.node) {
            guard movement.turn == .left || movement.turn == .through,
                let group = movement.signalGroup.flatMap({ rules.indexOfGroup[$0] }),
                rules.groups[group].kind == .vehicle || rules.groups[group].kind == .tram
            else { continue }
            if approaches.contains(movement.from) { own.insert(group) } else { side.insert(group) }
        }
        return stages.indices.filter { stage in
            stages[stage].contains { own.contains($0) } && !stages[stage].contains { side.contains($0) }
        }
    }

    /// The present order and those in which the moved stages take each other's places.
    private static func orders(of present: [Int], moving moved: [Int]) -> [[Int]] {
        guard (2...4).contains(moved.count), present.count > 2 else { return [present] }
        var result: [[Int]] = []
        func extend(_ chosen: [Int], _ open: [Int]) {
            guard !open.isEmpty else {
                var order = present
                for (place, stage) in zip(moved, chosen) { order[place] = stage }
                // Turned round, an order is still the same.
                let first = order.firstIndex(of: 0) ?? 0
                if first == 0 || moved.count < present.count { result.append(order) }
                return
            }
            for stage in open { extend(chosen + [stage], open.filter { $0 != stage }) }
        }
        extend([], moved)
        return result
    }

    /// The timings at a cycle, the present sequence first; nil where it has none.
    func plans(cycle: Int) -> [StagePlan]? {
        guard let present = splits.timing(of: splits.stages, cycle: cycle) else { return nil }
        return [present] + orders.dropFirst().compactMap { splits.reordered(present, order: $0, cycle: cycle) }
    }

    /// The greens of the through movements under a timing.
    func pattern(of plan: StagePlan, name: String, network: Network, index: NetworkIndex) -> ArterialSignal.Pattern {
        let timing = plan.junctionPlan(for: junction.id, under: rules)
        func green(_ movement: MovementID?) -> ArterialSignal.Green {
            guard let number = movement.flatMap({ index.movements[$0] }),
                let group = network.movements[number].signalGroup.flatMap({ rules.indexOfGroup[$0] }),
                let longest = timing.greens[group].intervals.max(by: { $0.duration < $1.duration })
            else { return .init(start: 0, length: 0) }
            return .init(start: longest.start / timing.cycle, length: min(1, longest.duration / timing.cycle))
        }
        return .init(name: name, outbound: green(stop.outbound), inbound: green(stop.inbound))
    }
}
