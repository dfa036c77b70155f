/// Finds labels of little cost and a bound that says how much less it might be.
///
/// Each part that shares no costs with the rest is reduced exactly, variable by variable with at most two neighbours. What
/// is left is eliminated exactly where that is cheap; otherwise labels come from a local search with large exact moves, and
/// the bound from a division of the costs between clusters that are solved exactly.
public enum EnergySolver {
    /// Solves an energy.
    ///
    /// - Throws: ``EnergyError/noCommonCycle(variable:common:)``.
    public static func solve(
        _ energy: CyclicEnergy, settings: SolverSettings
    ) throws(EnergyError) -> EnergySolution {
        var labels = [Int](repeating: 0, count: energy.labelCounts.count)
        var bound = 0.0
        var isExact = true
        for component in try EnergyComponent.all(of: energy) {
            let solution = solve(component, settings)
            component.place(solution.choice, in: &labels, energy.labelCounts)
            bound += solution.bound
            isExact = isExact && solution.isExact
        }
        let value = energy.value(of: labels)
        return EnergySolution(
            labels: labels, value: value, lowerBound: isExact ? value : bound, isExact: isExact)
    }

    private static func solve(
        _ component: EnergyComponent, _ settings: SolverSettings
    ) -> (choice: [Int], bound: Double, isExact: Bool) {
        let reduction = Reduction(component.problem, keeping: component.hasReference ? 0 : nil)
        let core = reduction.core
        let width = Elimination.greatestWidth
        if let order = EliminationOrder(neighbours: core.neighbours(), last: nil, limit: width),
            Elimination.work(order, labels: core.labels) <= settings.eliminationWork
        {
            var elimination = Elimination(core, order)
            let choice = elimination.solve()
            return (reduction.extend(choice), elimination.value + reduction.constant, true)
        }
        let reference = component.hasReference ? reduction.kept.firstIndex(of: 0) : nil
        var search = LabelSearch(core, reference: reference, settings)
        var dual = DualBound(core, clusters: settings.boundSweeps > 0 ? ClusterCover(core).clusters : [])
        search.start()
        dual.raise(settings, enough: search.value)
        if !settings.isEnough(dual.bound, search.value) { search.goOn() }
        return (reduction.extend(search.choice), dual.bound + reduction.constant, false)
    }
}
