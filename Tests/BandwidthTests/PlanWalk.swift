import Bandwidth
import SignalModel

/// Drives along an arterial through the greens of a plan, second for second of network time.
struct PlanWalk {
    let network: Network
    let plan: Plan
    let step = 0.25

    /// The longest time in a cycle, s, during which who leaves the first stop finds every stop green.
    ///
    /// - Parameters:
    ///   - movements: Through movements in the order in which they are driven.
    ///   - times: Travel times between them, s, less what a queue leads by.
    func width(of movements: [MovementID], times: [Double]) throws -> Double {
        let greens = try movements.map(greens)
        let cycle = greens[0].plan.cycle
        let count = Int((cycle / step).rounded())
        let passes = (0..<count).map { number in
            var time = Double(number) * step + 3 * cycle
            for (position, green) in greens.enumerated() {
                if position > 0 { time += times[position - 1] }
                if !isGreen(green.intervals, green.plan, at: time) { return false }
            }
            return true
        }
        guard passes.contains(false) else { return cycle }
        var longest = 0
        var run = 0
        for number in 0..<(2 * count) {
            run = passes[number % count] ? run + 1 : 0
            longest = max(longest, run)
        }
        return Double(longest) * step
    }

    private func greens(_ movement: MovementID) throws -> (plan: JunctionPlan, intervals: [GreenInterval]) {
        guard let described = network.movements.first(where: { $0.id == movement }),
            let junction = network.junctions.first(where: { $0.nodes.contains(described.node) }),
            let timing = plan.junctions.first(where: { $0.junction == junction.id }),
            let greens = timing.greens.first(where: { $0.group == described.signalGroup })
        else { throw Missing(movement: movement) }
        return (timing, greens.intervals)
    }

    private func isGreen(_ intervals: [GreenInterval], _ timing: JunctionPlan, at time: Double) -> Bool {
        intervals.contains { interval in
            var since = time - timing.cycleStart - interval.start
            while since < 0 { since += timing.cycle }
            while since >= timing.cycle { since -= timing.cycle }
            return since < interval.duration
        }
    }

    struct Missing: Error {
        var movement: MovementID
    }
}
