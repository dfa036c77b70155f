import Testing

@testable import AdaptiveControl

@Suite("Passages over a short way")
struct PassageCountTests {
    /// Counts vehicles that drive over a way one after another, as a detector sees them second by second.
    private static func count(_ entries: [Double], length: Double, speed: Double) -> Int {
        var count = PassageCount(length: length)
        var passed = 0
        for second in 1...600 {
            let there = entries.count { entry in
                let way = (Double(second) - entry) * speed
                return way >= 0 && way < length
            }
            passed += count.observe(vehicles: there, meanSpeed: there > 0 ? speed : 0)
        }
        return passed
    }

    @Test(
        "As many as come, one by one or close behind each other, slow or fast",
        arguments: [(8.0, 15.0), (14, 30), (6, 12), (11, 20)])
    func queues(speed: Double, length: Double) {
        let alone = stride(from: 5.3, to: 500, by: 20).map { $0 }
        #expect(Self.count(alone, length: length, speed: speed) == alone.count)
        // Ten queues of eight, 2.1 s apart.
        let queues = (0..<80).map { number in
            let queue: Double = 45 * Double(number / 8)
            return queue + 3.7 + 2.1 * Double(number % 8)
        }
        #expect(abs(Self.count(queues, length: length, speed: speed) - queues.count) <= 8)
    }

    @Test("Whoever stands is one passage, however long, and nonsense ends nothing")
    func standing() {
        var count = PassageCount(length: 12)
        let passed = (0..<100).map { _ in count.observe(vehicles: 1, meanSpeed: 0) }
        #expect(passed == [1] + Array(repeating: 0, count: 99))
        for speed in [-Double.infinity, .infinity, .nan, 1e9] {
            #expect(count.observe(vehicles: 1, meanSpeed: speed) == 0)
            #expect(count.observe(vehicles: 0, meanSpeed: speed) == 0)
        }
        for vehicles in [Int.max, 1000, -1, .min] { #expect(count.observe(vehicles: vehicles, meanSpeed: 5) == 0) }
        #expect(count.observe(vehicles: 2, meanSpeed: 3) == 2)
    }
}
