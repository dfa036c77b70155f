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

    init(model: NetworkModel, cycles: [Int], settings: OptimizerSettings) {
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
    func certificate(of plans: [StagePlan]) -> OffsetCertificate? {
        guard let energy = energy(of: plans) else { return nil }
        var solver = quickSearch(plans.count)
        solver.eliminationWork = Self.provingWork
        solver.gap = Self.gap
        solver.threads = settings.threads
        guard let solution = try? EnergySolver.solve(energy, settings: solver) else { return nil }
        let value = energy.value(of: plans.map { _ in 0 })
        return OffsetCertificate(
            cycle: common, delay: value / Double(common), bound: min(solution.lowerBound, value) / Double(common))
    }

    private func quickSearch(_ variableCount: Int) -> SolverSettings {
        var result = SolverSettings(variableCount: variableCount, seed: settings.seed)
        result.starts = 1
        result.searchRounds = 4
        return result
    }

    /// What every change of offsets costs under the profiles of some plans, vehicle-seconds per cycle.
    private func energy(of plans: [StagePlan]) -> CyclicEnergy? {
        let timings = plans.enumerated().map { junction, plan in
            plan.junctionPlan(for: model.network.junctions[junction].id, under: model.rules[junction])
        }
        guard let network = try? CyclicNetwork(model: model, cycle: common, greensPerGroup: Self.greensPerGroup),
            let greens = try? CyclicGreens(timings: timings, network: network)
        else { return nil }
        let edges = CyclicEngine(network: network).offsetTables(of: greens).map { table in
            // A junction of half the cycle is the same again after half the cycle, and so is what the road costs.
            let period = min(cycles[table.upstream], cycles[table.downstream])
            return EnergyEdge(
                from: table.downstream, to: table.upstream, cost: .difference(Array(table.costs.prefix(period))))
        }
        return edges.isEmpty ? nil : try? CyclicEnergy(labelCounts: cycles, edges: edges)
    }

    /// Table look-ups that elimination may take where nothing is proved, and where a bound is sought.
    private static let (quickWork, provingWork) = (1e6, 1e8)
    /// Gap, as a share of the value, that a bound need not narrow.
    private static let gap = 1e-3
    /// Greens of one group in the common cycle: two of its own cycle, twice.
    private static let greensPerGroup = 4
}
