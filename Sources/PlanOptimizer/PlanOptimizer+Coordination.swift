import Parallel
import PerformanceModel
import SignalModel

extension PlanOptimizer {
    /// Timings of all junctions with the cycles that they were sought for.
    struct CycleChoice {
        var state: NetworkState
        /// Cycle that each junction keeps, s: a common one or half of it; nil where all are free.
        var cycles: [Int]?
    }

    /// By how much the common cycles that are tried next are longer and shorter than the best so far.
    private static let cycleStep = 1.15

    /// Common cycles to try first, s: from the middle of the free ones, and from both sides of it where those are far away.
    func firstCommonCycles(for free: NetworkState) -> [Int] {
        let own = cycles(of: free).sorted()
        let middle = Double(own[own.count / 2])
        let sides = [own[own.count / 4], own[own.count * 3 / 4]].filter {
            max(middle / Double($0), Double($0) / middle) > Self.cycleStep.squareRoot()
        }
        return Set(([own[own.count / 2]] + sides).map(commonCycle(near:))).sorted()
    }

    /// The nearest cycle within the settings that can be halved, or the only one that they allow.
    private func commonCycle(near cycle: Int) -> Int {
        let shortest = settings.leastCycle + settings.leastCycle % 2
        let longest = settings.greatestCycle - settings.greatestCycle % 2
        return shortest <= longest ? min(max(cycle + cycle % 2, shortest), longest) : settings.leastCycle
    }

    private func cycles(of state: NetworkState) -> [Int] {
        zip(state.plans, model.rules).map { $0.cycle(under: $1) }
    }

    /// Timings with a common cycle, with their offsets sought together, as what a cycle is worth shows only then; nil where a
    /// junction has none of that cycle.
    ///
    /// Half of it is for those that need little more than that when they are free.
    func choice(ofCommon cycle: Int, near free: NetworkState) -> CycleChoice? {
        let wanted = cycles(of: free).map {
            $0 <= cycle * 6 / 10 && cycle / 2 >= settings.leastCycle ? cycle / 2 : cycle
        }
        return retimed(free, cycles: wanted).map {
            CycleChoice(state: offset($0, cycles: wanted, threads: 1), cycles: wanted)
        }
    }

    /// The best timings with a common cycle: from the best of the first ones on, as long as a longer or a shorter one is better.
    ///
    /// - Parameters:
    ///   - first: What the common cycles gave that have been tried.
    ///   - tried: Those cycles, and those that gave nothing.
    func bestCommon(of first: [CycleChoice], tried: [Int], near free: NetworkState) -> CycleChoice? {
        var tried = Set(tried)
        var best = Self.best(of: first)
        if best.isEmpty, let cycle = shortestForAll(near: free), tried.insert(cycle).inserted {
            best = [choice(ofCommon: cycle, near: free)].compactMap { $0 }
        }
        while let leader = best.first?.cycles, let cycle = leader.max(), !sweeps.isStopped() {
            let others = [Double(cycle) * Self.cycleStep, Double(cycle) / Self.cycleStep]
                .map { commonCycle(near: Int($0.rounded())) }.filter { tried.insert($0).inserted }
            let found = parallelMap(count: others.count, threads: settings.threads) {
                choice(ofCommon: others[$0], near: free)
            }
            best = Self.best(of: best + found.compactMap { $0 })
            if best[0].cycles == leader { break }
        }
        let chosen = best
        let swept = parallelMap(count: chosen.count, threads: settings.threads) { number in
            CycleChoice(
                state: sweeps.swept(chosen[number].state, cycles: chosen[number].cycles, threads: 1),
                cycles: chosen[number].cycles)
        }
        return Self.best(of: swept).first
    }

    /// The shortest common cycle that leaves every junction its stages; nil where one has no timing of its stages at all.
    private func shortestForAll(near free: NetworkState) -> Int? {
        let shortest = pools.indices.map { sweeps.limits(of: $0).shortestCycle(of: free.plans[$0]) }
        return shortest.contains(nil) ? nil : shortest.compactMap { $0 }.max().map(commonCycle(near:))
    }

    /// The best two, those that came first where they are alike.
    private static func best(of choices: [CycleChoice]) -> [CycleChoice] {
        choices.enumerated().sorted { ($0.element.state.cost, $0.offset) < ($1.element.state.cost, $1.offset) }
            .prefix(2).map(\.element)
    }

    /// The state with offsets sought for all junctions at once, where that is better.
    func offset(_ state: NetworkState, cycles: [Int], threads: Int) -> NetworkState {
        guard !settings.leftOut.contains(.offsets), !sweeps.isStopped(),
            let plans = commonOffsets(cycles).improved(state.plans)
        else { return state }
        let next = state.changed(to: plans, threads: threads)
        return next.cost < state.cost ? next : state
    }

    /// What is known of the offsets of timings with common cycles; nil where nobody asks, or there is no time for it.
    func certificate(of plans: [StagePlan], cycles: [Int]) -> OffsetCertificate? {
        guard !settings.leftOut.contains(.offsets), !sweeps.isStopped() else { return nil }
        return commonOffsets(cycles).certificate(of: plans)
    }

    private func commonOffsets(_ cycles: [Int]) -> CommonOffsets {
        CommonOffsets(model: model, cycles: cycles, settings: settings, isStopped: sweeps.isStopped)
    }
}
