/// Evaluates candidates that differ from one plan in the timing of one junction, on the roads that the change reaches only.
///
/// It gives what ``CyclicEngine`` gives for the whole network, within the tolerance of both. One serves one thread.
public final class CyclicIncrement {
    /// How far a change is followed.
    public enum Reach: Sendable, Equatable {
        /// Until departures change by no more than the tolerance of the settings.
        case untilSettled
        /// The junction's own roads, and those that its vehicles come to within this number of roads; what is farther away
        /// stays as it is under the plan.
        case roads(Int)
    }

    private let workspace: EngineWorkspace
    private let layout: EngineLayout
    private let base: Snapshot
    private var costsOfRoad: [CyclicPerformance] = []
    /// What the whole network costs under the plan itself.
    public private(set) var performance = CyclicPerformance()
    /// The plan that candidates are measured against.
    public private(set) var greens: CyclicGreens
    /// What the last evaluation took.
    public private(set) var work = CyclicEngine.Work()

    /// Makes ready to change a plan.
    ///
    /// - Precondition: The greens were made for the network.
    public init(network: CyclicNetwork, greens: CyclicGreens) {
        layout = EngineLayout(network: network)
        workspace = EngineWorkspace(layout: layout)
        self.greens = greens
        base = Snapshot(workspace)
        rebase(on: greens)
    }

    /// Takes another plan to measure against.
    public func rebase(on greens: CyclicGreens) {
        precondition(greens.cycle == layout.network.cycle, "greens of another network")
        self.greens = greens
        workspace.serve([greens][...])
        workspace.clear()
        workspace.settleAll()
        costsOfRoad = layout.network.roads.indices.map { road in
            var cost = [CyclicPerformance()]
            workspace.addCosts(of: CollectionOfOne(road), to: &cost)
            return cost[0]
        }
        performance = costsOfRoad.reduce(CyclicPerformance(), +)
        base.take(from: workspace)
    }

    /// What the network costs under each candidate.
    ///
    /// - Parameters:
    ///   - candidates: Greens of which only those of the junction are looked at.
    ///   - junction: Position of the junction whose timing is another.
    ///   - reach: How far the change is followed.
    public func performances(
        of candidates: [CyclicGreens], changedAt junction: Int, reach: Reach = .untilSettled
    ) -> [CyclicPerformance] {
        var result: [CyclicPerformance] = []
        result.reserveCapacity(candidates.count)
        work = .init()
        let allowed = roads(within: reach, of: junction)
        for first in stride(from: 0, to: candidates.count, by: EngineWorkspace.width) {
            let members = candidates[first..<min(first + EngineWorkspace.width, candidates.count)]
            workspace.begin()
            workspace.serve(members, junction: junction)
            workspace.settle(from: layout.roadsOfJunction[junction]) { allowed?[$0] ?? true }
            let untouched = workspace.visited.reduce(performance) { $0 - costsOfRoad[$1] }
            var costs = members.map { _ in CyclicPerformance() }
            workspace.addCosts(of: workspace.visited, to: &costs)
            result += costs.map { untouched + $0 }
            let part = workspace.work(of: members.count)
            work.linkBins += part.linkBins
            work.operations += part.operations
            base.restore(workspace, junction: junction, greens: greens)
        }
        return result
    }

    /// Which roads a change may be followed to; nil for all.
    private func roads(within reach: Reach, of junction: Int) -> [Bool]? {
        guard case .roads(let most) = reach else { return nil }
        var isReached = layout.network.roads.map { _ in false }
        var front = layout.roadsOfJunction[junction]
        for road in front { isReached[road] = true }
        for _ in 0..<max(0, most) {
            front = front.flatMap { layout.network.roads[$0].reaches }.filter { road in
                defer { isReached[road] = true }
                return !isReached[road]
            }
        }
        return isReached
    }

    /// Settled profiles of a block, to go back to.
    private struct Snapshot {
        private let memory = AlignedMemory()
        private let departures: UnsafeMutablePointer<Float>
        private let scales: UnsafeMutablePointer<Float>
        private let totals: UnsafeMutablePointer<Float>
        private let services: UnsafeMutablePointer<Float>
        private let serviceSums: UnsafeMutablePointer<Float>

        init(_ workspace: EngineWorkspace) {
            let layout = workspace.layout
            let width = EngineWorkspace.width
            departures = memory.floats(layout.network.groups.count * workspace.cycleRows)
            scales = memory.floats(layout.network.groups.count * width)
            totals = memory.floats(layout.network.roads.count * width)
            services = memory.floats(layout.services.count * workspace.cycleRows)
            serviceSums = memory.floats(layout.services.count * width)
        }

        func take(from workspace: EngineWorkspace) {
            let layout = workspace.layout
            let width = EngineWorkspace.width
            departures.update(from: workspace.departures, count: layout.network.groups.count * workspace.cycleRows)
            scales.update(from: workspace.scales, count: layout.network.groups.count * width)
            totals.update(from: workspace.totals, count: layout.network.roads.count * width)
            services.update(from: workspace.services, count: layout.services.count * workspace.cycleRows)
            serviceSums.update(from: workspace.serviceSums, count: layout.services.count * width)
        }

        /// Puts back what was visited, and the services of a junction.
        func restore(_ workspace: EngineWorkspace, junction: Int, greens: CyclicGreens) {
            let layout = workspace.layout
            let width = EngineWorkspace.width
            for road in workspace.visited {
                (workspace.totals + road * width).update(from: totals + road * width, count: width)
                let members = layout.network.roads[road].groups
                let first = members.lowerBound
                (workspace.departures + first * workspace.cycleRows).update(
                    from: departures + first * workspace.cycleRows, count: members.count * workspace.cycleRows)
                (workspace.scales + first * width).update(from: scales + first * width, count: members.count * width)
            }
            for service in layout.servicesOfJunction[junction] {
                (workspace.services + service * workspace.cycleRows).update(
                    from: services + service * workspace.cycleRows, count: workspace.cycleRows)
                (workspace.serviceSums + service * width).update(from: serviceSums + service * width, count: width)
            }
            workspace.serveYields([greens][...], junction: junction)
        }
    }
}
