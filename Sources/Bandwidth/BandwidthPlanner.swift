import IntegerProgram
import PerformanceModel
import PlanOptimizer
import SignalModel

/// Makes the parts of a ``BandwidthPlan``.
struct BandwidthPlanner {
    /// An arterial with the timings of its junctions.
    struct Coordination {
        var result: CoordinatedArterial
        /// Timing of each stop.
        var plans: [StagePlan]
    }

    let model: NetworkModel
    let settings: BandwidthSettings
    let splits: [StageSplits]
    /// Webster's cycle of each junction, s.
    let cycles: [Int]
    let finder: ArterialFinder
    private let junctionNumber: [JunctionID: Int]

    init(model: NetworkModel, settings: BandwidthSettings) throws(BandwidthError) {
        self.model = model
        self.settings = settings
        var timing = OptimizerSettings()
        timing.leastCycle = settings.leastCycle
        timing.greatestCycle = settings.greatestCycle
        timing.leastStageGreen = settings.leastStageGreen
        var splits: [StageSplits] = []
        var cycles: [Int] = []
        for (number, junction) in model.network.junctions.enumerated() {
            let own = StageSplits(model: model, junction: number, settings: timing)
            guard let cycle = own.websterCycle else { throw .noLegalPlan(junction.id) }
            splits.append(own)
            cycles.append(cycle)
        }
        self.splits = splits
        self.cycles = cycles
        finder = ArterialFinder(network: model.network, flows: model.flows)
        junctionNumber = Dictionary(
            model.network.junctions.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { one, _ in one }
        )
    }

    /// The bands of every arterial.
    func arterials() throws(BandwidthError) -> [Coordination] {
        var found: [Coordination] = []
        var open = Array(finder.arterials().reversed())
        while let chain = open.popLast() {
            let stops = stops(of: chain)
            let common = settings.hasCommonCycle ? found.first.map { Int($0.result.timing.cycle) } : nil
            if legal(stops, near: common ?? settings.greatestCycle, isFixed: common != nil) != nil {
                found.append(try coordination(of: chain, stops, cycle: common))
            } else {
                open += parts(of: chain, stops, cycle: common).reversed()
            }
        }
        return found
    }

    /// What is left of an arterial whose junctions have no cycle in common, without the one that has fewest.
    private func parts(of chain: ArterialChain, _ stops: [StopTimings], cycle: Int?) -> [ArterialChain] {
        let cycles = cycle.map { $0...$0 } ?? settings.leastCycle...settings.greatestCycle
        let counts = stops.map { stop in cycles.count { stop.plans(cycle: $0) != nil } }
        let obstacle = counts.indices.min { counts[$0] < counts[$1] } ?? 0
        return [0..<obstacle, (obstacle + 1)..<stops.count].filter { $0.count >= 2 }.map { chain[$0] }
    }

    private func stops(of chain: ArterialChain) -> [StopTimings] {
        chain.stops.map { stop in
            let number = number(of: stop)
            return StopTimings(
                stop, junction: model.network.junctions[number], rules: model.rules[number], splits: splits[number],
                network: model.network, index: finder.index, changesSequence: settings.changesSequence)
        }
    }

    /// The timing of every junction, in the network's order.
    func plans(with arterials: [Coordination]) throws(BandwidthError) -> [StagePlan] {
        var plans: [StagePlan?] = Array(repeating: nil, count: splits.count)
        for arterial in arterials {
            for (stop, plan) in zip(arterial.result.chain.stops, arterial.plans) {
                plans[number(of: stop)] = plan
            }
        }
        let common = arterials.first.map { Int($0.result.timing.cycle) } ?? cycles.max()
        var result: [StagePlan] = []
        for (number, plan) in plans.enumerated() {
            let cycle = settings.hasCommonCycle ? common ?? cycles[number] : cycles[number]
            let own =
                plan
                ?? ([cycle] + nearby(cycle)).lazy.compactMap {
                    splits[number].timing(of: splits[number].stages, cycle: $0)
                }
                .first
            guard let own else { throw .noLegalPlan(model.network.junctions[number].id) }
            result.append(own)
        }
        return result
    }

    /// Cycles to try where one does not keep the rules: the longer ones, then the shorter.
    private func nearby(_ cycle: Int) -> [Int] {
        Array(stride(from: cycle + 1, through: settings.greatestCycle, by: 1))
            + Array(stride(from: cycle - 1, through: settings.leastCycle, by: -1))
    }

    private func number(of stop: ArterialChain.Stop) -> Int { junctionNumber[stop.junction]! }

    private func coordination(
        of chain: ArterialChain, _ stops: [StopTimings], cycle common: Int?
    ) throws(BandwidthError) -> Coordination {
        let members = chain.stops.map { cycles[number(of: $0)] }
        let wanted = (settings.hasCommonCycle ? cycles.max() : members.max()) ?? settings.leastCycle
        let cycle: Int
        if let common { cycle = common } else { cycle = try bestCycle(of: chain, stops, near: wanted) }
        guard let (length, plans) = legal(stops, near: cycle, isFixed: common != nil) else {
            throw .noLegalPlan(chain.stops[0].junction)
        }
        let range = Double(length)...Double(length)
        let (arterial, free) = try bands(of: arterial(of: chain, stops, plans, cycle: length), chain, range)
        var presentOnly = arterial
        for signal in presentOnly.signals.indices {
            presentOnly.signals[signal].patterns.removeLast(plans[signal].count - 1)
        }
        // A new sequence must earn its place.
        let present = try? search(presentOnly, chain, range).solve()
        let solution = if let present, present.value >= free.value - 1e-6 { present } else { free }
        var timing = solution.timing
        timing.offsets = timing.offsets.map { Double(Int($0.rounded()) % length) }
        let bands = arterial.bands(under: timing, queues: settings.queues)
        return Coordination(
            result: CoordinatedArterial(
                chain: chain, arterial: arterial, solution: solution, timing: timing, outbound: bands.outbound,
                inbound: bands.inbound, resequencedStops: timing.patterns.indices.filter { timing.patterns[$0] != 0 }),
            plans: timing.patterns.indices.map { stop in
                var plan = plans[stop][timing.patterns[stop]]
                plan.offset = Int(timing.offsets[stop])
                return plan
            })
    }

    /// The cycle with the widest bands, in whole seconds, with greens as shares of it like those near Webster's cycle.
    private func bestCycle(
        of chain: ArterialChain, _ stops: [StopTimings], near wanted: Int
    ) throws(BandwidthError) -> Int {
        guard let (cycle, plans) = legal(stops, near: wanted, isFixed: false) else {
            throw .noLegalPlan(chain.stops[0].junction)
        }
        let shortest = stops.compactMap { $0.splits.shortestCycle }.max() ?? cycle
        let least = min(max(shortest, Int(Double(wanted) * settings.cycleRange.lowerBound)), settings.greatestCycle)
        let greatest = min(settings.greatestCycle, Int(Double(wanted) * settings.cycleRange.upperBound))
        let arterial = arterial(of: chain, stops, plans, cycle: cycle)
        let found = try bands(of: arterial, chain, Double(least)...Double(max(least, greatest)))
        return Int(found.solution.timing.cycle.rounded())
    }

    /// The widest bands, those of the outbound direction alone where greens are too short for both.
    private func bands(
        of arterial: Arterial, _ chain: ArterialChain, _ cycles: ClosedRange<Double>
    ) throws(BandwidthError) -> (arterial: Arterial, solution: BandSolution) {
        do {
            return (arterial, try search(arterial, chain, cycles).solve())
        } catch {
            guard error == .noBands || error == .nothingFound, arterial.inbound != nil else { throw error }
            var outbound = arterial
            outbound.inbound = nil
            return (outbound, try search(outbound, chain, cycles).solve())
        }
    }

    /// Timings of all stops of one cycle: that which is asked for or the nearest that keeps the rules.
    private func legal(_ stops: [StopTimings], near cycle: Int, isFixed: Bool) -> (cycle: Int, plans: [[StagePlan]])? {
        for cycle in [cycle] + (isFixed ? [] : nearby(cycle)) {
            let plans = stops.compactMap { $0.plans(cycle: cycle) }
            if plans.count == stops.count { return (cycle, plans) }
        }
        return nil
    }

    private func search(_ arterial: Arterial, _ chain: ArterialChain, _ cycles: ClosedRange<Double>) -> MaxBand {
        let flows = (chain.outboundFlowPerHour, chain.inboundFlowPerHour)
        let ratio = flows.0 > 0 ? min(1, flows.1 / flows.0) : 1
        return MaxBand(
            arterial: arterial, cycles: cycles, balance: settings.balance ?? .leastRatio(ratio),
            queues: settings.queues, limits: .init(nodes: settings.greatestNodes))
    }

    private func arterial(
        of chain: ArterialChain, _ stops: [StopTimings], _ plans: [[StagePlan]], cycle: Int
    ) -> Arterial {
        func roads(_ legs: [ArterialChain.Leg]) -> [Arterial.Road] {
            legs.map {
                Arterial.Road(
                    length: $0.length, leastSpeed: $0.freeSpeed * settings.leastSpeedShare, greatestSpeed: $0.freeSpeed)
            }
        }
        var signals = zip(stops, plans).map { stop, plans in
            ArterialSignal(
                name: stop.junction.id.text,
                patterns: plans.enumerated().map { number, plan in
                    stop.pattern(
                        of: plan, name: number == 0 ? "present" : "order \(number)", network: model.network,
                        index: finder.index)
                })
        }
        if settings.clearsQueues { addQueues(to: &signals, of: chain, cycle: cycle) }
        return Arterial(
            signals: signals, outbound: roads(chain.outbound), inbound: chain.inbound.map(roads),
            greatestSlownessChange: settings.greatestSlownessChange)
    }

    private func addQueues(to signals: inout [ArterialSignal], of chain: ArterialChain, cycle: Int) {
        let queues = SideQueues(network: model.network, index: finder.index, finder: finder)
        func time(_ movement: MovementID, after before: MovementID, _ green: ArterialSignal.Green) -> Double {
            let red = (1 - green.length) * Double(cycle)
            // A queue that takes more than half the green is no longer one that a band makes room for.
            return min(queues.clearance(at: movement, after: before, red: red), 0.5 * green.length * Double(cycle))
        }
        for number in signals.indices {
            let present = signals[number].patterns[0]
            if number > 0 {
                signals[number].outboundQueueClearance = time(
                    chain.stops[number].outbound, after: chain.stops[number - 1].outbound, present.outbound)
            }
            if number + 1 < signals.count, let inbound = chain.stops[number].inbound,
                let before = chain.stops[number + 1].inbound
            {
                signals[number].inboundQueueClearance = time(inbound, after: before, present.inbound)
            }
        }
    }
}
