import Parallel
import PerformanceModel
import SignalModel
import Synchronization

/// Optimises networks of any size: subareas on their own, then the junctions at their borders with both sides in view.
public struct CityOptimizer: Sendable {
    private let parts: NetworkParts
    private let partition: SubareaPartition
    private let settings: OptimizerSettings
    private let modelSettings: ModelSettings
    private let isStopped: @Sendable () -> Bool

    /// Prepares the search for a network with its demand.
    ///
    /// - Parameter isStopped: Asked again and again; once it says yes, the search ends with the best it has found.
    /// - Precondition: The network and the flows have no problems (`problems()` is empty).
    public init(
        network: Network, flows: Flows, settings: OptimizerSettings, modelSettings: ModelSettings = .init(),
        isStopped: @Sendable @escaping () -> Bool = { false }
    ) {
        parts = NetworkParts(network: network, flows: flows)
        partition = SubareaPartition(
            network: network, couplings: parts.couplings, greatest: max(2, settings.greatestSubarea))
        self.settings = settings
        self.modelSettings = modelSettings
        self.isStopped = isStopped
    }

    /// Number of subareas.
    public var subareaCount: Int { partition.subareas.count }

    /// Seeks a plan.
    ///
    /// - Parameter progress: Told of every step that is done, one at a time.
    /// - Throws: ``PlanOptimizerError/noLegalPlan(_:)`` for a junction whose rules no timing within the limits keeps.
    public func optimize(
        progress: @Sendable @escaping (SubareaStep) -> Void = { _ in }
    ) throws(PlanOptimizerError) -> OptimizedPlan {
        guard subareaCount > 1 else {
            let model = NetworkModel(network: parts.network, flows: parts.flows, settings: modelSettings)
            let plan = try PlanOptimizer(model: model, settings: settings, isStopped: isStopped).optimize()
            Tally(all: 1, tell: progress).count(.init(subarea: 0, junctions: parts.network.junctions.count))
            return plan
        }
        let tally = Tally(all: 2 * subareaCount, tell: progress)
        var (plans, subareas) = try separate(tally)
        stitch(&plans, tally)
        subareas = certified(subareas, plans)
        let (network, stages) = (parts.network, settings.stages)
        let pools = parallelMap(count: plans.count, threads: settings.threads) { number in
            let junction = network.junctions[number]
            return StagePool(junction: junction, rules: JunctionRules(junction), choice: stages)
        }
        return OptimizedPlan(network: network, plans: plans, pools: pools, subareas: subareas)
    }

    /// Settings of the search in one subarea: several of them run side by side.
    private var single: OptimizerSettings {
        var result = settings
        result.threads = 1
        return result
    }

    private func model(of junctions: [Int]) -> NetworkModel {
        let (network, flows) = parts.part(of: junctions)
        return NetworkModel(network: network, flows: flows, settings: modelSettings)
    }

    /// Every subarea as if it were alone.
    private func separate(_ tally: Tally) throws(PlanOptimizerError) -> (
        plans: [StagePlan], subareas: [OptimizedPlan.Subarea]
    ) {
        let found = parallelMap(count: subareaCount, threads: settings.threads) { number in
            defer { tally.count(.init(subarea: number, junctions: partition.subareas[number].count)) }
            return Result { () throws(PlanOptimizerError) in
                try PlanOptimizer(
                    model: model(of: partition.subareas[number]), settings: single, isStopped: isStopped
                ).stagePlans()
            }
        }
        var plans = parts.network.junctions.map { _ in StagePlan(stages: []) }
        var subareas: [OptimizedPlan.Subarea] = []
        for (members, result) in zip(partition.subareas, found) {
            let found = try result.get()
            for (junction, plan) in zip(members, found.plans) { plans[junction] = plan }
            subareas.append(found.subarea)
        }
        return (plans, subareas)
    }

    /// What is known of offsets within coordinated subareas, now that those at their borders may have changed.
    private func certified(_ subareas: [OptimizedPlan.Subarea], _ plans: [StagePlan]) -> [OptimizedPlan.Subarea] {
        parallelMap(count: subareas.count, threads: settings.threads) { number in
            var result = subareas[number]
            guard result.offsets != nil else { return result }
            let own = partition.subareas[number].map { plans[$0] }
            let model = model(of: partition.subareas[number])
            let cycles = zip(own, model.rules).map { $0.cycle(under: $1) }
            result.offsets =
                isStopped()
                ? nil : CommonOffsets(model: model, cycles: cycles, settings: single).certificate(of: own)
            return result
        }
    }

    /// Splits and offsets at the borders of the subareas, with the junctions beyond as they are; cycles are kept.
    private func stitch(_ plans: inout [StagePlan], _ tally: Tally) {
        let classes = partition.independentClasses(couplings: parts.couplings)
        for (round, members) in classes.enumerated() where !isStopped() {
            let current = plans
            let found = parallelMap(count: members.count, threads: settings.threads) { number in
                let seam = Seam(of: members[number], in: partition, couplings: parts.couplings)
                defer {
                    let foreign = seam.near.count { partition.subareaOf[$0] != members[number] }
                    tally.count(
                        .init(
                            subarea: members[number], junctions: seam.near.count, border: seam.border.count,
                            foreign: foreign, round: round + 1))
                }
                return stitched(seam, current)
            }
            for case let (junction, plan) in found.joined() { plans[junction] = plan }
        }
    }

    /// New timings of the border junctions of a subarea.
    private func stitched(_ seam: Seam, _ plans: [StagePlan]) -> [(junction: Int, plan: StagePlan)] {
        let (members, border) = (seam.near, seam.border)
        guard !border.isEmpty else { return [] }
        let model = model(of: members)
        let sweeps = NetworkSweeps(model: model, settings: single, isStopped: isStopped)
        let demands = DesignDemand.scenarios(of: model.flows, in: model.network, settings: single).map {
            NetworkModel(network: model.network, flows: $0, settings: modelSettings)
        }
        let start = NetworkState(
            demands: demands, plans: members.map { plans[$0] }, risk: TailRisk(settings: single), threads: 1)
        let cycles = members.indices.map { start.plans[$0].cycle(under: model.rules[$0]) }
        let state = sweeps.sweep(start, threads: 1) { number in
            border.contains(members[number]) ? .init(cycle: cycles[number], structure: false, offset: true) : nil
        }
        return zip(members, state.plans).filter { border.contains($0.0) }.map { ($0.0, $0.1) }
    }
}

/// The junctions at the border of a subarea, and those next to them on both sides.
private struct Seam {
    /// Junctions of the subarea that exchange traffic with others.
    let border: Set<Int>
    /// Those and their neighbours, ascending.
    let near: [Int]

    init(of subarea: Int, in partition: SubareaPartition, couplings: [NetworkParts.Coupling]) {
        let crossing = couplings.filter {
            (partition.subareaOf[$0.from] == subarea) != (partition.subareaOf[$0.to] == subarea)
        }
        let border = Set(crossing.flatMap { [$0.from, $0.to] }.filter { partition.subareaOf[$0] == subarea })
        self.border = border
        near = Set(
            couplings.filter { border.contains($0.from) || border.contains($0.to) }.flatMap { [$0.from, $0.to] }
        ).sorted()
    }
}

/// Tells of steps that several threads finish, one at a time.
private final class Tally: Sendable {
    private let all: Int
    private let tell: @Sendable (SubareaStep) -> Void
    private let done = Mutex(0)

    init(all: Int, tell: @Sendable @escaping (SubareaStep) -> Void) {
        self.all = all
        self.tell = tell
    }

    func count(_ step: SubareaStep) {
        done.withLock { done in
            done += 1
            var step = step
            step.done = done
            step.all = all
            tell(step)
        }
    }
}
