import SignalModel

/// When each signal group of a network is effectively green in the common cycle: one candidate for evaluation.
///
/// Second 0 is network time 0. A change of offset is ``shift(junction:by:)``, which is much cheaper than another plan.
public struct CyclicGreens: Sendable, Equatable {
    /// Common cycle, s.
    public let cycle: Int
    /// Greens that each group has room for.
    public let slotsPerGroup: Int
    /// Starts of the greens, 0 ..< cycle, s: `slotsPerGroup` for each signal group.
    public private(set) var starts: [Float]
    /// Lengths of the greens, 0 in slots without one and the cycle at most, s.
    public private(set) var lengths: [Float]
    private let slotsOfJunction: [Range<Int>]

    /// Takes the greens of a plan.
    ///
    /// Start lag and end gain turn greens into effective greens.
    /// - Throws: ``CyclicError`` for the first timing that does not fit.
    public init(plan: Plan, network: CyclicNetwork) throws(CyclicError) {
        try self.init(timings: plan.junctions, network: network)
    }

    /// Takes the greens of the timings of all junctions, in any order; the first of a junction counts.
    ///
    /// - Throws: ``CyclicError`` for the first timing that does not fit.
    public init(timings: [JunctionPlan], network: CyclicNetwork) throws(CyclicError) {
        cycle = network.cycle
        slotsPerGroup = network.greensPerGroup
        starts = Array(repeating: 0, count: network.signals.count * slotsPerGroup)
        lengths = starts
        let slots = slotsPerGroup
        slotsOfJunction = network.signalsOfJunction.map { $0.lowerBound * slots..<$0.upperBound * slots }
        for timing in timings where !network.junctions.contains(timing.junction) {
            throw .unknownJunction(timing.junction)
        }
        for (number, junction) in network.junctions.enumerated() {
            guard let timing = timings.first(where: { $0.junction == junction }) else { throw .noTiming(junction) }
            try set(timing, at: number, network: network)
        }
    }

    /// Replaces the timing of one junction.
    ///
    /// - Parameter junction: Position of the junction.
    /// - Throws: ``CyclicError`` where the timing does not fit; the greens are then as they were.
    /// - Precondition: The network has the junction and is the one that the greens were made for.
    public mutating func set(
        _ timing: JunctionPlan, at junction: Int, network: CyclicNetwork
    ) throws(CyclicError) {
        precondition(network.cycle == cycle && network.greensPerGroup == slotsPerGroup, "greens of another network")
        let common = Double(cycle)
        let repeats = common / timing.cycle
        guard timing.cycle > 0, repeats.isFinite, repeats >= 1, abs(repeats - repeats.rounded()) < 1e-9 else {
            throw .junctionCycle(timing.junction, found: timing.cycle, common: cycle)
        }
        let count = Int(repeats.rounded())
        var result = self
        for slot in slotsOfJunction[junction] {
            result.starts[slot] = 0
            result.lengths[slot] = 0
        }
        for number in network.signalsOfJunction[junction] {
            let signal = network.signals[number]
            let intervals = timing.greens.first { $0.group == signal.id }?.intervals ?? []
            let shown = intervals.filter { $0.duration > 0 }
            if shown.contains(where: { $0.duration >= timing.cycle }) {
                result.lengths[number * slotsPerGroup] = Float(cycle)
                continue
            }
            guard shown.count * count <= slotsPerGroup else {
                throw .greens(timing.junction, signal.id, found: shown.count * count, most: slotsPerGroup)
            }
            for (place, interval) in shown.enumerated() {
                let begin = timing.cycleStart + interval.start + signal.startLag
                let length = max(0, interval.duration - signal.startLag + signal.endGain)
                guard begin.isFinite, length.isFinite, abs(begin) < 1e9 else {
                    throw .green(timing.junction, signal.id)
                }
                for turn in 0..<count {
                    let slot = number * slotsPerGroup + place * count + turn
                    result.starts[slot] = Self.inCycle(begin + Double(turn) * timing.cycle, common)
                    result.lengths[slot] = Float(min(length, common))
                }
            }
        }
        self = result
    }

    /// Moves all greens of a junction: its offset gets later by some seconds.
    ///
    /// - Parameters:
    ///   - junction: Position of the junction.
    ///   - seconds: Any finite number, s; negative for earlier.
    public mutating func shift(junction: Int, by seconds: Double) {
        for slot in slotsOfJunction[junction] where lengths[slot] > 0 && lengths[slot] < Float(cycle) {
            starts[slot] = Self.inCycle(Double(starts[slot]) + seconds, Double(cycle))
        }
    }

    private static func inCycle(_ time: Double, _ cycle: Double) -> Float {
        let rest = Float(time - (time / cycle).rounded(.down) * cycle)
        // Single precision may round up to the cycle itself.
        return rest < Float(cycle) ? max(0, rest) : 0
    }

    /// Share of each second of the cycle in which a signal group is green.
    func shares(of signal: Int) -> [Double] {
        var shares = Array(repeating: 0.0, count: cycle)
        for slot in signal * slotsPerGroup..<(signal + 1) * slotsPerGroup {
            let start = Double(starts[slot])
            let end = start + Double(lengths[slot])
            for second in 0..<cycle {
                for turn in [0.0, Double(cycle)] {
                    let begin = Double(second) + turn
                    shares[second] += max(0, min(end, begin + 1) - max(start, begin))
                }
            }
        }
        return shares.map { min(1, $0) }
    }

    /// Number of greens of a signal group in the cycle, and their sum, s.
    func greens(of signal: Int) -> (count: Int, seconds: Double) {
        let slots = signal * slotsPerGroup..<(signal + 1) * slotsPerGroup
        return (slots.count { lengths[$0] > 0 }, slots.reduce(0) { $0 + Double(lengths[$1]) })
    }
}
