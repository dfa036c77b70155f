import Parallel
import PerformanceModel
import SignalModel

/// Improves the timings of junctions one by one, with the effect that they have on each other.
struct NetworkSweeps: Sendable {
    /// The network, with its demand as counted.
    let model: NetworkModel
    let settings: OptimizerSettings
    let pools: [StagePool]
    /// Timings to simulate in one search of a junction with its neighbours, by junction.
    ///
    /// Delay grows faster than traffic, so busy junctions are worth more of the search than their share.
    let efforts: [Int]
    /// Asked again and again; once it says yes, what has been found so far must do.
    let isStopped: @Sendable () -> Bool

    init(model: NetworkModel, settings: OptimizerSettings, isStopped: @Sendable @escaping () -> Bool) {
        self.model = model
        self.settings = settings
        self.isStopped = isStopped
        pools = zip(model.network.junctions, model.rules).map { junction, rules in
            StagePool(junction: junction, rules: rules, choice: settings.stages)
        }
        efforts = pools.indices.map { junction in
            let flow = model.flowPerHour(through: junction) / 1000
            return max(RegionBatch.width, Int(Double(settings.effort) * flow * flow.squareRoot()))
        }
    }

    func search(
        _ junction: Int, isFollowed: Bool, in state: NetworkState, budget: Int
    ) -> JunctionSearch {
        JunctionSearch(
            demands: state.simulations.map(\.run.model), junction: junction,
            batches: state.simulations.map { simulation in
                RegionBatch(
                    region: Region(junction: junction, isFollowed: isFollowed, of: simulation.run),
                    junction: junction, greens: simulation.greens)
            }, weights: state.weights, settings: settings, pool: pools[junction], budget: budget,
            isStopped: isStopped)
    }

    func limits(of junction: Int) -> TimingLimits {
        TimingLimits(junction: model.network.junctions[junction].id, rules: model.rules[junction], settings: settings)
    }

    /// Gain of a sweep below which another is not worth its time.
    static let leastGain = 0.025

    /// Offsets and splits sought under the effect that junctions have on each other, until it is not worth the time.
    ///
    /// - Parameters:
    ///   - cycles: Cycle that each junction must keep, s; nil where they are free.
    ///   - order: Whether stages may change places.
    func refined(_ start: NetworkState, cycles: [Int]?, order: Bool = true) -> NetworkState {
        var state = start
        for _ in 0..<2 where !isStopped() {
            let next = swept(state, cycles: cycles, threads: settings.threads, order: order)
            let gain = 1 - next.cost / state.cost
            state = next
            if gain < Self.leastGain { break }
        }
        return state
    }

    /// Improves every junction once, with its cycle kept where one is given.
    func swept(_ state: NetworkState, cycles: [Int]?, threads: Int, order: Bool = true) -> NetworkState {
        sweep(state, threads: threads) { .init(cycle: cycles?[$0], structure: false, offset: true, order: order) }
    }

    /// Improves junctions once with the effect on their downstream neighbours, in classes of junctions that are not
    /// neighbours; what the changes of a class do together is simulated before they are taken over.
    ///
    /// - Parameter freedom: What may change at a junction; nil where nothing may.
    func sweep(
        _ start: NetworkState, threads: Int, freedom: @Sendable @escaping (Int) -> JunctionSearch.Freedom?
    ) -> NetworkState {
        var state = start
        for members in independentClasses(of: pools.indices.filter { freedom($0) != nil }) where !isStopped() {
            let current = state
            let found = parallelMap(count: members.count, threads: threads) { number in
                let junction = members[number]
                return search(junction, isFollowed: true, in: current, budget: efforts[junction])
                    .improve(current.plans[junction], freedom: freedom(junction)!)
            }
            // Changes that are better each on its own can be worse together: then those that gain most go alone.
            var order = members.indices.filter { found[$0].best.plan != current.plans[members[$0]] }
                .sorted { (found[$1].gain, $0) < (found[$0].gain, $1) }
            while !order.isEmpty {
                var plans = current.plans
                for number in order { plans[members[number]] = found[number].best.plan }
                let next = state.changed(to: plans, threads: threads)
                if next.cost < state.cost {
                    state = next
                    break
                }
                order.removeLast((order.count + 1) / 2)
            }
        }
        return state
    }

    /// Junctions in classes such that none is downstream of another of its class.
    private func independentClasses(of junctions: [Int]) -> [[Int]] {
        var classes: [[Int]] = []
        for junction in junctions {
            if let position = classes.firstIndex(where: { members in
                members.allSatisfy { !touches($0, junction) && !touches(junction, $0) }
            }) {
                classes[position].append(junction)
            } else {
                classes.append([junction])
            }
        }
        return classes
    }

    private func touches(_ junction: Int, _ other: Int) -> Bool { model.downstream[junction].contains(other) }
}
