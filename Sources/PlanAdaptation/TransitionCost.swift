import SignalModel

/// What it costs traffic that a junction comes into step with a new timing: an estimate for the ways that a controller has.
///
/// A controller joins the new timing where its lamps are and then waits in one stage, or runs longer or shorter cycles until
/// it is in step. It chooses among them by what it sees; this is what the change is likely to cost, in vehicle-seconds:
/// - a red of r seconds in place of r₀ has those who come evenly wait q(r² − r₀²)/(2(1 − y)) longer (Webster 1958, the area
///   under the queue), with their flow q and flow ratio y;
/// - those who come in what shorter cycles take from a group's share of green, and those whom they leave behind where it is
///   needed, wait a cycle each;
/// - while cycles are longer or shorter, platoons of the neighbours meet red by chance: half of the mean wait of even
///   arrivals at the planned red, for all who come.
struct TransitionCost {
    /// One way with its cost.
    struct Way: Equatable {
        /// nil where the timing is in step at once.
        var way: OffsetWay?
        /// Vehicle-seconds.
        var cost: Double
    }

    /// By how much of a cycle one cycle may be lengthened or shortened, and for how many.
    private static let greatestShare = 0.25
    private static let greatestCycleCount = 6
    /// Share of the mean wait that even arrivals have beyond platoons in step.
    private static let outOfStep = 0.5
    private static let greatestRatio = 0.9

    private let old: SecondGreens
    private let new: SecondGreens
    private let demand: [GroupDemand]
    private let greens: [(shortestGreen: Int, greens: Int, longestRed: Int)]
    /// Groups that stay green while the longest stage is waited out.
    private let waiting: [Bool]
    /// Seconds of the cycle in which a group is green.
    private let stageTime: Int
    /// Seconds by which a cycle can be cut at most.
    private let greatestCut: Int

    init(from before: JunctionPlan, to after: JunctionPlan, rules: JunctionRules, demand: [GroupDemand]) {
        old = SecondGreens(before, under: rules)
        let new = SecondGreens(after, under: rules)
        self.new = new
        self.demand = demand
        greens = rules.groups.indices.map { new.lengths(of: $0) }
        let longest = (0..<new.cycle).max { new.age[$0] < new.age[$1] } ?? 0
        waiting = new.greens(at: longest)
        stageTime = (0..<new.cycle).count { new.greens(at: $0).contains(true) }
        let slack = zip(rules.groups, greens).map { group, own in
            own.longestRed == 0
                ? Int.max : own.shortestGreen - Int(max(group.leastGreen, group.crossing?.leastWalk ?? 0).rounded(.up))
        }
        greatestCut = Self.cut(of: new, slack: slack)
    }

    /// The cheapest way from the lamps under the old timing at a moment, for all that may be added to the offset of the new
    /// one, from 0 s to below its cycle.
    ///
    /// - Parameter time: Moment of the change, s of network time.
    func cheapestByRotation(at time: Int) -> [Way] {
        let place = new.place(like: old, at: old.position(at: time))
        let behind = new.position(at: time) - place
        return (0..<new.cycle).map { cheapest(behind: SecondGreens.modulo(behind - $0, new.cycle)) }
    }

    private func cheapest(behind: Int) -> Way {
        guard behind > 0 else { return Way(way: nil, cost: 0) }
        let ahead = new.cycle - behind
        var ways = [Way(way: .dwell, cost: dwelling(ahead))]
        let most = max(1, Int(Double(new.cycle) * Self.greatestShare))
        if (ahead + most - 1) / most <= Self.greatestCycleCount {
            ways.append(Way(way: .long, cost: lengthened(by: ahead, atMost: most)))
        }
        let cut = min(most, greatestCut)
        if cut > 0, (behind + cut - 1) / cut <= Self.greatestCycleCount {
            ways.append(Way(way: .short, cost: shortened(by: behind, atMost: cut)))
        }
        return ways.min { $0.cost < $1.cost }!
    }

    private func dwelling(_ seconds: Int) -> Double {
        zip(demand, greens).enumerated().reduce(0) { sum, item in
            let (own, green) = item.element
            guard !waiting[item.offset] else { return sum }
            return sum + Self.wait(own, red: green.longestRed + seconds) - Self.wait(own, red: green.longestRed)
        } + outOfStep(for: seconds)
    }

    /// Cost of cycles that are longer by some seconds in all.
    private func lengthened(by seconds: Int, atMost most: Int) -> Double {
        let cycles = Double((seconds + most - 1) / most)
        let factor = 1 + Double(seconds) / cycles / Double(new.cycle)
        return zip(demand, greens).reduce(outOfStep(for: Int(cycles) * new.cycle + seconds)) { sum, item in
            let red = Double(item.1.longestRed)
            return sum + cycles * (Self.wait(item.0, red: red * factor) - Self.wait(item.0, red: red))
        }
    }

    /// Cost of cycles that are shorter by some seconds in all.
    private func shortened(by seconds: Int, atMost most: Int) -> Double {
        let cycles = Double((seconds + most - 1) / most)
        let cycle = Double(new.cycle)
        let cut = Double(seconds) / cycles
        return zip(demand, greens).reduce(outOfStep(for: Int(cycles) * new.cycle - seconds)) { sum, item in
            let (own, green) = (item.0, Double(item.1.greens))
            // Interstages stay as long: all that is cut is green, of each group in proportion to its own.
            let rest = green * (1 - cut / Double(max(1, stageTime)))
            let missing = max(0, green * (cycle - cut) / cycle - rest)
            let served = own.ratio > 0 ? own.flow / own.ratio * rest : .infinity
            let left = max(0, own.flow * (cycle - cut) - served)
            return sum + cycles * (own.flow * missing + left) * cycle
        }
    }

    private func outOfStep(for seconds: Int) -> Double {
        zip(demand, greens).reduce(0) { sum, item in
            let mean = Self.wait(item.0, red: item.1.longestRed) / Double(new.cycle)
            return sum + Self.outOfStep * mean * Double(seconds)
        }
    }

    private static func wait(_ demand: GroupDemand, red: Int) -> Double { wait(demand, red: Double(red)) }

    private static func wait(_ demand: GroupDemand, red: Double) -> Double {
        demand.flow * red * red / (2 * (1 - min(greatestRatio, demand.ratio)))
    }

    /// Seconds of stages that can be left out of one cycle, with every green at least its least and every stage of a second.
    private static func cut(of timing: SecondGreens, slack: [Int]) -> Int {
        var slack = slack
        var sum = 0
        for position in 0..<timing.cycle where timing.age[SecondGreens.modulo(position + 1, timing.cycle)] == 0 {
            let members = slack.indices.filter { timing.isGreen[$0][position] }
            let room = min(timing.age[position], members.map { slack[$0] }.min() ?? 0)
            guard room > 0 else { continue }
            for group in members { slack[group] -= slack[group] == .max ? 0 : room }
            sum += room
        }
        return sum
    }
}
