import AdaptiveControl
import SignalModel

/// Readings of loops that have come and were not looked at yet.
///
/// Loops report when a second is over, and some a moment later than others: what has come since the last look counts
/// together.
struct ReadingMemory: Sendable {
    private struct Entry {
        var start: Int
        var reading: LoopReading
    }

    /// How old a reading may be when it is looked at, s.
    static let greatestAge = 3

    /// By loop, the oldest first.
    private var entries: [[Entry]]
    /// By loop: start of the newest reading that has come.
    private var newest: [Int]

    init(count: Int) {
        entries = Array(repeating: [], count: count)
        newest = Array(repeating: .min, count: count)
    }

    /// Takes the reading of a loop for the second that starts at a time, s; one that comes again, or too late, is left out.
    mutating func add(_ reading: LoopReading, of loop: Int, start: Int) {
        guard start > newest[loop] else { return }
        newest[loop] = start
        entries[loop].append(Entry(start: start, reading: reading))
        if entries[loop].count > Self.greatestAge { entries[loop].removeFirst() }
    }

    /// What a loop has said of the seconds up to the one that starts at a time, s; nil where it has said nothing.
    mutating func take(of loop: Int, upTo start: Int) -> LoopReading? {
        var result: LoopReading?
        while let entry = entries[loop].first, entry.start <= start {
            entries[loop].removeFirst()
            guard entry.start > start - Self.greatestAge else { continue }
            result = LoopReading(
                passed: entry.reading.passed + (result?.passed ?? 0), isCovered: entry.reading.isCovered,
                isOccupied: entry.reading.isOccupied)
        }
        return result
    }
}

extension LoopReading {
    /// What control needs of a detector's reading of one second; nil where that cannot be told.
    init?(_ reading: DetectorReading) {
        guard let count = reading.count, let occupancy = reading.occupancy, let isPresent = reading.isPresent,
            let passed = Int(exactly: count)
        else { return nil }
        self.init(passed: passed, isCovered: occupancy > 0.99, isOccupied: isPresent)
        // Readings of several seconds are added up: a number that cannot be true must not come that far.
        guard isPlausible else { return nil }
    }
}
