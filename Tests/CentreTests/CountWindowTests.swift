import Centre
import SignalModel
import Testing

@Suite("What detectors counted of late")
struct CountWindowTests {
    private static let detector = DetectorID("d")

    private func window() -> CountWindow { CountWindow(detectors: [Self.detector, DetectorID("e")], length: 600) }

    private func reading(
        _ start: Double, length: Double = 1, count: Double? = 1, occupancy: Double? = nil, speed: Double? = nil
    ) -> DetectorReading {
        DetectorReading(
            detector: Self.detector, start: start, length: length, count: count, occupancy: occupancy, speed: speed)
    }

    @Test("Seconds in any order, some twice, come to the count of each second once")
    func orderDoesNotMatter() {
        var generator = SeededGenerator(seed: 1)
        var seconds = (0..<240).map { ($0, Double($0 % 3)) }
        let truth = (0..<24).map { bin in seconds[(bin * 10)..<(bin * 10 + 10)].reduce(0) { $0 + $1.1 } }
        seconds += seconds.shuffled(using: &generator).prefix(100)
        seconds.shuffle(using: &generator)
        var window = window()
        for (second, count) in seconds {
            window.add(reading(Double(second), count: min(count, 2)), at: 240)
        }
        let counts = window.counts(from: 0, to: 240).readings.filter { $0.detector == Self.detector }
        #expect(counts.map(\.count) == truth)
        #expect(window.tally(of: Self.detector).repeated == 100)
        #expect(window.lastHeard(Self.detector) == 240)
    }

    @Test("A bin of which less than half was counted has no count; another is filled up")
    func gaps() {
        var window = window()
        for second in 0..<4 { window.add(reading(Double(second)), at: 200) }
        for second in 10..<15 { window.add(reading(Double(second)), at: 200) }
        let counts = window.counts(from: 0, to: 20).readings.filter { $0.detector == Self.detector }
        #expect(counts.map(\.count) == [nil, 10])
    }

    @Test("A long reading is spread over its time, and what overlaps it is turned away")
    func longReadings() {
        var window = window()
        #expect(window.add(reading(30, length: 120, count: 12), at: 200) == .counted)
        #expect(window.add(reading(140, length: 20, count: 3), at: 200) == .repeated)
        let counts = window.counts(from: 0, to: 180).readings.filter { $0.detector == Self.detector }
        let expected = Array(repeating: -1.0, count: 3) + Array(repeating: 1, count: 12) + [-1, -1, -1]
        let found = counts.map { $0.count ?? -1 }
        #expect(found.count == expected.count)
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-9 })
    }

    @Test(
        "What no street can have made is turned away",
        arguments: [
            (Double.nan, 1.0, 1.0, 0.1, 1.0), (0, .nan, 1, 0.1, 1), (0, 0, 1, 0.1, 1), (0, -1, 1, 0.1, 1),
            (0, 7200, 1, 0.1, 1), (0, 1, -1, 0.1, 1), (0, 1, .infinity, 0.1, 1), (0, 1, 9, 0.1, 1),
            (0, 1, 1, 1.2, 1), (0, 1, 1, -0.1, 1), (0, 1, 1, 0.1, -3), (0, 1, 1, 0.1, 400), (-5, 1, 1, 0.1, 1),
            (1e300, 1, 1, 0.1, 1),
        ])
    func impossible(start: Double, length: Double, count: Double, occupancy: Double, speed: Double) {
        var window = window()
        let verdict = window.add(
            reading(start, length: length, count: count, occupancy: occupancy, speed: speed), at: 100)
        #expect(verdict == .impossible)
        #expect(window.tally(of: Self.detector).impossible == 1)
        #expect(window.counts(from: 0, to: 60).readings.isEmpty)
    }

    @Test("What comes from the future, too late, or from nowhere is turned away")
    func outOfTime() {
        var window = window()
        #expect(window.add(reading(1000), at: 1001) == .counted)
        #expect(window.add(reading(1010), at: 1001) == .early)
        #expect(window.add(reading(5), at: 1001) == .late)
        #expect(window.add(reading(1001, count: nil), at: 1002) == .empty)
        var strange = reading(1)
        strange.detector = DetectorID("x")
        #expect(window.add(strange, at: 1001) == .unknown)
    }

    @Test("Bins that fall out of the window are gone, also after a long silence")
    func forgets() {
        var window = window()
        for second in 0..<60 { window.add(reading(Double(second)), at: 60) }
        window.add(reading(100_000), at: 100_001)
        #expect(window.counts(from: 0, to: 60).readings.isEmpty)
        #expect(window.counts(from: 99_900, to: 99_960).readings.allSatisfy { $0.count == nil })
    }

    @Test("Whatever comes, counts are never negative, nor more than was sent, and nothing crashes")
    func random() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<200 {
            var window = window()
            var sent = 0.0
            var now = 0.0
            for _ in 0..<300 {
                now += Double.random(in: 0...3, using: &generator)
                let start = now - Double.random(in: -10...700, using: &generator)
                let length = Double.random(in: -1...90, using: &generator)
                let count = Double.random(in: -1...20, using: &generator)
                if window.add(reading(start, length: length, count: count), at: now) == .counted { sent += count }
            }
            let counts = window.counts(from: 0, to: 3600).readings.compactMap(\.count)
            #expect(counts.allSatisfy { $0 >= 0 })
            // A bin is filled up to at most twice what was counted in it.
            #expect(counts.reduce(0, +) <= 2 * sent + 1e-9)
        }
    }
}
