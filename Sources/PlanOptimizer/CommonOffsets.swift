import CyclicProfile
import OffsetEnergy
import PerformanceModel
import SignalModel

/// Offsets of junctions that share a cycle, all at once, and a bound that says how much better others could be.
///
/// With mean flows and the profiles that settle under a plan, each road between two signals costs what the difference of the
/// offsets at its ends says (as in TRANSYT, Robertson 1969, and in Gartner, Little and Gabbay 1975). The sum over all roads is
/// made least; then profiles settle anew.
struct CommonOffsets {
    private let model: NetworkModel
    private let settings: OptimizerSettings
    /// Cycle of each junction, s: the common one or half of it.
    private let cycles: [Int]
    private let common: Int
    private let isStopped: @Sendable () -> Bool

    init(
        model: NetworkModel, cycles: [Int], settings: OptimizerSettings,
        isStopped: @Sendable @escaping () -> Bool = { false }
    ) {
        self.isStopped = isStopped
        self.model = model
        self.cycles = cycles
        self.settings = settings
        common = cycles.max() ?? 0
    }

    /// Plans with offsets that cost little under the profiles of the given ones; nil where the timings have no cyclic profiles,
    /// or no road leads from one signal to another.
    func improved(_ plans: [StagePlan]) -> [StagePlan]? {
        guard let energy = energy(of: plans) else { return nil }
        var solver = quickSearch(plans.count)
        solver.boundSweeps = 0
        solver.eliminationWork = Self.quickWork
        guard let solution = try? EnergySolver.solve(energy, settings: solver) else { return nil }
        var result = plans
        for (junction, label) in solution.labels.enumerated() { result[junction].offset += label }
        return result
    }

    /// What is known of the offsets of some plans, under the profiles that they lead to; nil as for ``improved(_:)``.
    ///
    /// A road that several junctions lead to costs what all their offsets say together, which no sum over pairs does: the bound
    /// holds nothing for it, as it costs 0 at least.
    func certificate(of plans: [StagePlan]) -> OffsetCertificate? {
        guard let tables = tables(of: plans), !tables.isEmpty else { return nil }
        let delay = tables.reduce(0) { $0 + $1.costs[0] / Double($1.feederCount) } / Double(common)
        let edges = tables.filter { $0.feederCount == 1 }.map { edge(of: $0) { $0.min() ?? 0 } }
        guard !edges.isEmpty else { return OffsetCertificate(cycle: common, delay: delay, bound: 0) }
        guard let energy = try? CyclicEnergy(labelCounts: cycles, edges: edges) else { return nil }
        var solver = quickSearch(plans.count)
        solver.eliminationWork = Self.provingWork
        solver.gap = Self.gap
        solver.threads = settings.threads
        guard let solution = try? EnergySolver.solve(energy, settings: solver) else { return nil }
        return OffsetCertificate(
            cycle: common, delay: delay, bound: min(max(0, solution.lowerBound) / Double(common), delay))
    }

    private func quickSearch(_ variableCount: Int) -> SolverSettings {
        var result = SolverSettings(variableCount: variableCount, seed: settings.seed)
        result.starts = 1
        result.searchRounds = 4
        result.shouldStop = isStopped
        return result
    }

    /// What every change of offsets costs under the profiles of some plans, vehicle-seconds per cycle.
    private func energy(of plans: [StagePlan]) -> CyclicEnergy? {
        guard let tables = tables(of: plans), !tables.isEmpty else { return nil }
        return try? CyclicEnergy(labelCounts: cycles, edges: tables.map { edge(of: $0) { $0[0] } })
    }

    /// What a road costs by the difference of the offsets at its ends.
    ///
    /// - Parameter one: What is taken of differences that are one to a junction of half the cycle, which is the same again after
    ///   half the cycle: what comes to the road need not be.
    private func edge(of table: OffsetTable, _ one: ([Double]) -> Double) -> EnergyEdge {
        let period = min(cycles[table.upstream], cycles[table.downstream])
        let costs = (0..<period).map { first in
            one(stride(from: first, to: table.costs.count, by: period).map { table.costs[$0] })
        }
        return EnergyEdge(from: table.downstream, to: table.upstream, cost: .difference(costs))
    }

    /// What every road costs by the offset of each junction that leads to it; nil where the timings have no cyclic profiles.
    private func tables(of plans: [StagePlan]) -> [OffsetTable]? {
        let timings = plans.enumerated().map { junction, plan in
            plan.junctionPlan(for: model.network.junctions[junction].id, under: model.rules[junction])
        }
        guard let network = try? CyclicNetwork(model: model, cycle: common, greensPerGroup: Self.greensPerGroup),
            let greens = try? CyclicGreens(timings: timings, network: network)
        else { return nil }
        return CyclicEngine(network: network).offsetTables(of: greens)
    }

    /// Table look-ups that elimination may take where nothing is proved, and where a bound is sought.
    private static let (quickWork, provingWork) = (1e6, 1e8)
    /// Gap, as a share of the value, that a bound need not narrow.
    private static let gap = 1e-3
    /// Greens of one group in the common cycle: two of its own cycle, twice.
    private static let greensPerGroup = 4
}
