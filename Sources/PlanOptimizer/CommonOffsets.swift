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

    /// Plans with the offsets that cost least under the profiles of the given ones, and what is known of those; nil where the
    /// timings have no cyclic profiles, or no road leads from one signal to another.
    ///
    /// - Parameter isProved: Seek a bound that is near, which takes most of the time.
    func improved(_ plans: [StagePlan], isProved: Bool = true) -> (plans: [StagePlan], certificate: OffsetCertificate)?
    {
        guard let energy = energy(of: plans) else { return nil }
        var solver = SolverSettings(variableCount: plans.count, seed: settings.seed, threads: 1)
        if !isProved {
            solver.boundSweeps = 0
            solver.starts = 1
            solver.searchRounds = 4
            solver.eliminationWork = Self.quickWork
        }
        guard let solution = try? EnergySolver.solve(energy, settings: solver) else { return nil }
        var result = plans
        for (junction, label) in solution.labels.enumerated() { result[junction].offset += label }
        let certificate = OffsetCertificate(
            cycle: common, delay: energy.value(of: plans.map { _ in 0 }) / Double(common),
            bound: min(solution.lowerBound, energy.value(of: plans.map { _ in 0 })) / Double(common))
        return (result, certificate)
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

    /// Table look-ups that elimination may take where nothing is proved.
    private static let quickWork = 1e6
    /// Greens of one group in the common cycle: two of its own cycle, twice.
    private static let greensPerGroup = 4
}
