import SignalModel

/// The greens of a plan as who drives along a street sees them.
struct StreetSignals {
    private let network: Network
    private let index: NetworkIndex
    private let timings: [JunctionID: JunctionPlan]

    init(network: Network, plan: Plan) {
        self.network = network
        index = NetworkIndex(network)
        timings = plan.timings
    }

    /// Cycle of a junction, s; 0 where the plan has no timing.
    func cycle(of junction: JunctionID) -> Double { timings[junction]?.cycle ?? 0 }

    /// The longest cycle of some junctions where all others go into it; nil where they do not.
    func commonCycle(of junctions: [JunctionID]) -> Double? {
        let cycles = junctions.map(cycle)
        guard let longest = cycles.max(), longest > 0 else { return nil }
        let isCommon = cycles.allSatisfy { cycle in
            cycle > 0 && abs(longest / cycle - (longest / cycle).rounded()) < 1e-9
        }
        return isCommon ? longest : nil
    }

    /// Greens of a movement within the junction's own cycle, from network time 0 on.
    func greens(of movement: MovementID, at junction: JunctionID) -> [GreenInterval] {
        guard let timing = timings[junction], let position = index.movements[movement],
            let group = network.movements[position].signalGroup
        else { return [] }
        let intervals = timing.greens.first { $0.group == group }?.intervals.filter { $0.duration > 0 } ?? []
        return intervals.map { interval in
            let start = timing.cycleStart + interval.start
            return GreenInterval(
                start: start - (start / timing.cycle).rounded(.down) * timing.cycle, duration: interval.duration)
        }
    }

    /// The widest band along a way: the longest time in which all is green for who drives it at free-flow speed.
    ///
    /// - Parameter times: Travel time from each stop to the next, s.
    /// - Returns: Start at the first stop, s of network time, and length; a length of 0 where there is none, and nil where
    ///   there is no common cycle.
    func band(
        _ way: [(junction: JunctionID, movement: MovementID)], times: [Double]
    ) -> (start: Double, length: Double)? {
        guard let common = commonCycle(of: way.map(\.junction)) else { return nil }
        var open = GreenRuns([(0, common)], cycle: common)
        var elapsed = 0.0
        for (position, stop) in way.enumerated() {
            if position > 0 { elapsed += times[position - 1] }
            let own = cycle(of: stop.junction)
            let greens = greens(of: stop.movement, at: stop.junction)
            let turns = Int((common / own).rounded())
            let shown = GreenRuns(
                (0..<turns).flatMap { turn in
                    greens.map { ($0.start + Double(turn) * own, $0.duration >= own ? common : $0.duration) }
                }, cycle: common)
            open = open.intersection(shown.later(by: -elapsed))
        }
        return open.longest ?? (0, 0)
    }

    /// The profile of the lane group that serves most of a movement.
    func profile(of movement: MovementID, in view: CyclicView) -> CyclicView.Seen? {
        guard let position = index.movements[movement] else { return nil }
        let through = network.movements[position]
        return view.group(of: through.connections.map(\.from), on: through.from)
    }
}
