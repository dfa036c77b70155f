/// A queue that stands over the entry detector of a lane until the period ends: what waits behind it is never counted.
///
/// As many are counted as it lets pass. Traffic is taken to go on coming at the rate at which it came before the queue
/// stood there, and what is missing from that waits outside.
struct StandingQueue: Equatable {
    /// First of the intervals in which the queue stands; it stands in all that follow.
    let start: Int
    /// Vehicles that come and are not counted in each of these intervals; nil where the queue has stood there from the
    /// start, so that no rate is known.
    let unseen: Double?

    /// Time over which a queue is looked at, s: it moves up once a cycle, and leaves the entry free for a while.
    private static let window = 300.0
    /// Time for which a vehicle covers a detector from which it takes its place in a queue, s: it takes about half a
    /// second where traffic flows.
    private static let creepTime = 2.0
    /// Occupancy at the stop line of a lane that never empties.
    private static let fullOccupancy = 0.8

    /// Finds the queue that stands over the entry of a lane at the end; nil where there is none, or where as many come as before.
    ///
    /// - Parameters:
    ///   - counts: Vehicles at the entry by interval.
    ///   - entry: Occupancy at the entry by interval.
    ///   - stopLine: Occupancy at the stop line by interval; 0 where it was not measured.
    ///   - intervalLength: Length of the intervals, s.
    init?(counts: [Double], entry: [Double], stopLine: [Double], intervalLength: Double) {
        let size = max(1, Int((Self.window / intervalLength).rounded()))
        guard size <= counts.count else { return nil }
        func mean(_ values: [Double], _ range: Range<Int>) -> Double {
            values[range].reduce(0, +) / Double(max(1, range.count))
        }
        func stands(from first: Int) -> Bool {
            let cycles = first..<first + size
            let covered = mean(entry, cycles)
            let creep = mean(counts, cycles) * Self.creepTime / intervalLength
            let isFull = mean(stopLine, cycles) >= Self.fullOccupancy
            return covered >= HiddenQueue.coveredOccupancy || isFull && creep > 0 && covered >= creep
        }
        let standing = (0...counts.count - size).reversed().prefix(while: stands)
        guard let first = standing.last else { return nil }
        // The first of these windows reaches back to the time before the queue.
        if let start = Self.fall(
            of: counts, within: max(0, first - size)..<min(counts.count, first + 2 * size),
            at: first...min(first + size, counts.count - 1))
        {
            let (before, after) = (max(0, start - size)..<start, start..<counts.count)
            let (earlier, later) = (mean(counts, before), mean(counts, after))
            // Where the queue may have stood from the start, a rate before it must be more than chance (of Poisson counts).
            let variance = earlier / Double(before.count) + later / Double(after.count)
            if earlier - later > (first == 0 ? 2 * variance.squareRoot() : 0) {
                self.start = start
                unseen = earlier - later
                return
            }
        }
        guard first == 0 else { return nil }
        start = 0
        unseen = nil
    }

    /// The interval from which counts are lower than before, where two rates explain them best by least squares; nil where
    /// they do not fall.
    private static func fall(of counts: [Double], within range: Range<Int>, at places: ClosedRange<Int>) -> Int? {
        var best: (place: Int, gain: Double)?
        for place in places where place > range.lowerBound && place < range.upperBound {
            let (before, after) = (counts[range.lowerBound..<place], counts[place..<range.upperBound])
            let (higher, lower) = (before.reduce(0, +), after.reduce(0, +))
            let (early, late) = (higher / Double(before.count), lower / Double(after.count))
            guard early > late else { continue }
            // What the two means leave of the sum of squares, less what is the same for every place.
            let gain = higher * early + lower * late
            if gain > best?.gain ?? -.infinity { best = (place, gain) }
        }
        return best?.place
    }
}
