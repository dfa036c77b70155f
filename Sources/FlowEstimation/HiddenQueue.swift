/// A queue that reaches back over the detectors at the entry of a link: what waits behind it is counted too late.
///
/// While a detector is covered, vehicles pass it at the rate at which the queue moves, and not as they come. All of them
/// pass in the end, so that only their times are wrong. The queue is taken to have come at the rate at which it grew over
/// the detector, until all who passed it under cover have come; cumulative curves of arrivals and passages give each
/// vehicle its own time (Newell 1993, part I, section 2), first in, first out. Of a queue that has not passed when the
/// period ends, ``StandingQueue`` says what came and did not pass.
struct HiddenQueue {
    /// Share of the vehicles counted in an interval that came in this or an earlier one: `[counted][came]`.
    let cameIn: [[Int: Double]]

    /// Occupancy from which a detector is covered by a queue: traffic at capacity leaves it free for most of the time.
    static let coveredOccupancy = 0.4

    /// Finds the queues over a detector; nil where there are none.
    ///
    /// - Parameters:
    ///   - counts: Vehicles by interval.
    ///   - occupancy: Greatest occupancy of the entry detectors by interval; 0 where it was not measured.
    ///   - standing: First of the intervals in which a queue stands that has not passed at the end.
    init?(counts: [Double], occupancy: [Double], standing: Int? = nil) {
        var cameIn = counts.indices.map { [$0: 1.0] }
        let limit = standing ?? counts.count
        var isMoved = false
        var first = 0
        while first < limit {
            guard occupancy[first] >= Self.coveredOccupancy else {
                first += 1
                continue
            }
            let covered = first + occupancy[first..<limit].prefix { $0 >= Self.coveredOccupancy }.count
            // The queue passes in the interval after it has left the detector.
            let end = min(limit, covered + 1)
            let before = counts[max(0, first - 2)..<first]
            let growth = max(before.isEmpty ? 0 : before.reduce(0, +) / Double(before.count), counts[first])
            if growth > 0 {
                for (interval, shares) in Self.arrivals(counts, first..<end, growth) { cameIn[interval] = shares }
                isMoved = true
            }
            first = end
        }
        guard isMoved else { return nil }
        self.cameIn = cameIn
    }

    /// Shares of each interval's vehicles by the interval in which they came.
    private static func arrivals(
        _ counts: [Double], _ intervals: Range<Int>, _ growth: Double
    ) -> [(Int, [Int: Double])] {
        // Vehicles that have come by the end of each interval: never fewer than have passed.
        var passed = 0.0
        let total = intervals.reduce(0) { $0 + counts[$1] }
        let come = intervals.map { interval in
            passed += counts[interval]
            return max(passed, min(total, growth * Double(interval - intervals.lowerBound + 1)))
        }
        passed = 0
        return intervals.map { interval in
            let from = passed
            passed += counts[interval]
            guard counts[interval] > 0 else { return (interval, [interval: 1]) }
            var shares: [Int: Double] = [:]
            var earlier = 0.0
            for (position, level) in come.enumerated() {
                let part = min(passed, level) - max(from, earlier)
                if part > 0 { shares[intervals.lowerBound + position] = part / counts[interval] }
                earlier = level
            }
            return (interval, shares)
        }
    }

    /// A profile by the times of passing as one by the times of coming.
    func moved(_ profile: [Double]) -> [Double] {
        var result = Array(repeating: 0.0, count: profile.count)
        for (interval, shares) in cameIn.enumerated() {
            for (came, share) in shares.sorted(by: { $0.key < $1.key }) { result[came] += profile[interval] * share }
        }
        return result
    }
}
