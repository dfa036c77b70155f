import PerformanceModel
import SignalModel

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
    /// - Parameter progress: Told how many of all steps are done.
    /// - Throws: ``PlanOptimizerError/noLegalPlan(_:)`` for a junction whose rules no timing within the limits keeps.
    public func optimize(
        progress: @Sendable @escaping (_ done: Int, _ all: Int) -> Void = { _, _ in }
    ) throws(PlanOptimizerError) -> OptimizedPlan {
        guard subareaCount > 1 else {
            let model = NetworkModel(network: parts.network, flows: parts.flows, settings: modelSettings)
            return try PlanOptimizer(model: model, settings: settings, isStopped: isStopped).optimize()
        }
        var (plans, areCoordinated) = try separate(progress)
        stitch(&plans, progress)
        let (network, stages) = (parts.network, settings.stages)
        let pools = parallelMap(count: plans.count, threads: settings.threads) { number in
            let junction = network.junctions[number]
            return StagePool(junction: junction, rules: JunctionRules(junction), choice: stages)
        }
        return OptimizedPlan(network: network, plans: plans, pools: pools, areCoordinated: areCoordinated)
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
    private func separate(
        _ progress: @Sendable @escaping (Int, Int) -> Void
    ) throws(PlanOptimizerError) -> (plans: [StagePlan], areCoordinated: [Bool]) {
        let found = parallelMap(count: subareaCount, threads: settings.threads) { number in
            defer { progress(number + 1, 2 * subareaCount) }
            return Result { () throws(PlanOptimizerError) in
                try PlanOptimizer(
                    model: model(of: partition.subareas[number]), settings: single, isStopped: isStopped
                ).stagePlans()
            }
        }
        var plans = parts.network.junctions.map { _ in StagePlan(stages: []) }
        var areCoordinated: [Bool] = []
        for (members, result) in zip(partition.subareas, found) {
            let subarea = try result.get()
            for (junction, plan) in zip(members, subarea.plans) { plans[junction] = plan }
            areCoordinated.append(subarea.isCoordinated)
        }
        return (plans, areCoordinated)
    }

    /// Splits and offsets at the borders of the subareas, with the junctions beyond as they are; cycles are kept.
    private func stitch(_ plans: inout [StagePlan], _ progress: @Sendable @escaping (Int, Int) -> Void) {
        var done = subareaCount
        for members in partition.independentClasses(couplings: parts.couplings) where !isStopped() {
            let current = plans
            let (before, all) = (done, 2 * subareaCount)
            let found = parallelMap(count: members.count, threads: settings.threads) { number in
                defer { progress(before + number + 1, all) }
                return stitched(members[number], current)
            }
            for case let (junction, plan) in found.joined() { plans[junction] = plan }
            done += members.count
        }
    }

    /// New timings of the border junctions of a subarea.
    private func stitched(_ subarea: Int, _ plans: [StagePlan]) -> [(junction: Int, plan: StagePlan)] {
        let crossing = parts.couplings.filter {
            partition.subareaOf[$0.from] != partition.subareaOf[$0.to]
                && (partition.subareaOf[$0.from] == subarea || partition.subareaOf[$0.to] == subarea)
        }
        let ends = Set(crossing.flatMap { [$0.from, $0.to] })
        let border = ends.filter { partition.subareaOf[$0] == subarea }
        guard !border.isEmpty else { return [] }
        // Those next to a border junction are looked at with it, on both sides of the border.
        let near = Set(
            parts.couplings.filter { border.contains($0.from) || border.contains($0.to) }.flatMap { [$0.from, $0.to] })
        let members = near.sorted()
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
