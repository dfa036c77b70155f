import SignalModel

/// Counts by detector and interval of an analysis period, gathered from readings of any length.
struct CountTable {
    let start: Double
    let intervalLength: Double
    let intervalCount: Int
    /// Vehicles by detector and interval; nil where no usable reading covers the interval.
    private(set) var counts: [DetectorID: [Double?]] = [:]
    /// Length of the readings that show which lanes feed which links, s: the commonest, or as many as fill 10 s.
    let fineLength: Double
    /// Vehicles by detector and reading of ``fineLength``, nil where it is missing; only where at least half are there.
    private(set) var fine: [DetectorID: [Double?]] = [:]
    /// Mean share of the time that each detector was covered; only where it was measured.
    private(set) var occupancy: [DetectorID: Double] = [:]
    /// Share of each interval in which each detector was covered, 0 where it was not measured.
    private(set) var occupancyByInterval: [DetectorID: [Double]] = [:]
    /// Detectors of the readings from which the network's flows are not estimated, in the order of the readings.
    let unknownDetectors: [DetectorID]
    /// End of the period that makes no whole interval, s.
    let rest: Double

    init(network: Network, counts: Counts, settings: FlowEstimationSettings) throws(FlowEstimationError) {
        let known = Set(network.detectors.filter(\.purpose.isCounting).map(\.id))
        var strangers = Set<DetectorID>()
        unknownDetectors = counts.readings.map(\.detector).filter {
            !known.contains($0) && strangers.insert($0).inserted
        }
        let timed = counts.readings.filter { $0.start.isFinite && $0.length.isFinite && $0.length > 0 }
        guard !timed.isEmpty else { throw .noReadings }
        // Others may come from another clock, or every second.
        let usable = timed.filter { known.contains($0.detector) }
        guard let first = usable.map(\.start).min(), let last = usable.map({ $0.start + $0.length }).max() else {
            throw .noKnownDetector
        }
        let begin = settings.start ?? first
        let end = settings.end ?? last
        let shortest = usable.map(\.length).min() ?? 300
        intervalLength = settings.intervalLength ?? min(300, max(60, shortest))
        // What is lost to rounding does not take a whole interval with it.
        let span = (end - begin) / intervalLength + Self.roundingShare
        // Beyond 10¹² s the clock's own rounding is no longer small against a reading.
        guard span.isFinite, span >= 1, span.rounded(.down) <= 10_000, abs(begin) < 1e12 else {
            throw .badPeriod(start: begin, end: end)
        }
        start = begin
        intervalCount = Int(span.rounded(.down))
        let remainder = end - begin - Double(intervalCount) * intervalLength
        rest = remainder > Self.roundingShare * intervalLength ? remainder : 0
        let commonest = Self.commonestLength(usable)
        let followed = commonest * max(1, (Self.leastFineLength / commonest).rounded(.up))
        // Beyond a million there is more than enough to go by, and to keep.
        fineLength = max(followed, (end - begin) / 1e6)
        let fineCount = Int(Double(intervalCount) * intervalLength / fineLength + Self.roundingShare)
        var fineSums: [DetectorID: (vehicles: [Double], covered: [Double])] = [:]
        var covered: [DetectorID: (sum: Double, count: Double)] = [:]
        var sums: [DetectorID: (vehicles: [Double], covered: [Double])] = [:]
        let empty = Array(repeating: 0.0, count: intervalCount)
        let emptyFine = Array(repeating: 0.0, count: fineCount)
        for reading in usable {
            if let share = reading.occupancy, (0...1).contains(share) {
                covered[reading.detector, default: (0, 0)].sum += share
                covered[reading.detector]!.count += 1
            }
            guard let count = reading.count, count.isFinite, count >= 0,
                count <= settings.greatestFlow * reading.length + 1
            else { continue }
            // Those of another length may come from another clock, and tell little of when vehicles passed.
            let place = (reading.start - begin) / fineLength + 1e-6
            let end = (reading.start + reading.length - begin) / fineLength - 1e-6
            if reading.length == commonest, place >= 0, max(place, end) < Double(fineCount),
                Int(place) == Int(end)
            {
                fineSums[reading.detector, default: (emptyFine, emptyFine)].vehicles[Int(place)] += count
                fineSums[reading.detector]!.covered[Int(place)] += commonest
            }
            // A reading that straddles intervals is shared out in proportion.
            var cut = max(reading.start, begin)
            let finish = min(reading.start + reading.length, begin + Double(intervalCount) * intervalLength)
            while cut < finish - 1e-9 {
                let interval = min(intervalCount - 1, Int((cut - begin) / intervalLength + 1e-9))
                let edge = min(finish, begin + Double(interval + 1) * intervalLength)
                let part = max(edge - cut, 1e-6)
                if let share = reading.occupancy, (0...1).contains(share) {
                    occupancyByInterval[reading.detector, default: empty][interval] += share * part / intervalLength
                }
                sums[reading.detector, default: (empty, empty)].vehicles[interval] += count * part / reading.length
                sums[reading.detector]!.covered[interval] += part
                cut += part
            }
        }
        occupancy = covered.mapValues { $0.sum / $0.count }
        for (detector, sum) in fineSums {
            let values = zip(sum.vehicles, sum.covered).map { vehicles, covered -> Double? in
                covered > fineLength - 1e-6 ? vehicles * fineLength / covered : nil
            }
            if 2 * values.count(where: { $0 == nil }) <= fineCount { fine[detector] = values }
        }
        for (detector, sum) in sums {
            self.counts[detector] = zip(sum.vehicles, sum.covered).map { vehicles, covered in
                covered >= intervalLength / 2 ? vehicles * intervalLength / covered : nil
            }
        }
    }

    /// Share of an interval that rounding may take.
    private static let roundingShare = 1e-6

    /// Least length over which vehicles are followed from one detector to the next, s.
    private static let leastFineLength = 10.0

    /// The length that most readings have; the shortest of those where several are as common.
    private static func commonestLength(_ readings: [DetectorReading]) -> Double {
        let numbers = readings.reduce(into: [Double: Int]()) { $0[$1.length, default: 0] += 1 }
        return numbers.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? 300
    }

    /// Counts of one detector with gaps filled from the intervals beside them; nil where it never counted.
    func filled(_ detector: DetectorID) -> [Double]? {
        guard let values = counts[detector], values.contains(where: { $0 != nil }) else { return nil }
        return values.indices.map { interval in
            if let value = values[interval] { return value }
            let before = values[..<interval].last { $0 != nil } ?? nil
            let after = values[(interval + 1)...].first { $0 != nil } ?? nil
            switch (before, after) {
            case (let before?, let after?): return (before + after) / 2
            case (let before?, nil): return before
            case (nil, let after?): return after
            case (nil, nil): return 0
            }
        }
    }

    /// Vehicles that a detector counted in the period, without what would fill its gaps.
    func counted(_ detector: DetectorID) -> Double {
        (counts[detector] ?? []).compactMap(\.self).reduce(0, +)
    }

    /// Variance of what ``filled(_:)`` put into gaps, vehicles²; 0 where the detector counted.
    ///
    /// Demand changes in a gap as it does from one counted interval to the next, so their mean squared difference says
    /// what a value from beside the gap is worth.
    func gapVariance(_ detector: DetectorID) -> [Double] {
        guard let values = counts[detector], let filled = filled(detector) else {
            return Array(repeating: 0, count: intervalCount)
        }
        let steps = zip(values, values.dropFirst()).compactMap { before, after in
            before.flatMap { before in after.map { ($0 - before) * ($0 - before) } }
        }
        let mean = steps.isEmpty ? 0 : steps.reduce(0, +) / Double(steps.count)
        // Poisson counts differ by twice their mean, squared, even where demand is steady.
        return zip(values, filled).map { $0 == nil ? max(mean, 2 * $1, 1) : 0 }
    }

    /// Share of the intervals without a usable reading.
    func missing(_ detector: DetectorID) -> Double {
        guard let values = counts[detector] else { return 1 }
        return Double(values.count { $0 == nil }) / Double(values.count)
    }
}
