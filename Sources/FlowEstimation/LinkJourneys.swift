import SignalModel

/// When the vehicles that leave a link had entered it, lane by lane.
///
/// Known are the counts at both ends. The pattern of a fit by scaling (see ``Furness``) is the chance of a time on the
/// link, that falls exponentially beyond the free travel time and has the mean that the counts show, and the chance to
/// change from one lane to another, learnt from the fit itself. Vehicles may have been on the link at the start and may
/// be left at the end: a queue that grows keeps its vehicles in the lanes where they entered.
struct LinkJourneys {
    /// Vehicles that entered in each interval and are bound for each lane's stop line: [lane][entered][intervals later].
    private(set) var byLane: [[[Double]]]

    private static let rounds = 40

    /// Fits journeys to counts.
    ///
    /// - Parameters:
    ///   - entries: Vehicles by lane and interval at the entry.
    ///   - exits: Vehicles by lane and interval at the stop line.
    ///   - travelTime: Free travel time, in intervals.
    init(entries: [[Double]], exits: [[Double]], travelTime: Double) {
        let count = entries.first?.count ?? 0
        let lanes = entries.indices
        let arrived = (0..<count).map { interval in entries.reduce(0) { $0 + $1[interval] } }
        let left = (0..<count).map { interval in exits.reduce(0) { $0 + $1[interval] } }
        // Mean time on the link (Little 1961): mean number of vehicles there over the flow.
        var present = 0.0
        var least = 0.0
        var area = 0.0
        for interval in 0..<count {
            present += arrived[interval] - left[interval]
            least = min(least, present)
            area += present
        }
        let total = max(1, arrived.reduce(0, +))
        let mean = (area - least * Double(count)) / total
        let wait = max(0.5, mean - travelTime)
        let first = Int(travelTime)
        let longest = min(count, first + 2 + Int(min(40, 7 * wait)))
        // A geometric distribution falls by the same share in every interval.
        let decay = wait / (1 + wait)
        var chances = Array(repeating: 0.0, count: longest + 1)
        var chance = 1.0
        for later in min(first, longest)...longest {
            // Entries are spread evenly within an interval.
            chances[later] = later == first ? (1 - (travelTime - Double(first))) * (1 - decay) : chance
            chance *= decay
        }
        var cells = lanes.map { lane in
            lanes.map { other in
                (0..<count).map { interval in
                    chances.map { $0 * entries[lane][interval] * (lane == other ? 0.8 : 0.2 / Double(lanes.count)) }
                }
            }
        }
        // Vehicles that are on the link at the start leave first.
        let early = exits.map { counts in
            var still = counts.first ?? 0
            return (0..<count).map { _ -> Double in
                defer { still *= decay }
                return still
            }
        }
        for _ in 0..<Self.rounds {
            for lane in lanes {
                var sums = Array(repeating: 0.0, count: count)
                for from in lanes {
                    for interval in 0..<count {
                        for later in 0...longest where interval + later < count {
                            sums[interval + later] += cells[from][lane][interval][later]
                        }
                    }
                }
                for step in 0..<count { sums[step] += early[lane][step] }
                for from in lanes {
                    for interval in 0..<count {
                        for later in 0...longest where interval + later < count {
                            let sum = sums[interval + later]
                            if sum > 0 {
                                cells[from][lane][interval][later] *= (exits[lane][interval + later] + 0.01) / (sum + 0.01)
                            }
                        }
                    }
                }
            }
            for from in lanes {
                for interval in 0..<count {
                    let sum = lanes.reduce(0) { $0 + cells[from][$1][interval].reduce(0, +) }
                    guard sum > 0 else { continue }
                    let factor = entries[from][interval] / sum
                    for lane in lanes {
                        for later in 0...longest { cells[from][lane][interval][later] *= factor }
                    }
                }
            }
        }
        byLane = lanes.map { lane in
            (0..<count).map { interval in
                (0...longest).map { later in lanes.reduce(0) { $0 + cells[$1][lane][interval][later] } }
            }
        }
    }
}
