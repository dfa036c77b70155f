import CentreStore
import SignalModel
import Testing

@Suite("Counts from the store")
struct CountTests {
    @Test("Counts are summed, occupancy is weighted by time and speed by vehicles")
    func means() throws {
        let store = try StoreFolder.opened()
        try store.record([
            .made(1, start: 100, length: 10, count: 2, occupancy: 0.1, speed: 10),
            .made(2, start: 110, length: 20, count: 6, occupancy: 0.4, speed: 14),
            .made(3, start: 130, length: 30, count: 0, occupancy: 0, speed: nil),
            .made(4, start: 160, length: 30, count: 5), .made(5, start: 190, length: 30, count: 7),
            .made(6, start: 99, count: 100), .made(7, start: 220, count: 100),
        ])
        let counts = try store.counts(from: 100, to: 220, interval: 60)
        let first = IntervalCount(
            detector: "D", start: 100, count: 8, covered: 60, occupancy: (0.1 * 10 + 0.4 * 20) / 60, speed: 13,
            readings: 3, missing: 0)
        #expect(counts.count == 2)
        #expect(abs((counts[0].occupancy ?? 0) - (first.occupancy ?? 1)) < 1e-12)
        var same = counts[0]
        same.occupancy = first.occupancy
        #expect(same == first)
        #expect(
            counts[1]
                == IntervalCount(
                    detector: "D", start: 160, count: 12, covered: 60, occupancy: nil, speed: nil, readings: 2,
                    missing: 0))
    }

    @Test("Readings without a count, suspect ones and those that never came are missing")
    func missing() throws {
        let store = try StoreFolder.opened()
        try store.record([
            .made(1, start: 0), .made(2, start: 10, count: nil), .made(3, start: 20, count: 99, quality: .suspect),
            .made(5, start: 40, count: 2, quality: .imputed), .made(7, detector: "E", start: 65, count: 3),
        ])
        let counts = try store.counts(from: 0, to: 90, interval: 60)
        #expect(
            counts == [
                IntervalCount(
                    detector: "D", start: 0, count: 3, covered: 20, occupancy: nil, speed: nil, readings: 2, missing: 4),
                // The last interval has 30 s.
                IntervalCount(
                    detector: "E", start: 60, count: 3, covered: 10, occupancy: nil, speed: nil, readings: 1, missing: 2
                ),
            ])
    }

    @Test("Of several readings of the same time the best counts, and of equals the first that came")
    func several() throws {
        let store = try StoreFolder.opened()
        try store.record([
            .made(1, start: 0, count: 5, source: .centre("history"), received: 11, quality: .imputed),
            .made(1, start: 0, count: 7, source: .feed("b"), received: 14, quality: .late),
            .made(1, start: 0, count: 8, source: .feed("a"), received: 15, quality: .late),
            .made(2, start: 10, count: nil, source: .feed("a"), received: 21),
            .made(2, start: 10, count: 4, source: .centre("history"), received: 25, quality: .imputed),
        ])
        let counts = try store.counts(from: 0, to: 20, interval: 20)
        #expect(counts.map(\.count) == [11])
        #expect(counts.map(\.readings) == [2])
        #expect(counts.map(\.missing) == [0])
    }

    @Test("Counts of random readings are those of a plain sum over them", arguments: 0..<8)
    func random(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let store = try StoreFolder.opened()
        var expected: [String: [Int: (count: Double, covered: Double)]] = [:]
        var readings: [StoredReading] = []
        for number in 0..<400 {
            let detector = "D\(Int.random(in: 0..<5, using: &generator))"
            // One start for each, so that none stands in place of another.
            let start = Double(number * 3) + 0.25
            let count = Bool.random(using: &generator) ? Double(Int.random(in: 0..<9, using: &generator)) : nil
            let length = Double(Int.random(in: 1...20, using: &generator))
            readings.append(.made(number, detector: DetectorID(detector), start: start, length: length, count: count))
            guard (100..<1000).contains(start), let count else { continue }
            expected[detector, default: [:]][Int((start - 100) / 70), default: (0, 0)].count += count
            expected[detector, default: [:]][Int((start - 100) / 70), default: (0, 0)].covered += length
        }
        readings.shuffle(using: &generator)
        try store.record(readings)
        for count in try store.counts(from: 100, to: 1000, interval: 70) {
            let sum = expected[count.detector.text]?.removeValue(forKey: Int((count.start - 100) / 70)) ?? (0, 0)
            #expect(count.count == sum.count && count.covered == sum.covered)
        }
        #expect(expected.values.filter { !$0.isEmpty }.count == 0)
    }

    @Test("Intervals that are none are refused")
    func invalid() throws {
        let store = try StoreFolder.opened()
        #expect(throws: StoreError.self) { try store.counts(from: 0, to: 10, interval: 0) }
        #expect(throws: StoreError.self) { try store.counts(from: .nan, to: 10, interval: 1) }
        #expect(try store.counts(from: 10, to: 0, interval: 1) == [])
    }
}
