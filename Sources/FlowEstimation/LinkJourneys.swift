/// When the vehicles that leave a link had entered it, lane by lane.
///
/// Known are the counts of every lane at both ends. Vehicles keep their lane where the counts allow it, and leave a lane
/// in the order in which they came (cumulative curves; Newell 1982); that is the pattern of a fit by scaling (see
/// ``Furness``), which meets the counts of each interval. Vehicles may be on the link at the start and may be left at
/// the end: a queue that grows keeps its vehicles in the lanes where they entered.
struct LinkJourneys {
    /// Vehicles bound for the stop line of a lane: [lane][interval of entry][intervals from entry to exit].
    ///
    /// Those that are still on the link at the end are given exits after it.
    private(set) var byLane: [[[Double]]]

    private let entries: [[Double]]
    private let exits: [[Double]]
    private let count: Int

    /// Rounds of scaling; a few are enough, as the pattern is near the counts.
    private static let rounds = 40
    /// Longest time on the link that is followed, intervals.
    private static let longestTime = 40
    /// Share of the vehicles that may change lanes though the counts do not ask for it.
    private static let freeChange = 0.002

    /// Fits journeys to counts.
    ///
    /// - Parameters:
    ///   - entries: Vehicles by lane and interval at the entry.
    ///   - exits: Vehicles by lane and interval at the stop line.
    ///   - travelTime: Free travel time, in intervals.
    /// - Precondition: As many exits as entries, all of one number of intervals.
    init(entries: [[Double]], exits: [[Double]], travelTime: Double) {
        self.entries = entries
        self.exits = exits
        count = entries.first?.count ?? 0
        byLane = []
        let lanes = entries.indices
        let choices = laneChoices()
        let longest = min(count, Int(travelTime) + Self.longestTime)
        let wait = meanWait(travelTime: travelTime)
        let patterns = lanes.map { lane -> [[Double]] in
            let arrivals = arrivals(at: lane, choices)
            guard isGrowing(arrivals: arrivals, exits: exits[lane]) else {
                let pattern = Self.steadyChances(wait: wait, travelTime: travelTime, longest: longest)
                return Array(repeating: pattern, count: count)
            }
            return timesOnLink(lane, arrivals: arrivals, travelTime: travelTime)
                .map { Self.chances(of: $0, travelTime: travelTime, longest: longest) }
        }
        var cells = lanes.map { from in
            lanes.map { lane in
                (0..<count).map { interval in
                    let demand = entries[from][interval] * choices[from][lane]
                    return patterns[lane][interval].map { $0 * demand }
                }
            }
        }
        for _ in 0..<Self.rounds {
            for lane in lanes { scale(&cells, toExitsOf: lane, longest: longest) }
            for from in lanes { scale(&cells, toEntriesOf: from) }
        }
        byLane = lanes.map { lane in
            (0..<count).map { interval in
                (0...longest).map { later in lanes.reduce(0) { $0 + cells[$1][lane][interval][later] } }
            }
        }
    }

    /// Share of the vehicles of each lane that leave by each lane: as few change as the counts of the period allow.
    private func laneChoices() -> [[Double]] {
        let entered = entries.map { $0.reduce(0, +) }
        let left = exits.map { $0.reduce(0, +) }
        let surplus = zip(entered, left).map { max(0, $0 - $1) }
        let deficit = zip(entered, left).map { max(0, $1 - $0) }
        let (much, little) = (surplus.reduce(0, +), deficit.reduce(0, +))
        let even = Self.freeChange / Double(max(1, entries.count))
        return entries.indices.map { from in
            var shares = Array(repeating: 0.0, count: entries.count)
            shares[from] = 1
            if much > 0, little > 0, entered[from] > 0 {
                let moved = surplus[from] * min(1, little / much) / entered[from]
                shares[from] -= moved
                for lane in entries.indices { shares[lane] += moved * deficit[lane] / little }
            }
            return shares.map { $0 * (1 - Self.freeChange) + even }
        }
    }

    /// Whether more is bound for a stop line than leaves over it, by more than chance.
    private func isGrowing(arrivals: [Double], exits: [Double]) -> Bool {
        let (bound, left) = (arrivals.reduce(0, +), exits.reduce(0, +))
        return bound - left > max(0.07 * bound, 2 * bound.squareRoot())
    }

    /// Mean time on the link beyond the free travel time, in intervals: mean number of vehicles over flow (Little 1961).
    private func meanWait(travelTime: Double) -> Double {
        var (present, least, area, total) = (0.0, 0.0, 0.0, 0.0)
        for interval in 0..<count {
            let arrived = entries.reduce(0) { $0 + $1[interval] }
            present += arrived - exits.reduce(0) { $0 + $1[interval] }
            least = min(least, present)
            area += present
            total += arrived
        }
        return max(0.5, (area - least * Double(count)) / max(1, total) - travelTime)
    }

    private func arrivals(at lane: Int, _ choices: [[Double]]) -> [Double] {
        (0..<count).map { interval in entries.indices.reduce(0) { $0 + entries[$1][interval] * choices[$1][lane] } }
    }

    /// Time from entry to exit by interval of entry, in intervals, when vehicles leave in the order in which they came.
    private func timesOnLink(_ lane: Int, arrivals: [Double], travelTime: Double) -> [Double] {
        var arrived: [Double] = [0]
        var left: [Double] = [0]
        for interval in 0..<count {
            arrived.append(arrived[interval] + arrivals[interval])
            left.append(left[interval] + exits[lane][interval])
        }
        let present = zip(arrived, left).reduce(0) { max($0, $1.1 - $1.0) }
        let last = exits[lane].suffix(10)
        // Those that are left at the end go on as the last ones did.
        let rate = max(0.1, last.reduce(0, +) / Double(max(1, last.count)))
        var exit = 0
        return (0..<count).map { interval in
            let number = present + (arrived[interval] + arrived[interval + 1]) / 2
            while exit < count, left[exit + 1] < number { exit += 1 }
            let time: Double
            if exit < count {
                let counted = left[exit + 1] - left[exit]
                time = Double(exit) + (counted > 0 ? (number - left[exit]) / counted : 0.5)
            } else {
                time = Double(count) + (number - left[count]) / rate
            }
            return max(travelTime, time - Double(interval) - 0.5)
        }
    }

    /// Chance of each whole number of intervals on the link: from the free travel time on it falls by the same share.
    private static func steadyChances(wait: Double, travelTime: Double, longest: Int) -> [Double] {
        let least = Int(travelTime)
        let fall = wait / (1 + wait)
        var result = Array(repeating: 0.0, count: longest + 1)
        var chance = 1.0
        for later in stride(from: least, through: longest, by: 1) {
            // Entries are spread evenly within an interval.
            result[later] = later == least ? chance * (1 - (travelTime - Double(least))) : chance
            chance *= fall
        }
        return result
    }

    /// Chance of each whole number of intervals on the link around the expected time.
    private static func chances(of time: Double, travelTime: Double, longest: Int) -> [Double] {
        let least = Int(travelTime)
        let centre = min(time, Double(longest))
        var result = Array(repeating: 0.0, count: longest + 1)
        // Falls by the same share with every interval away from it, more slowly where queues make times uncertain.
        let scatter = 0.3 + 0.2 * max(0, centre - travelTime)
        let fall = scatter / (1 + scatter)
        var chance = 1.0
        for later in stride(from: min(longest, Int(centre.rounded(.up))), through: longest, by: 1) {
            result[later] = chance
            chance *= fall
        }
        chance = 1
        for later in stride(from: Int(centre), through: min(least, longest), by: -1) {
            result[later] = max(result[later], chance)
            chance *= fall
        }
        // Entries are spread evenly within an interval.
        if least < longest { result[least] *= 1 - (travelTime - Double(least)) }
        let sum = result.reduce(0, +)
        return sum > 0 ? result.map { $0 / sum } : result
    }

    private func scale(_ cells: inout [[[[Double]]]], toExitsOf lane: Int, longest: Int) {
        var sums = Array(repeating: 0.0, count: count)
        for from in cells.indices {
            for interval in 0..<count {
                for later in 0...longest where interval + later < count {
                    sums[interval + later] += cells[from][lane][interval][later]
                }
            }
        }
        // Vehicles that are on the link at the start leave soon.
        var early = sums.isEmpty ? 0 : max(0, exits[lane][0] - sums[0])
        let factors = sums.enumerated().map { step, sum -> Double in
            defer { early /= 2 }
            let explained = sum + early
            return (exits[lane][step] + 0.01) / (explained + 0.01)
        }
        for from in cells.indices {
            for interval in 0..<count {
                for later in 0...longest where interval + later < count {
                    cells[from][lane][interval][later] *= factors[interval + later]
                }
            }
        }
    }

    private func scale(_ cells: inout [[[[Double]]]], toEntriesOf from: Int) {
        for interval in 0..<count {
            let sum = cells[from].reduce(0) { $0 + $1[interval].reduce(0, +) }
            guard sum > 0 else { continue }
            let factor = entries[from][interval] / sum
            for lane in cells[from].indices {
                for later in cells[from][lane][interval].indices { cells[from][lane][interval][later] *= factor }
            }
        }
    }
}
