import CentreStore
import Foundation
import SignalModel

/// How long the store takes for 1,000 detectors that report every second, gathered for 20 ms; then as fast as it goes.
struct Measurement {
    static let detectorCount = 1000
    static let gathering = 0.02

    let path: String
    let seconds: Int

    func run() throws {
        let store = try CentreStore(path: path)
        let clock = ContinuousClock()
        var next = 0
        var times: [Double] = []
        let perBatch = Int(Double(Self.detectorCount) * Self.gathering)
        let start = clock.now
        for batch in 0..<Int(Double(seconds) / Self.gathering) {
            let due = start + .seconds(Double(batch + 1) * Self.gathering)
            Thread.sleep(forTimeInterval: max(0, (due - clock.now) / .seconds(1)))
            times.append(try time(clock) { try store.record(readings(perBatch, from: &next)) })
        }
        let paced = clock.now - start
        print("paced: \(next) readings in \(paced), \(perBatch) a transaction; \(Self.summary(times))")
        for size in [20, 200, 2000] {
            let begin = next
            times = []
            let start = clock.now
            while clock.now - start < .seconds(5) {
                times.append(try time(clock) { try store.record(readings(size, from: &next)) })
            }
            let rate = Double(next - begin) / ((clock.now - start) / .seconds(1))
            print("\(size) a transaction: \(Int(rate)) readings a second; \(Self.summary(times))")
        }
        let counting = try time(clock) {
            let last = Double(next / Self.detectorCount)
            print("\(try store.counts(from: last - 300, to: last, interval: 60).count) counts of the last 300 s")
        }
        print("they took \(counting) s")
        let backup = try time(clock) { try store.backup(to: path + ".backup") }
        try store.close()
        let opening = try time(clock) { try CentreStore(path: path).close() }
        let size = (try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
        print("\(size) bytes for \(next) readings; backup \(backup) s, opening with its check \(opening) s")
    }

    private func readings(_ count: Int, from next: inout Int) -> [StoredReading] {
        defer { next += count }
        return (next..<next + count).map { number in
            let detector = number % Self.detectorCount
            let time = Double(number / Self.detectorCount)
            return StoredReading(
                source: .edge(JunctionID("J\(detector / 8)")), sequence: number,
                reading: DetectorReading(
                    detector: DetectorID("J\(detector / 8)-D\(detector % 8)"), start: time, length: 1,
                    count: Double(number % 3), occupancy: Double(number % 100) / 100, speed: 10),
                received: time + 1)
        }
    }

    private func time(_ clock: ContinuousClock, _ body: () throws -> Void) rethrows -> Double {
        try clock.measure(body) / .seconds(1)
    }

    private static func summary(_ times: [Double]) -> String {
        let sorted = times.sorted()
        func milliseconds(_ share: Double) -> String {
            String(format: "%.2f", 1000 * sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))])
        }
        return "ms a transaction: median \(milliseconds(0.5)), 99 % \(milliseconds(0.99)), most \(milliseconds(1))"
    }
}
